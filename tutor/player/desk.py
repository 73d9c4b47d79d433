"""What a player works with, and the keys that work on every screen."""

import contextlib
import datetime
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from tutor.course.model import AnyQuestion, AnyStep, Course, Lesson
from tutor.judging.lexicon import Lexicon, lexicon_of
from tutor.judging.presenting import content_hash
from tutor.player.commands import (
    LABELS,
    Command,
    Habit,
    Key,
    Unknown,
    bar,
    meant,
    read_command,
    typed,
)
from tutor.progress.events import AnyDeed, Noted, Place, Reported
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress
from tutor.progress.moments import local_now
from tutor.screen.bars import key_bar
from tutor.screen.glossary_view import entries, lookup, unknown
from tutor.screen.help_view import help_page
from tutor.screen.pages import BACK
from tutor.screen.paging import say_in_pages
from tutor.screen.terminal import EndOfInputError, Terminal
from tutor.screen.words import Renderable, line
from tutor.stage.spending import Models

IDLE_SECONDS = 300.0
"""Longer pauses count as this much: the learner was away."""


class Move(Enum):
    """Where to go from a screen."""

    NEXT = auto()
    BACK = auto()
    LIST = auto()
    AGAIN = auto()
    UNDO = auto()
    LATER = auto()
    NEVER = auto()
    DEEPER = auto()
    MAIN = auto()


MOVES = {
    Key.NEXT: Move.NEXT,
    Key.AGAIN: Move.AGAIN,
    Key.BACK: Move.BACK,
    Key.LIST: Move.LIST,
    Key.UNDO: Move.UNDO,
    Key.LATER: Move.LATER,
    Key.NEVER: Move.NEVER,
    Key.DEEPER: Move.DEEPER,
    Key.MAIN: Move.MAIN,
}
"""Keys that end a screen, and where they lead."""


IN_HELP = (Key.NOTE, Key.WRONG)
"""Keys of every screen that the bar leaves to the help page, so that it stays one line."""


class QuitError(Exception):
    """The learner asked to stop; everything is kept."""


@dataclass
class Desk:
    """One learner, one lesson, one terminal, one journal; time and chance are given."""

    course: Course
    lesson: Lesson
    terminal: Terminal
    journal: Journal
    models: Models = field(default_factory=Models)
    notebook: Path | None = None
    """The learner's notebook; None where none is kept."""
    editor: str = ""
    """The command that opens the learner's editor; empty where none is set."""
    converse: Callable[[Lesson, str], None] | None = None
    """Answer a question about the lesson, and those that follow it; None where nobody can."""
    called: str = "tutor"
    """What is typed to come back to this course."""
    asks_how_sure: bool = False
    """Ask how sure the learner is, also where the question's author does not."""
    pace: float = 1.0
    """By what estimated minutes are multiplied for this learner."""
    ways_out: dict[Key, str] = field(default_factory=dict)
    """Keys that lead on from the step on the screen, beside Enter, and what they do."""
    rng: random.Random = field(default_factory=random.Random)
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime.datetime] = local_now

    @property
    def lexicon(self) -> Lexicon:
        """The course's own words, by which short answers are understood."""
        return lexicon_of(self.course)

    def place(self, step: AnyStep | None = None, question: AnyQuestion | None = None) -> Place:
        """Say where in the course something happens."""
        return Place(
            course=self.course.id,
            lesson=self.lesson.id,
            step=step.id if step else "",
            question=question.id if question else "",
            content=content_hash(question) if question else "",
        )

    def record(self, place: Place, deed: AnyDeed) -> None:
        """Put an event on disk before anything else happens."""
        self.journal.record(place, deed)

    def progress(self) -> LessonProgress:
        """Where the learner stands, as the journal has it now."""
        return self.journal.lesson(self.course.id, self.lesson.id)

    def new_sitting(self) -> str:
        """Name a new asking of a question or run of the quiz."""
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def say(self, *things: Renderable) -> None:
        """Show things."""
        self.terminal.say(*things)

    def note_line(self, words: str) -> None:
        """Say one line."""
        self.terminal.say(line(words))


def numbered(desk: Desk) -> str:
    """The lesson's title behind its number."""
    return f"{desk.course.lessons.index(desk.lesson) + 1} {desk.lesson.title}"


@dataclass(frozen=True)
class Typed:
    """A line that is not a command, and the seconds it took."""

    line: str
    seconds: float


@dataclass
class Prompt:
    """A screen that waits: which keys work, and whether the answer is typed in words."""

    desk: Desk
    place: Place
    keys: tuple[Key, ...]
    free_text: bool = False
    answers: tuple[str, ...] = ()
    """Answers that a question knows: one of them is never taken for a key typed from habit."""
    takes_paste: bool = False
    next_label: str = ""
    shows_bar: bool = True
    mark: int = 0
    """What stood on the page before the latest line was typed."""

    def ask(self) -> Command | Typed:
        """Ask until there is something for the screen itself: a reply, or one of its keys.

        Keys that work everywhere are served here. Raises QuitError and EndOfInputError.
        """
        if self.shows_bar:
            self._show_bar()
            self.shows_bar = False  # once a screen; the question mark shows it again
        started = self.desk.monotonic()
        while True:
            self.mark = self.desk.terminal.pages.mark if self.desk.terminal.pages else 0
            line = self.desk.terminal.ask(takes_paste=self.takes_paste)
            command = read_command(line, free_text=self.free_text)
            if command is None or line.strip().casefold() in self.answers:
                return Typed(line, min(self.desk.monotonic() - started, IDLE_SECONDS))
            if isinstance(command, Command):
                command = meant(command, self.keys)
            if isinstance(command, Command) and command.key in self.keys:
                return command
            if isinstance(command, Command) and command.key is Key.REDRAW:
                self._redraw()
            elif isinstance(command, Command) and command.key is Key.ASK and self.desk.converse:
                self._converse(command.argument, self.desk.converse)
            elif isinstance(command, Command) and command.key in self.all_keys:
                self._serve(command)
            else:
                self._refuse(command)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The screen's own keys, then those of every screen."""
        ask = (Key.ASK,) if self.desk.converse and self.place.lesson else ()
        report = (Key.WRONG,) if self.place.question else ()
        return (*self.keys, *ask, Key.NOTE, Key.GLOSSARY, *report, Key.HELP, Key.QUIT)

    def _show_bar(self) -> None:
        self.desk.terminal.gap()
        said = {**self.desk.ways_out, **({Key.NEXT: self.next_label} if self.next_label else {})}
        shown = tuple(key for key in self.all_keys if key not in IN_HELP)
        keys = bar(shown, free_text=self.free_text, said=said)
        terminal = self.desk.terminal
        self.desk.say(key_bar(keys, terminal.look, terminal.width))

    def _redraw(self) -> None:
        """Show the page anew; where there are no pages, the keys."""
        if pages := self.desk.terminal.pages:
            pages.again(self.mark)
        else:
            self._show_bar()

    def _refuse(self, command: Command | Habit | Unknown) -> None:
        known = " ".join(typed(key, free_text=self.free_text) for key in self.all_keys)
        say = self.desk.note_line
        match command:
            case Unknown(typed=text):
                say(f"{text[:40]} is no command. These work now: {known}")
            case Habit(key=key):
                name = typed(key, free_text=True)
                say(f"Not taken as an answer. Keys need a colon here: {name} for {LABELS[key]}.")
            case Command(key=Key.NEXT):
                skip = typed(Key.SKIP, free_text=self.free_text)
                way_out = f", or {skip} to skip" if Key.SKIP in self.keys else ""
                say(f"Nothing was typed: an answer is needed here{way_out}.")
            case Command(key=key):
                name = typed(key, free_text=self.free_text)
                say(f"{name} does nothing here. These work now: {known}")

    def _serve(self, command: Command) -> None:
        match command.key:
            case Key.QUIT:
                raise QuitError
            case Key.HELP:
                self.beside(lambda: self.desk.say(*help_page(free_text=self.free_text)))
            case Key.GLOSSARY:
                self._look_up(command.argument)
            case Key.NOTE:
                self._write(command.argument, "Note (Enter alone to leave it): ", Noted, "Noted.")
            case Key.WRONG:
                question = "What is wrong or unclear? (Enter alone to leave it): "
                done = "Kept on this machine, with the question's version: tutor progress notes"
                self._write(command.argument, question, Reported, done)
            case _:
                raise AssertionError(command.key)

    def _converse(self, question: str, converse: Callable[[Lesson, str], None]) -> None:
        """Answer a question beside the step, and come back to it."""
        question = question or self._aside("What do you want to know? (Enter alone to leave it): ")
        if question:
            self.beside(lambda: converse(self.desk.lesson, question))
        else:
            self._show_bar()

    def _look_up(self, word: str) -> None:
        word = word or self._aside("Which term? (Enter alone for all): ")
        look = self.desk.terminal.look
        groups = lookup(self.desk.course, word, look) if word else entries(self.desk.course, look)
        if not groups:
            message, hint = unknown(self.desk.course, word)
            self.desk.note_line(f"{message[0].upper()}{message[1:]}; {hint}")
        if len(groups) > 1:
            self.beside(lambda: say_in_pages(self.desk.terminal, groups))
            return
        say_in_pages(self.desk.terminal, groups)
        self._show_bar()

    def beside(self, show: Callable[[], None]) -> None:
        """Show something on a page of its own, and come back to this one."""
        pages = self.desk.terminal.pages
        if pages is None:
            show()
            self._show_bar()
            return
        with pages.aside(self.mark), contextlib.suppress(EndOfInputError):
            show()
            self.desk.terminal.gap()
            self.desk.terminal.ask(BACK)

    def _aside(self, question: str) -> str:
        """Ask beside the lesson; a person's Ctrl-D leaves only this question."""
        try:
            return self.desk.terminal.ask(question).strip()
        except EndOfInputError:
            if not self.desk.terminal.is_interactive:
                raise
            return ""

    def _write(
        self, text: str, question: str, deed: type[Noted] | type[Reported], done: str
    ) -> None:
        text = text or self._aside(question)
        if text:
            self.desk.record(self.place, deed(text=text))
            self.desk.note_line(done)
        else:
            self.desk.note_line("Left as it was.")
