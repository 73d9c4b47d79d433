"""A chain of steps that must all go right: small errors multiply."""

import math

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed

WANTED = 0.9


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How often one step succeeds, and how many steps there are."""

    success: tuple[float, ...]
    steps: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is no probability, and no step at all."""
        some("success", self.success, 10)
        within("success", self.success, 0, 1)
        some("steps", self.steps, 6)
        within("steps", self.steps, 1, 10_000)


def whole(success: float, steps: int) -> float:
    """How likely the whole chain succeeds: independent steps, no second tries."""
    return success**steps


def needed(wanted: float, steps: int) -> float:
    """How often one step must succeed for the chain to reach `wanted`."""
    return math.pow(wanted, 1 / steps)


def run(settings: Settings, terminal: Terminal) -> None:
    """Show a row for each success rate, a column for each number of steps."""
    say = terminal.say
    say(bold("COMPUTED: how often a chain of n steps succeeds as a whole."))
    say(
        line(
            "Each step succeeds with probability s, independently; a failed step is not"
            " tried again. The whole: s to the power n."
        )
    )
    say(line())
    heads = ("s", *(f"n={count}" for count in settings.steps))
    rows = [
        (f"{s:g}", *(f"{whole(s, count):.4f}" for count in settings.steps))
        for s in settings.success
    ]
    say(*table(heads, rows, terminal), line())
    say(bold(f"To succeed {WANTED:.0%} of the time, each step must succeed:"))
    least = [(str(count), f"{needed(WANTED, count):.5f}") for count in settings.steps]
    say(*table(("steps", "of the time"), least, terminal))


DEMO = Computed(
    title="How often a whole chain goes right",
    line="A chain of steps that must all go right: small errors multiply.",
    settings=Settings,
    run=run,
    example=Settings(
        success=(0.9, 0.95, 0.99, 0.995),
        steps=(5, 20, 50),
    ),
    notice=(
        "For nine chains of 20 in ten to go right, each step must succeed in more than 99 of "
        "100 cases."
    ),
)
