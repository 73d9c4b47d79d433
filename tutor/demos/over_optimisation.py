"""The measure goes on rising while the thing measured falls: Goodhart's law as two curves.

The gold reward has the form that Gao, Schulman and Hilton (2022, arXiv 2210.10760) found for
best-of-n sampling: d * (a - b * d), with d the square root of the KL divergence; here a = 1. For
reinforcement learning they found d * (a - b * log d), which falls more slowly.
"""

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.plots import Axis, Curve, plot
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How fast the proxy loses touch, and the distances from the start to look at."""

    slope: float
    distances: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        within("slope", (self.slope,), 0.001, 1)
        some("distances", self.distances, 15, least=2)
        within("distances", self.distances, 0, 100)
        if max(self.distances) == 0:
            raise ValueError("distances: give one above 0")


def gold(slope: float, distance: float) -> float:
    """What people would say of the answers."""
    return distance * (1 - slope * distance)


def run(settings: Settings, terminal: Terminal) -> None:
    """Show both rewards as numbers, then as curves."""
    slope = settings.slope
    say = terminal.say
    say(bold("TOY: a proxy reward, and the gold reward that it stands for."))
    say(
        line(
            "d is the distance from the start (square root of KL). The proxy, which is"
            f" optimised, rises as d. The gold reward is d × (1 - {slope:g} × d), the form found"
            " for picking the best of n answers."
        )
    )
    say(line())
    rows = [(short(d), short(d), short(round(gold(slope, d), 6))) for d in settings.distances]
    say(*table(("d", "proxy", "gold"), rows, terminal))
    end = max(settings.distances)
    curves = [
        Curve("x", "proxy", lambda d: d),
        Curve("o", "gold", lambda d: gold(slope, d)),
    ]
    say(*plot(curves, Axis(0, end, "d", "0", short(end)), terminal))
    peak = 1 / (2 * slope)
    say(line(), line(f"Gold is highest at d = {short(peak)}: {short(gold(slope, peak))}."))


DEMO = Computed(
    title="What is measured and what is meant",
    line=(
        "The measure goes on rising while the thing measured falls: Goodhart's law as two curves."
    ),
    settings=Settings,
    run=run,
    example=Settings(
        slope=0.1,
        distances=(0.0, 1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0),
    ),
)
