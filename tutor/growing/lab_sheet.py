"""The lab sheet of a training: the recipe beside the usual one, the guess, and what came of it."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shlex import quote

from tutor.errors import TutorError
from tutor.growing.outcome import Grown, Guesses, Order
from tutor.growing.source import WILLOWBROOK
from tutor.growing.words import WRITTEN_DOWN
from tutor.progress.events import Noted, Place
from tutor.progress.journal import Journal
from tutor.screen.bars import counted
from tutor.screen.growing_view import NAMES
from tutor.screen.words import Renderable, dim, line
from tutor.stage.lab_sheet import TITLE, paragraphs
from tutor.stage.notebook import Entry, add_to_notebook, in_markdown
from tutor.tinylm.growing.events import How, Stage
from tutor.tinylm.growing.keeping import MINE
from tutor.tinylm.growing.recipe import Recipe

PLACE = Place(course="", lesson="", step="train")
"""Outside every lesson: it counts for none."""
NOTHING = "nothing: the usual recipe"


NO_GUESS = "nothing was guessed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One try as it is written down."""

    model: str
    command: str
    """How to do it again, without the program's name."""
    changed: str
    expected: str
    happened: str
    quiz: str = ""

    @property
    def note(self) -> str:
        """All of it in a line."""
        return (
            f"lab sheet of {self.model}. Changed: {self.changed}. "
            f"Expected: {self.expected}. Happened: {self.happened}"
            f"{f'; quiz: {self.quiz}' if self.quiz else ''}."
        )

    @property
    def rows(self) -> list[tuple[str, str]]:
        """All of it for the notebook."""
        told = [
            ("model", self.model),
            ("changed", self.changed),
            ("expected", self.expected),
            ("happened", self.happened),
        ]
        return [*told, ("quiz", self.quiz)] if self.quiz else told


@dataclass(frozen=True, slots=True)
class Try:
    """One training from nothing."""

    order: Order
    guesses: Guesses
    grown: Grown
    marks: Mapping[Stage, int] = field(default_factory=dict)
    """How many of the quiz each stage had right; empty where there was none."""
    asked: int = 0

    @property
    def sheet(self) -> Sheet:
        """To be written down."""
        quiz = self.quiz if self.asked else ""
        return Sheet(
            self.order.name, self.command, self.changed, self.expected, self.happened, quiz
        )

    @property
    def changed(self) -> str:
        """What differs from the usual recipe, each with the usual value."""
        usual = asdict(Recipe())
        differs = [
            f"{name} {value} (usually {_usual(usual[name])})"
            for name, value in _differences(self.order.recipe)
        ]
        if self.order.file is not None:
            differs.append(f"text {self.order.file} (usually {WILLOWBROOK})")
        return ", ".join(differs) or NOTHING

    @property
    def expected(self) -> str:
        """The guesses that were asked for before."""
        loss, quiz = self.guesses.loss, self.guesses.quiz
        said = [f"loss {loss}" if loss else "", f"passing the quiz: {quiz}" if quiz else ""]
        return "; ".join(filter(None, said)) or NO_GUESS

    @property
    def happened(self) -> str:
        """How it ended."""
        last = self.grown.last
        stage, steps = NAMES[last.stage], counted(last.step, "step")
        match self.grown.how:
            case How.DIVERGED:
                return f"the {stage} diverged after {steps}; nothing was kept"
            case How.STOPPED if Stage.TRANSFORMER not in self.grown.ends:
                return f"stopped at step {last.step:,} of the {stage}; nothing was kept"
            case How.STOPPED:
                return f"stopped at step {last.step:,}, {self.losses}"
            case How.FINISHED:
                return f"ended after {steps}, {self.losses}"

    @property
    def losses(self) -> str:
        """Of the last stage, in nats a token."""
        curve = self.grown.curve
        training = f"{curve[-1].training:.2f} in training, " if curve else ""
        return f"loss {training}{self.grown.last.held_out:.2f} on the pages kept back"

    @property
    def quiz(self) -> str:
        """What each stage had right."""
        return ", ".join(
            f"{NAMES[stage]} {mark} of {self.asked}" for stage, mark in self.marks.items()
        )

    @property
    def command(self) -> str:
        """How to do it again, without the program's name."""
        file = [] if self.order.file is None else [quote(str(self.order.file))]
        name = [] if self.order.name == MINE else [f"--name {self.order.name}"]
        options = [f"--{name} {value}" for name, value in _differences(self.order.recipe)]
        return " ".join(["train", *file, *name, *options])


@dataclass(frozen=True, slots=True)
class Sheets:
    """Where lab sheets of a person go: whole into the notebook, in a line among the notes."""

    notebook: Path
    journal: Journal

    def add(self, one: Sheet, at: datetime.datetime) -> None:
        """Write a try down; TutorError where it cannot be."""
        self.journal.record(PLACE, Noted(text=one.note))
        entry = Entry(TITLE, one.command, at, {}, paragraphs(one.rows))
        add_to_notebook(self.notebook, in_markdown(entry))


def written_down(sheets: Sheets | None, one: Sheet, at: datetime.datetime) -> list[Renderable]:
    """Write a lab sheet for whoever sits here; what to say of it, or why there is none."""
    if sheets is None:
        return []
    try:
        sheets.add(one, at)
    except TutorError as error:
        return [line(f"No lab sheet: {error.message}."), dim(error.hint)]
    return [dim(WRITTEN_DOWN)]


def _differences(recipe: Recipe) -> list[tuple[str, str]]:
    """What is not as usual: its name, which is its option's too, and its value."""
    usual = asdict(Recipe())
    return [(name, _short(it)) for name, it in asdict(recipe).items() if it != usual[name]]


def _usual(value: object) -> str:
    return "by the clock" if value is None else _short(value)


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
