"""Who can be looked into: the built-in model's faces, and the one that the learner grew."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tutor.errors import TutorError, UnknownNameError
from tutor.screen.palette import FACES as COLOURS
from tutor.screen.palette import Colour
from tutor.tinylm import chat
from tutor.tinylm.faces import load_face, load_tokenizer
from tutor.tinylm.growing.keeping import Kept
from tutor.tinylm.model import Model
from tutor.tinylm.tokenizer import ASSISTANT, END, STOP, USER, Tokenizer

FACES = {
    "raw": ("base", "the raw model, mask off"),
    "mask": ("sft", "fine-tuned, mask on"),
    "cherry": ("rlhf", "tuned on preferences, the cherry"),
    "over": ("over-optimised", "over-optimised, too much cherry"),
}
MINE, MINE_MASKED = "mine", "mine-mask"
"""The raw model that the learner grew, and the same after the demonstrations."""
NAMES = (*FACES, MINE, MINE_MASKED)
MARKS = {END: "(start)", USER: "(user)", ASSISTANT: "(reply)", STOP: "(end)"}
"""How the marks between texts are shown."""
Loader = Callable[[], Kept]
"""Fetches what the learner grew; TutorError where there is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Speaker:
    """A model, how it is asked, and its colour."""

    name: str
    title: str
    colour: Colour
    model: Model
    tokenizer: Tokenizer
    chats: bool
    """Whether a text is put to it as a question, between marks."""

    def tokens(self, text: str) -> list[int]:
        """A text as the model reads it."""
        if self.chats:
            return chat.as_tokens(self.tokenizer, [chat.Turn(text)])
        return [self.tokenizer.special[END], *self.tokenizer.encode(text)]

    @property
    def ends(self) -> frozenset[int]:
        """Tokens after which nothing more comes."""
        return frozenset(self.tokenizer.special[mark] for mark in (END, STOP))


def known(name: str) -> str:
    """A model's name as it was typed, in small letters; UnknownNameError for another."""
    if name.lower() not in NAMES:
        raise UnknownNameError(f"no model {name!r} to look into", hint=f"try {', '.join(NAMES)}")
    return name.lower()


def speaker(name: str, mine: Loader) -> Speaker:
    """A model by its name in `NAMES`; TutorError where it cannot be had."""
    return grown(mine(), name) if name in (MINE, MINE_MASKED) else face(name)


def grown(kept: Kept, name: str) -> Speaker:
    """A model of the learner's own, raw or with its mask on; TutorError where it has none."""
    colour = COLOURS[MINE]
    if name == MINE:
        return Speaker(name, "grown by you, raw", colour, kept.raw, kept.tokenizer, chats=False)
    if kept.mask is None:
        raise TutorError("your own model has no mask yet", hint="put one on: tutor train --mask")
    return Speaker(name, "grown by you, mask on", colour, kept.mask, kept.tokenizer, chats=True)


@cache
def face(name: str) -> Speaker:
    """A face of the built-in model."""
    file, title = FACES[name]
    return Speaker(name, title, COLOURS[file], load_face(file), load_tokenizer(), file != "base")
