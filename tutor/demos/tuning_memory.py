"""What tuning a model takes: every weight with Adam, or adapters on a frozen base."""

from msgspec import Struct

from tutor.demos.parts.reading import within
from tutor.screen.tables import bars, short, spelt, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values

ADAM = (
    ("16-bit weights", 2.0),
    ("16-bit gradients", 2.0),
    ("32-bit copy of weights", 4.0),
    ("Adam's mean", 4.0),
    ("Adam's variance", 4.0),
)
"""Bytes a parameter in mixed precision (Rajbhandari et al. 2019, ZeRO, section 3.1)."""
FEWEST = 1e6
FROZEN = (("LoRA, 16-bit base", 2.0), ("QLoRA, 4-bit base", 0.5))
CARDS = (24, 80)
"""Gigabytes on one card: a good one for games, one for servers."""
BILLIONS = (0.5, 1, 3, 8, 14, 32, 70, 123, 405)
SHARES = (0.1, 0.2, 0.5, 1, 2, 5, 10)
"""Adapters in per cent of the model's own parameters."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many parameters the model has, such as 8.03e9."""

    parameters: float

    def __post_init__(self) -> None:
        """Refuse billions given as if they were parameters."""
        if 0 < self.parameters < FEWEST:
            raise ValueError(
                f"parameters: {self.parameters:g} is too few; write billions out, as in 8.03e9"
            )
        within("parameters", (self.parameters,), FEWEST, 1e14)


def gigabytes(parameters: float, bytes_each: float) -> float:
    """Memory in units of 1e9 bytes."""
    return parameters * bytes_each / 1e9


def run(settings: Settings, terminal: Terminal) -> None:
    """Show what full tuning holds in memory, then the two frozen bases."""
    size = settings.parameters
    whole = sum(each for _, each in ADAM)
    say = terminal.say
    say(bold(f"COMPUTED: memory to tune {spelt(size)} parameters."))
    say(
        line("Bytes for each parameter, and gigabytes in all; activations are not counted."), line()
    )
    say(bold("Every weight, with Adam:"))
    heads = ("part", "bytes", "GB")
    say(*table(heads, _rows((*ADAM, ("together", whole)), size), terminal), line())
    say(bold("A frozen base, with adapters:"))
    say(*table(heads, _rows(FROZEN, size), terminal))
    say(line(f"An adapter's own weights come on top, at {whole:g} bytes each: they are few."))
    say(
        line(
            "In practice QLoRA takes more: embeddings and head stay at 16 bits, and every block of"
            " weights brings a constant. For Llama 3.1 8B that makes about 5.7 GB."
        )
    )


def _rows(parts: tuple[tuple[str, float], ...], size: float) -> list[tuple[str, str, str]]:
    return [(name, f"{each:g}", short(gigabytes(size, each))) for name, each in parts]


def with_adapters(billions: float, bits: float, share: float) -> float:
    """Gigabytes of a frozen base, and of adapters that are tuned whole."""
    size = billions * 1e9
    tuned = sum(each for _, each in ADAM)
    return gigabytes(size, bits / 8) + gigabytes(size * share / 100, tuned)


def turned(_settings: Settings, terminal: Terminal) -> Turning:
    """Size, precision of the base and size of the adapters under the learner's keys."""

    def picture(values: Values) -> list[Renderable]:
        billions, bits, share = values
        whole = gigabytes(billions * 1e9, sum(each for _, each in ADAM))
        needs = (whole, with_adapters(billions, bits, share), *CARDS)
        names = ("every weight", "with adapters", *("a card" for _ in CARDS))
        said = f"{short(billions)} billion parameters, a base of {short(bits)} bits, adapters of"
        return [
            bold(f"{said} {short(share)} %"),
            *bars(names, [need / max(needs) for need in needs], terminal, list(map(_gb, needs))),
        ]

    dials = (
        Dial("billions", BILLIONS, at=BILLIONS.index(8)),
        Dial("bits", (4, 8, 16), at=2),
        Dial("% adapters", SHARES, at=SHARES.index(1)),
    )
    return Turning("memory for tuning, by hand", dials, picture)


def _gb(size: float) -> str:
    return f"{short(size)} GB"


DEMO = Computed(
    title="Memory to tune a model of 8 billion parameters",
    line="What tuning a model takes: every weight with Adam, or adapters on a frozen base.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        parameters=8030000000.0,
    ),
)
