"""How much memory a model's weights take, at several precisions."""

from msgspec import Struct

from tutor.demos.parts.reading import named, some, within
from tutor.screen.tables import bars, short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Models with billions of parameters, such as "Llama-3.1-8B 8.03", and bits a weight."""

    models: tuple[str, ...]
    bits: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse sizes and precisions that no model has."""
        some("models", self.models, 10)
        some("bits", self.bits, 5)
        within("bits", self.bits, 1, 64)
        for text in self.models:
            read_model(text)


def read_model(text: str) -> tuple[str, float]:
    """Read "Llama-3.1-8B 8.03"; raises ValueError."""
    name, sizes = named(text, "Llama-3.1-8B 8.03")
    some(f"{name}: billions of parameters", sizes, 1)
    within(f"{name}: billions of parameters", sizes, 1e-6, 1e5)
    return name, sizes[0]


def gigabytes(billions: float, bits: float) -> float:
    """Size of the weights; 8 bits are a byte, and 1 GB is 1e9 bytes."""
    return billions * bits / 8


def run(settings: Settings, terminal: Terminal) -> None:
    """Show a row for each model, a column for each precision."""
    models = [read_model(text) for text in settings.models]
    terminal.say(bold("COMPUTED: memory for the weights alone, in gigabytes."))
    terminal.say(line("Billions of parameters × bits each ÷ 8."))
    terminal.say(line("What is kept while the model runs (the KV cache) comes on top."), line())
    heads = ("model", *(f"{short(bits)}-bit" for bits in settings.bits))
    rows = [
        (name, *(short(gigabytes(billions, bits)) for bits in settings.bits))
        for name, billions in models
    ]
    terminal.say(*table(heads, rows, terminal))


CARDS = (8, 16, 24, 48, 80, 141)
"""Gigabytes on cards that are sold, from a laptop's to a data centre's."""
BILLIONS = (0.5, 1, 1.5, 3, 4, 7, 8, 14, 24, 32, 70, 109, 175, 235, 400, 671, 1000)


def turned(_settings: Settings, terminal: Terminal) -> Turning:
    """Size and precision under the learner's keys: what still fits."""

    def picture(values: Values) -> list[Renderable]:
        billions, bits = values
        need = gigabytes(billions, bits)
        said = [f"{short(need)} GB", *(f"{card} GB" for card in CARDS)]
        names = [
            "the weights",
            *("room for them" if need < card else "too small" for card in CARDS),
        ]
        most = max(need, *CARDS)
        return [
            bold(f"{short(billions)} billion weights of {short(bits)} bits: {short(need)} GB"),
            line("Beside what cards hold:"),
            *bars(names, [size / most for size in (need, *CARDS)], terminal, said),
        ]

    dials = (
        Dial("billions", BILLIONS, at=BILLIONS.index(70)),
        Dial("bits", (2, 3, 4, 5, 6, 8, 16, 32), at=6),
    )
    return Turning("size and precision, by hand", dials, picture)


DEMO = Computed(
    title="What fits on which card",
    line="How much memory a model's weights take, at several precisions.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        models=("Llama-3.1-8B 8.03", "Mixtral-8x7B 46.7", "Llama-3.1-70B 70.6", "GPT-3 175"),
        bits=(16.0, 8.0, 4.0),
    ),
)
