"""A model growing, as the learner sees it: in place in a terminal, line by line elsewhere."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, assert_never

from rich.console import Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from tutor.screen.bars import counted
from tutor.screen.indented import indented
from tutor.screen.loss_chart import HELD_OUT, TRAINING, Level, LossChart, Point, loss_chart
from tutor.screen.streaming import harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, dim, line
from tutor.tinylm.growing.events import Began, Ended, Event, Measured, Stage, WentOn, Wrote

NAMES = {
    Stage.PAIRS: "counted pairs",
    Stage.NETWORK: "small network",
    Stage.TRANSFORMER: "transformer",
    Stage.MASK: "the mask",
}
ROWS, FEWEST_ROWS = 12, 5
BESIDE = 11
"""Rows of the window that the curve leaves free."""
BESIDE_EACH_OTHER = 60
"""Columns that a command and what it does need beside each other."""
TOLD = 10
"""Where nothing can be painted over, a stage is told in so many lines."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be seen, known before it begins."""

    headings: dict[Stage, str]
    """What each stage is, in a sentence."""
    blind: float
    """The loss of blind guessing, in nats."""
    limits: dict[Stage, float]
    """Seconds that a stage may take; where one is missing, steps are counted."""
    steps: int = 0
    """So many, where they are counted."""


@dataclass
class LossCurve:
    """What was measured of the stage that is under way."""

    stage: Stage
    points: list[Point] = field(default_factory=list)
    now: Measured | WentOn | None = None
    is_over: bool = False

    def take(self, event: Measured | WentOn) -> None:
        """Take in what was measured, or that time went on."""
        if isinstance(event, Measured):
            self.points.append(Point(event.share, event.training, event.held_out))
        if self.points:
            self.now = event


class Watching(Protocol):
    """Shows events as they come."""

    def show(self, event: Event) -> None:
        """Show one more."""


@contextmanager
def watching(terminal: Terminal, plan: Plan) -> Iterator[Watching]:
    """A view that fits the terminal; whatever happens, it leaves the screen as it found it."""
    paints = terminal.is_watched and not terminal.look.plain
    if not paints or terminal.console.is_dumb_terminal:
        yield LineByLine(terminal, plan)
        return
    view = InPlace(terminal, plan)
    try:
        yield view
    finally:
        view.stop()


class InPlace:
    """The curve draws itself where it stands; what is written stays above it."""

    def __init__(self, terminal: Terminal, plan: Plan) -> None:
        self._terminal, self._plan = terminal, plan
        self._levels = [Level("blind guessing", plan.blind)]
        self._curve = LossCurve(Stage.PAIRS)
        self._live: Live | None = None

    def show(self, event: Event) -> None:
        """Show one more."""
        match event:
            case Began(stage=stage):
                self._curve = LossCurve(stage)
                self._terminal.say(*heading(self._plan, event))
                self._start()
            case Measured() | WentOn():
                self._curve.take(event)
            case Wrote():
                self._terminal.say(sample(event, self._plan))
            case Ended():
                self._curve.is_over = True
                self._paint()
                self.stop()
                self._levels.append(Level(NAMES[event.stage], event.held_out))
                self._terminal.say(*result(event))
            case _:
                assert_never(event)
        self._paint()

    def stop(self) -> None:
        """Leave the curve as it stands."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _start(self) -> None:
        if self._curve.stage is Stage.PAIRS:
            return
        console = self._terminal.console
        self._live = Live(
            console=console, auto_refresh=False, redirect_stdout=False, redirect_stderr=False,
            vertical_overflow="crop",
        )  # fmt: skip
        self._live.start()
        console.show_cursor(True)  # it would stay hidden if the process were killed

    def _paint(self) -> None:
        if self._live is not None and self._curve.now is not None:
            self._live.update(Group(*self._drawn()), refresh=True)

    def _drawn(self) -> list[RenderableType]:
        curve, width = self._curve, self._terminal.width
        rows = max(FEWEST_ROWS, min(ROWS, self._terminal.console.height - BESIDE))
        last = ending(self._plan, curve.stage)
        drawn = loss_chart(LossChart(curve.points, self._levels, last), width, rows)
        return [*drawn, *standing(curve, self._plan)]


class LineByLine:
    """Numbers in sentences, now and then; the curve at the end of a stage, where it helps."""

    def __init__(self, terminal: Terminal, plan: Plan) -> None:
        self._terminal, self._plan = terminal, plan
        self._levels = [Level("blind guessing", plan.blind)]
        self._curve = LossCurve(Stage.PAIRS)
        self._told = 0
        """So many tenths of the stage were told."""

    def show(self, event: Event) -> None:
        """Show one more."""
        match event:
            case Began(stage=stage):
                self._curve, self._told = LossCurve(stage), 0
                self._terminal.say(*heading(self._plan, event))
            case Measured():
                self._curve.take(event)
                self._tell(event)
            case Wrote():
                self._terminal.say(sample_in_words(event))
            case Ended():
                self._end(event)
            case WentOn():
                pass
            case _:
                assert_never(event)
        self._terminal.flush()

    def _tell(self, now: Measured) -> None:
        if now.share * TOLD < self._told:
            return
        self._told = int(now.share * TOLD) + 1
        self._terminal.say(line(in_words(now, self._plan)))

    def _end(self, event: Ended) -> None:
        if self._curve.points and not self._terminal.look.plain:
            last = ending(self._plan, event.stage)
            chart = LossChart(self._curve.points, self._levels, last)
            self._terminal.say(*loss_chart(chart, self._terminal.width, ROWS))
            self._terminal.say(dim(legend()))
        self._levels.append(Level(NAMES[event.stage], event.held_out))
        self._terminal.say(*result(event))


def heading(plan: Plan, began: Began) -> list[RenderableType]:
    """What begins, and what it is."""
    return [Text(""), bold(plan.headings[began.stage])]


def result(ended: Ended) -> list[RenderableType]:
    """How it ended, in a line."""
    if not math.isfinite(ended.held_out):
        return [line("Loss on the pages kept back: no number any more.")]
    return [line(f"Loss on the pages kept back: {ended.held_out:.3f}.")]


def sample(wrote: Wrote, plan: Plan) -> Text:
    """What it wrote, behind the time when it did."""
    text = Text(f"{wrote.seconds:4.0f} s  " if wrote.stage in plan.limits else "  ", style="dim")
    text.append(f"{tidy(wrote.beginning)} … ", style="dim")
    return text.append(tidy(wrote.text) or "(it ends the page here)")


def sample_in_words(wrote: Wrote) -> Text:
    """The same as a sentence."""
    text = tidy(wrote.text) or "(it ends the page here)"
    return Text(
        f"After {counted(round(wrote.seconds), 'second')}: {tidy(wrote.beginning)} … {text}"
    )


def tidy(text: str) -> str:
    """A text on one line, without what a terminal would obey."""
    return " ".join(harmless(text).split())


def standing(curve: LossCurve, plan: Plan) -> list[Text]:
    """The two lines below the curve: the losses; the time."""
    point, now = curve.points[-1], curve.now
    assert now is not None
    losses = f"{HELD_OUT} kept back {point.held_out:.3f}  {TRAINING} training {point.training:.3f}"
    rest = "" if curve.is_over else f"  {left(now, plan)} left  Ctrl-C keeps it"
    time = f"step {now.step:,}{rest}"
    return [Text(f"  {losses}", no_wrap=True), Text(f"  {time}", style="dim", no_wrap=True)]


def in_words(now: Measured, plan: Plan) -> str:
    """How it stands, in a sentence."""
    losses = f"training loss {now.training:.3f}, loss on the pages kept back {now.held_out:.3f}"
    taken = counted(round(now.seconds), "second")
    return f"After {taken}, step {now.step:,}: {losses}; {left(now, plan)} left."


def left(now: Measured | WentOn, plan: Plan) -> str:
    """The time that is left; by counted steps, as long as the steps so far let one expect."""
    limit = plan.limits.get(now.stage)
    seconds = now.seconds * (1 - now.share) / now.share if limit is None else limit - now.seconds
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def ending(plan: Plan, stage: Stage) -> str:
    """What stands under the end of the curve."""
    return f"{plan.limits[stage]:.0f} s" if stage in plan.limits else f"{plan.steps:,} steps"


def legend() -> str:
    """What the signs mean."""
    return f"  {HELD_OUT} loss on the pages kept back  {TRAINING} training loss; nats a token"


def ways_on(ways: Sequence[tuple[str, str]], terminal: Terminal) -> list[RenderableType]:
    """What may be typed next, each with what it does: beside it, where there is room."""
    if terminal.look.plain:
        return [line(f"{command}: {does}.") for command, does in ways]
    if terminal.width < BESIDE_EACH_OTHER:
        return [
            part
            for command, does in ways
            for part in (Text(command, "bold cyan"), indented(line(does), 2))
        ]
    grid = Table.grid(padding=(0, 2, 0, 0))
    for command, does in ways:
        grid.add_row(Text(command, "bold cyan", no_wrap=True), Text(does))
    return [grid]
