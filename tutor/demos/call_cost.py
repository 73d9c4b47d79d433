"""What a call costs: tokens times prices, with and without a cache."""

from msgspec import Struct

from tutor.demos.parts.reading import within
from tutor.screen.tables import bars, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values, steps

MILLION = 1e6


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Tokens of one call (cached ones are part of the input), prices for a million, and calls."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int
    input_price: float
    output_price: float
    cached_price: float
    calls: int

    def __post_init__(self) -> None:
        """Refuse negative amounts, and more cached tokens than there are."""
        for name in ("input_tokens", "output_tokens", "cached_tokens"):
            within(name, (getattr(self, name),), 0, 10_000_000)
        for name in ("input_price", "output_price", "cached_price"):
            within(name, (getattr(self, name),), 0, 10_000)
        within("calls", (self.calls,), 1, 1_000_000_000)
        if self.cached_tokens > self.input_tokens:
            raise ValueError("cached_tokens: more than input_tokens, of which they are a part")


def cost(settings: Settings, cached: int) -> float:
    """Dollars for one call with so many of its input tokens cached."""
    fresh = (settings.input_tokens - cached) * settings.input_price
    written = settings.output_tokens * settings.output_price
    return (fresh + cached * settings.cached_price + written) / MILLION


def run(settings: Settings, terminal: Terminal) -> None:
    """Show each part of the bill, then the whole for one call and for all."""
    cached = settings.cached_tokens
    say = terminal.say
    say(bold("COMPUTED, with ILLUSTRATIVE prices: nobody's price list."))
    say(line("Prices are in dollars for a million tokens."), line())
    parts = [
        ("input", settings.input_tokens - cached, settings.input_price),
        ("cached input", cached, settings.cached_price),
        ("output", settings.output_tokens, settings.output_price),
    ]
    rows = [
        (name, f"{tokens:,}", f"{price:g}", f"{tokens * price / MILLION:.5f}")
        for name, tokens, price in parts
        if tokens
    ]
    say(*table(("part", "tokens", "price", "dollars"), rows, terminal), line())
    paid, full = cost(settings, cached), cost(settings, 0)
    say(bold(f"One call: {paid:.5f} dollars."))
    say(bold(f"{settings.calls:,} calls: {paid * settings.calls:,.2f} dollars."))
    if cached and full:
        say(line(f"Without the cache one call costs {full:.5f} dollars."))
        say(
            line(
                f"The cache changes the bill by {100 * (paid / full - 1):+.1f}%, if every call"
                " hits it. Caches forget within minutes or hours, and writing into them may cost."
            )
        )


TOKENS = (0, 100, 200, 500, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000)
SHARES = steps(0, 100, 10)


def turned(settings: Settings, terminal: Terminal) -> Turning:
    """Tokens and hits under the learner's keys: which part makes the bill."""

    def picture(values: Values) -> list[Renderable]:
        read, hit, written = values
        cached = round(read * hit / 100)
        parts = {
            "input": (read - cached) * settings.input_price / MILLION,
            "cached input": cached * settings.cached_price / MILLION,
            "output": written * settings.output_price / MILLION,
        }
        whole = sum(parts.values())
        shares = [part / whole if whole else 0.0 for part in parts.values()]
        said = [f"{part:.5f} dollars" for part in parts.values()]
        return [
            line(
                f"{_whole(read)} tokens read, {_whole(hit)} % of them cached,"
                f" {_whole(written)} written"
            ),
            bold(f"One call: {whole:.5f} dollars."),
            bold(f"{settings.calls:,} calls: {whole * settings.calls:,.2f} dollars."),
            *bars(list(parts), shares, terminal, said),
        ]

    dials = (
        Dial("input tokens", TOKENS, at=TOKENS.index(1500), written=_whole),
        Dial("% cached", SHARES, at=8, written=_whole),
        Dial("output tokens", TOKENS, at=TOKENS.index(500), written=_whole),
    )
    return Turning("the bill, by hand", dials, picture)


def _whole(number: float) -> str:
    return f"{number:,.0f}"


DEMO = Computed(
    title="A year of delivery tickets, with a cache",
    line="What a call costs: tokens times prices, with and without a cache.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        input_tokens=1500,
        output_tokens=400,
        cached_tokens=1200,
        input_price=3.0,
        output_price=15.0,
        cached_price=0.3,
        calls=5200,
    ),
    notice="Writing costs most. The cache saves only on what stays the same, and only when hit.",
)
