"""A scaling law: loss falls as a power of size, towards a floor."""

import math

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.plots import Axis, Curve, plot
from tutor.screen.tables import bars, short, spelt, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values, steps

TIMES = ("this size", "10 times as large", "100 times")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The law's floor, constant and exponent, and the sizes to look at."""

    floor: float
    constant: float
    exponent: float
    sizes: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse laws that do not fall, and sizes that cannot be drawn."""
        within("floor", (self.floor,), 0, 100)
        within("constant", (self.constant,), 1, 1e20)
        within("exponent", (self.exponent,), 0.001, 1)
        some("sizes", self.sizes, 12, least=2)
        within("sizes", self.sizes, 1e3, 1e17)
        if min(self.sizes) == max(self.sizes):
            raise ValueError("sizes: give two that differ")


def loss(settings: Settings, size: float) -> float:
    """L(N) = floor + (constant / N) to the exponent (the form of Henighan et al. 2020)."""
    return settings.floor + math.pow(settings.constant / size, settings.exponent)


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the law, its numbers, and the curve over a logarithmic axis."""
    say = terminal.say
    say(bold("COMPUTED: a scaling law with these constants; no model was trained."))
    law = f"({short(settings.constant)} / size) to the power {settings.exponent:g}"
    say(line(f"loss = {settings.floor:g} + {law}"))
    tenfold = 10**-settings.exponent
    say(line(f"Ten times the size leaves {tenfold:.1%} of what is above the floor."), line())
    rows = [
        (spelt(n), f"{loss(settings, n):.4f}", f"{loss(settings, n) - settings.floor:.4f}")
        for n in settings.sizes
    ]
    say(*table(("size", "loss", "above floor"), rows, terminal))
    first, last = min(settings.sizes), max(settings.sizes)
    curve = Curve(
        "o", "loss (each step to the right multiplies the size)", lambda x: loss(settings, 10**x)
    )
    axis = Axis(math.log10(first), math.log10(last), "size", short(first), short(last))
    say(*plot([curve], axis, terminal))


def turned(settings: Settings, terminal: Terminal) -> Turning:
    """The size under the learner's keys: what ten times as much takes off, again and again."""
    first, last = (math.log10(end(settings.sizes)) for end in (min, max))
    sizes = [10**power for power in steps(first, last, (last - first) / 30)]
    most = loss(settings, sizes[0]) - settings.floor

    def picture(values: Values) -> list[Renderable]:
        (size,) = values
        now = loss(settings, size)
        grown = [size, 10 * size, 100 * size]
        left = [(loss(settings, one) - settings.floor) / most for one in grown]
        return [
            bold(f"size {spelt(size)}: loss {now:.4f}, above the floor {now - settings.floor:.4f}"),
            line("Left above the floor, of what the smallest has:"),
            *bars(TIMES, left, terminal, [f"{share:.1%}" for share in left]),
        ]

    return Turning("size, by hand", [Dial("size", sizes, written=spelt)], picture)


DEMO = Computed(
    title="Loss against size, if text were unlimited",
    line="A scaling law: loss falls as a power of size, towards a floor.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        floor=1.82,
        constant=52000000.0,
        exponent=0.348,
        sizes=(
            10000000.0,
            100000000.0,
            1000000000.0,
            10000000000.0,
            100000000000.0,
            1000000000000.0,
        ),
    ),
)
