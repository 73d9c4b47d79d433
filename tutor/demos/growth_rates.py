"""Yearly factors over several years, counted in orders of magnitude."""

import math
from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.reading import different, named, some, within
from tutor.screen.bars import counted
from tutor.screen.tables import bars, short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values

YEARS = tuple(range(1, 21))


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What grows and its factor a year, such as "compute 4.5", and for how many years."""

    rates: tuple[str, ...]
    years: int

    def __post_init__(self) -> None:
        """Refuse what is not a name and a factor."""
        some("rates", self.rates, 6)
        within("years", (self.years,), 1, 20)
        different("rates", [read_rate(text)[0] for text in self.rates])


def read_rate(text: str) -> tuple[str, float]:
    """Read "compute 4.5"; raises ValueError."""
    name, factors = named(text, "compute 4.5")
    some(f"{name}: factors a year", factors, 1)
    within(f"{name}: factor a year", factors, 0.01, 100)
    return name, factors[0]


def magnitudes(factor: float, years: int) -> float:
    """Orders of magnitude after some years: they add up where factors multiply."""
    return years * math.log10(factor)


def run(settings: Settings, terminal: Terminal) -> None:
    """Show each rate and all together."""
    rates = [read_rate(text) for text in settings.rates]
    together = ("together", math.prod(factor for _, factor in rates))
    say = terminal.say
    say(bold(f"COMPUTED: growth over {counted(settings.years, 'year')} at steady rates."))
    say(line("Factors multiply. Orders of magnitude (OOM, powers of ten) add up."))
    say(line("That the rates stay as they are is an assumption."), line())
    heads = ("", "a year", counted(settings.years, "year"), "OOM")
    say(*table(heads, _rows([*rates, together], settings.years), terminal))


def _rows(rates: Sequence[tuple[str, float]], years: int) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"×{short(factor)}",
            f"×{short(factor**years)}",
            f"{magnitudes(factor, years):.2f}",
        )
        for name, factor in rates
    ]


def turned(settings: Settings, terminal: Terminal) -> Turning:
    """The years under the learner's keys, on a scale of orders of magnitude."""
    rates = [read_rate(text) for text in settings.rates]
    whole = math.prod(factor for _, factor in rates)
    names = [name for name, _ in (*rates, ("together", whole))]
    factors = [factor for _, factor in (*rates, ("", whole))]
    most = max(1.0, *(abs(magnitudes(factor, YEARS[-1])) for factor in factors))

    def picture(values: Values) -> list[Renderable]:
        years = round(values[0])
        grown = [magnitudes(factor, years) for factor in factors]
        said = [f"{oom:.1f} OOM" for oom in grown]
        return [
            bold(f"{counted(years, 'year')}: together ×{short(whole**years)}"),
            *bars(names, [max(0.0, oom) / most for oom in grown], terminal, said),
        ]

    return Turning("years, by hand", [Dial("years", YEARS, at=settings.years - 1)], picture)


DEMO = Computed(
    title="Two engines, four years",
    line="Yearly factors over several years, counted in orders of magnitude.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        rates=("compute 4.5", "algorithms 2.83"),
        years=4,
    ),
)
