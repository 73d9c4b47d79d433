"""What a player works with, and the keys that work on every screen."""

import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from tutor.course.model import AnyQuestion, AnyStep, Course, Lesson
from tutor.judging.presenting import content_hash
from tutor.player.commands import Command, Key, Unknown, bar, read_command, typed
from tutor.progress.events import AnyDeed, Noted, Place, Reported
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import LessonProgress
from tutor.screen.bars import key_bar
from tutor.screen.glossary_view import entries, lookup
from tutor.screen.help_view import help_page
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, line

IDLE_SECONDS = 300.0
"""Longer pauses count as this much: the learner was away."""


class Move(Enum):
    """Where to go from a screen."""

    NEXT = auto()
    BACK = auto()
    LIST = auto()
    AGAIN = auto()


class QuitError(Exception):
    """The learner asked to stop; everything is kept."""


@dataclass
class Desk:
    """One learner, one lesson, one terminal, one journal; time and chance are given."""

    course: Course
    lesson: Lesson
    terminal: Terminal
    journal: Journal
    rng: random.Random = field(default_factory=random.Random)
    monotonic: Callable[[], float] = time.monotonic

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
    shows_bar: bool = True

    def ask(self) -> Command | Typed:
        """Ask until there is something for the screen itself: a reply, or one of its keys.

        Keys that work everywhere are served here. Raises QuitError and EndOfInputError.
        """
        if self.shows_bar:
            self._show_bar()
            self.shows_bar = False  # once a screen; the question mark shows it again
        started = self.desk.monotonic()
        while True:
            line = self.desk.terminal.ask()
            command = read_command(line, free_text=self.free_text)
            if command is None:
                return Typed(line, min(self.desk.monotonic() - started, IDLE_SECONDS))
            if isinstance(command, Unknown) or command.key not in self.all_keys:
                self._refuse(command)
            elif command.key in self.keys:
                return command
            else:
                self._serve(command)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The screen's own keys, then those of every screen."""
        everywhere = (Key.NOTE, Key.GLOSSARY, Key.HELP, Key.QUIT)
        return (*self.keys, *everywhere) if not self.place.question else self._with_report()

    def _with_report(self) -> tuple[Key, ...]:
        return (*self.keys, Key.NOTE, Key.GLOSSARY, Key.WRONG, Key.HELP, Key.QUIT)

    def _show_bar(self) -> None:
        self.desk.terminal.gap()
        keys = bar(self.all_keys, free_text=self.free_text)
        terminal = self.desk.terminal
        self.desk.say(key_bar(keys, terminal.look, terminal.width))

    def _refuse(self, command: Command | Unknown) -> None:
        known = " ".join(typed(key, free_text=self.free_text) for key in self.all_keys)
        if isinstance(command, Unknown):
            self.desk.note_line(f"{command.typed[:40]} is no command. These work now: {known}")
        elif command.key is Key.NEXT:
            self.desk.note_line("Nothing was typed: an answer is needed here.")
        else:
            name = typed(command.key, free_text=self.free_text)
            self.desk.note_line(f"{name} does nothing here. These work now: {known}")

    def _serve(self, command: Command) -> None:
        match command.key:
            case Key.QUIT:
                raise QuitError
            case Key.HELP:
                self.desk.say(*help_page(free_text=self.free_text))
                self._show_bar()
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

    def _look_up(self, word: str) -> None:
        word = word or self.desk.terminal.ask("Which term? (Enter alone for all): ").strip()
        look = self.desk.terminal.look
        if word:
            self.desk.say(*lookup(self.desk.course, word, look))
        else:
            self.desk.say(*entries(self.desk.course, look))
        self._show_bar()

    def _write(
        self, text: str, question: str, deed: type[Noted] | type[Reported], done: str
    ) -> None:
        text = text or self.desk.terminal.ask(question).strip()
        if text:
            self.desk.record(self.place, deed(text=text))
            self.desk.note_line(done)
        else:
            self.desk.note_line("Left as it was.")
