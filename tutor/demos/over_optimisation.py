"""The measure goes on rising while the thing measured falls: Goodhart's law as two curves.

The gold reward has the two forms that Gao, Schulman and Hilton (2022, arXiv 2210.10760) found,
with d the square root of the KL divergence and here a = 1: d * (a - b * d) for best-of-n sampling,
d * (a - b * log d) for reinforcement learning. The second does not hold near 0, where its slope
is infinite; from 0 to 1 it is drawn along the proxy.
"""

import math
from collections.abc import Callable

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.plots import Axis, Curve, plot
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How fast the proxy loses touch, in each of the two forms, and the distances to look at."""

    slope: float
    log_slope: float
    distances: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        within("slope", (self.slope,), 0.001, 1)
        within("log_slope", (self.log_slope,), 0.1, 1)
        some("distances", self.distances, 15, least=2)
        within("distances", self.distances, 0, 100)
        if max(self.distances) == 0:
            raise ValueError("distances: give one above 0")


def picked(slope: float, distance: float) -> float:
    """Gold reward of the best of n answers by the proxy."""
    return distance * (1 - slope * distance)


def trained(slope: float, distance: float) -> float:
    """Gold reward of a policy trained on the proxy; up to a distance of 1, the proxy itself."""
    return distance * (1 - slope * math.log(max(1.0, distance)))


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the rewards as numbers, then as curves."""
    slope, log_slope = settings.slope, settings.log_slope
    say = terminal.say
    say(bold("TOY: a proxy reward, and the gold reward that it stands for."))
    say(
        line(
            "d is the distance from the start (square root of KL). The proxy, which is optimised,"
            " rises as d. The gold reward has the two forms that were found in experiments:"
        ),
        line(f"picked as the best of n answers: d × (1 - {slope:g} × d)"),
        line(f"trained on the proxy by RL: d × (1 - {log_slope:g} × ln d), from d = 1 on"),
        line(),
    )
    golds: tuple[Callable[[float], float], Callable[[float], float]] = (
        lambda d: picked(slope, d),
        lambda d: trained(log_slope, d),
    )
    rows = [
        (short(d), short(d), *(short(round(gold(d), 2)) for gold in golds))
        for d in settings.distances
    ]
    say(*table(("d", "proxy", "gold, picked", "gold, trained"), rows, terminal))
    end = max(settings.distances)
    curves = [
        Curve("x", "proxy", lambda d: d),
        Curve("o", "gold, picked", golds[0]),
        Curve("+", "gold, trained", golds[1]),
    ]
    say(*plot(curves, Axis(0, end, "d", "0", short(end)), terminal))
    for name, gold, peak in zip(
        ("Picked", "Trained"), golds, (1 / (2 * slope), math.exp(1 / log_slope - 1)), strict=True
    ):
        at = f"{name}: gold is highest at d = {peak:.3g}, where it is {gold(peak):.2g}."
        say(line(at))


DEMO = Computed(
    title="What is measured and what is meant",
    line=(
        "The measure goes on rising while the thing measured falls: Goodhart's law as two curves."
    ),
    settings=Settings,
    run=run,
    example=Settings(
        slope=0.1,
        log_slope=0.4,
        distances=(0.0, 1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0),
    ),
)
