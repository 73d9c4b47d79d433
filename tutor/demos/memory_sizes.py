"""How much memory a model's weights take, at several precisions."""

from msgspec import Struct

from tutor.demos.parts.reading import named, some, within
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed


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


DEMO = Computed(
    title="What fits on which card",
    line="How much memory a model's weights take, at several precisions.",
    settings=Settings,
    run=run,
    example=Settings(
        models=("Llama-3.1-8B 8.03", "Mixtral-8x7B 46.7", "Llama-3.1-70B 70.6", "GPT-3 175"),
        bits=(16.0, 8.0, 4.0),
    ),
)
