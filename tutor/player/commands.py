"""What a typed line means to the player: a key, or something to be read as a reply."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Key(Enum):
    """What the learner can do on a screen; the value is what to type."""

    NEXT = ""
    BACK = "b"
    SKIP = "s"
    HINT = "h"
    AGAIN = "a"
    MISSED = "m"
    LIST = "l"
    NOTE = "n"
    WRONG = "w"
    GLOSSARY = "g"
    HELP = "?"
    QUIT = "q"
    DONE = "done"
    EDIT = "edit"
    SAVE = "save"
    RUN = "r"
    THOUGHTS = "t"
    SAME = "="
    ASK = "i"
    MORE = "more"
    UNDO = "u"
    LATER = "z"
    NEVER = "x"
    OPINION = "o"
    REDRAW = "."
    DEEPER = "+"
    MAIN = "-"


WORDS = {
    "back": Key.BACK,
    "skip": Key.SKIP,
    "hint": Key.HINT,
    "again": Key.AGAIN,
    "missed": Key.MISSED,
    "list": Key.LIST,
    "note": Key.NOTE,
    "wrong": Key.WRONG,
    "glossary": Key.GLOSSARY,
    "help": Key.HELP,
    "quit": Key.QUIT,
    "exit": Key.QUIT,
    "bye": Key.QUIT,
    "run": Key.RUN,
    "thoughts": Key.THOUGHTS,
    "same": Key.SAME,
    "ask": Key.ASK,
    "undo": Key.UNDO,
    "later": Key.LATER,
    "never": Key.NEVER,
    "opinion": Key.OPINION,
    "redraw": Key.REDRAW,
    "deeper": Key.DEEPER,
}
LABELS = {
    Key.NEXT: "continue",
    Key.BACK: "back",
    Key.SKIP: "skip",
    Key.HINT: "hint",
    Key.AGAIN: "answer again",
    Key.MISSED: "practise what I missed",
    Key.LIST: "list",
    Key.NOTE: "note",
    Key.WRONG: "report",
    Key.GLOSSARY: "glossary",
    Key.HELP: "help",
    Key.QUIT: "quit",
    Key.DONE: "hand in",
    Key.EDIT: "write in $EDITOR",
    Key.SAVE: "save",
    Key.RUN: "run again",
    Key.THOUGHTS: "what it thought",
    Key.SAME: "mine means the same",
    Key.ASK: "ask",
    Key.MORE: "more questions",
    Key.UNDO: "undo",
    Key.LATER: "tomorrow",
    Key.NEVER: "never again",
    Key.OPINION: "second opinion",
    Key.REDRAW: "show the page again",
    Key.DEEPER: "deeper",
    Key.MAIN: "back to the main path",
}
LETTERS = {Key.SAVE: Key.SKIP, Key.MORE: Key.MISSED}
"""Keys that share a letter with another: a screen has one of the two."""


@dataclass(frozen=True)
class Command:
    """A key, and what was typed behind it (`:g token`)."""

    key: Key
    argument: str = ""


@dataclass(frozen=True)
class Unknown:
    """A colon with something behind it that is no command."""

    typed: str


@dataclass(frozen=True)
class Habit:
    """A key typed without its colon where words are the answer: neither obeyed nor graded."""

    key: Key


def read_command(line: str, *, free_text: bool) -> Command | Habit | Unknown | None:
    """Understand a line as a command; None when it is to be read as a reply.

    Where words or numbers are the answer (`free_text`), only a colon makes a command.
    """
    text = line.strip()
    if text.startswith(":"):
        word, _, argument = text[1:].partition(" ")
        key = _key(word)
        return Unknown(text) if key is None else Command(key, argument.strip())
    if not text:
        return None if free_text else Command(Key.NEXT)
    if text == Key.HELP.value:
        return Command(Key.HELP)  # a question mark alone answers nothing, and asks for help
    if free_text:
        habit = _key(text)
        return Habit(habit) if habit else None
    word, _, argument = text.partition(" ")
    key = _key(word)
    if key in (Key.DONE, Key.EDIT) or key is None:
        return None
    if argument and key not in (Key.GLOSSARY, Key.NOTE, Key.WRONG, Key.RUN, Key.ASK):
        return None
    return Command(key, argument.strip())


def number_typed(text: str, count: int) -> int | None:
    """Read a number from 1 to `count`; None for anything else."""
    number = int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004
    return number if 1 <= number <= count else None


def _key(word: str) -> Key | None:
    folded = word.casefold()
    if folded in WORDS:
        return WORDS[folded]
    return next((key for key in Key if key.value == folded and folded), None)


def bar(
    keys: tuple[Key, ...],
    *,
    free_text: bool = False,
    said: Mapping[Key, str] = MappingProxyType({}),
) -> list[tuple[str, str]]:
    """What to type and what it does, for the bar on the screen; `said` of keys, in other words."""
    labels = {**LABELS, **said}
    return [(typed(key, free_text=free_text), labels[key]) for key in keys]


def typed(key: Key, *, free_text: bool = False) -> str:
    """Spell a key as it must be typed at this prompt."""
    if key is Key.NEXT:
        return "Enter"
    letter = LETTERS.get(key, key).value
    return f":{letter}" if free_text or key in (Key.DONE, Key.EDIT) else letter


def meant(command: Command, keys: tuple[Key, ...]) -> Command:
    """The command on a screen with these keys: `s` skips where it can, and saves where it can."""
    for key, letter in LETTERS.items():
        if command.key is letter and key in keys:
            return Command(key, command.argument)
    return command
