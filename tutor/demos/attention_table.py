"""Attention by hand: queries meet keys, softmax makes weights, weights mix values."""

import math
from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.reading import as_many, numbers, some, within
from tutor.demos.parts.vectors import Vector, dot
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed
from tutor.sums.information import softmax

SHADES = " ░▒▓█"
MASKED = "masked"
MASKS = ("causal", "none")
SCORE = "Score: query times key, number by number, added up, divided by the square root of"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Tokens, each with a query, a key and a value such as "1 0"; mask: causal or none."""

    tokens: tuple[str, ...]
    queries: tuple[str, ...]
    keys: tuple[str, ...]
    values: tuple[str, ...]
    mask: str

    def __post_init__(self) -> None:
        """Refuse vectors that do not fit each other."""
        if self.mask not in MASKS:
            raise ValueError(f"mask: {self.mask!r} is neither causal nor none")
        some("tokens", self.tokens, 8)
        for name in ("queries", "keys", "values"):
            as_many(name, getattr(self, name), "tokens", self.tokens)
        _same_length("queries and keys", (*self.queries, *self.keys))
        _same_length("values", self.values)


def _same_length(name: str, texts: Sequence[str]) -> None:
    vectors = [numbers(text) for text in texts]
    for vector in vectors:
        some(f"{name}: numbers in a vector", vector, 8)
        within(name, vector, -1000, 1000)
    if len({len(vector) for vector in vectors}) > 1:
        raise ValueError(f"{name}: give vectors of one length")


def attention(
    queries: Sequence[Vector], keys: Sequence[Vector], *, causal: bool
) -> list[list[float]]:
    """Weight each key for each query: softmax(q k / sqrt(d)) (Vaswani et al. 2017)."""
    weights = []
    for place, query in enumerate(queries):
        seen = keys[: place + 1] if causal else keys
        scores = [dot(query, key) / math.sqrt(len(query)) for key in seen]
        weights.append(softmax(scores) + [0.0] * (len(keys) - len(seen)))
    return weights


def mix(weights: Sequence[float], values: Sequence[Vector]) -> Vector:
    """Add the values up, each times its weight."""
    return tuple(dot(weights, column) for column in zip(*values, strict=True))


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the vectors, the table of weights, and what each token takes away."""
    queries, keys, values = (
        [numbers(text) for text in texts]
        for texts in (settings.queries, settings.keys, settings.values)
    )
    causal = settings.mask == "causal"
    weights = attention(queries, keys, causal=causal)
    say = terminal.say
    say(bold("COMPUTED: one attention head on vectors chosen by hand."))
    vectors = zip(settings.tokens, settings.queries, settings.keys, settings.values, strict=True)
    say(*table(("token", "query", "key", "value"), list(vectors), terminal), line())
    say(line(f"{SCORE} {len(queries[0])}."))
    say(line("Softmax turns each row of scores into weights that add up to 1."), line())
    seen = "itself and what came before" if causal else "every token"
    say(bold(f"Weights (mask: {settings.mask}). Each token looks at {seen}."))
    rows = [
        (token, *_cells(weights[place], place if causal else len(values), terminal))
        for place, token in enumerate(settings.tokens)
    ]
    heads = ("from", *(f"to {token}" for token in settings.tokens))
    say(*table(heads, rows, terminal), line())
    say(bold("Outputs: the values, mixed by the weights."))
    mixed = (" ".join(short(n) for n in mix(row, values)) for row in weights)
    say(*table(("token", "output"), list(zip(settings.tokens, mixed, strict=True)), terminal))


def _cells(weights: Sequence[float], last: int, terminal: Terminal) -> list[str]:
    cells = [_shaded(weight, terminal) for weight in weights]
    return cells[: last + 1] + [MASKED] * (len(cells) - last - 1)


def _shaded(weight: float, terminal: Terminal) -> str:
    shade = "" if terminal.look.plain else " " + SHADES[round(weight * (len(SHADES) - 1))]
    return f"{weight:.4f}{shade}"


DEMO = Computed(
    title="The whole table of three tokens",
    line="Attention by hand: queries meet keys, softmax makes weights, weights mix values.",
    settings=Settings,
    run=run,
    example=Settings(
        tokens=("brake", "squeals", "again"),
        queries=("1 0", "0 1", "1 1"),
        keys=("1 0", "0 1", "1 1"),
        values=("10 0", "0 10", "5 5"),
        mask="causal",
    ),
)
