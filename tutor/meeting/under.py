"""A look under the mask: what each stage of training changed in the chances of the next token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.providers.built_in import BuiltIn, prompt_tokens, token_text
from tutor.providers.talk import Request
from tutor.tinylm.model import Array, Trace, forward, softmax

ROWS = 8
BEGAN_AS = {"sft": "base", "rlhf": "sft", "over-optimised": "sft"}
"""For each tuned face the one that its training began with: both preference runs left from sft."""


@dataclass(frozen=True, slots=True)
class Underneath:
    """The next-token distributions of several faces at one place of a reply."""

    shares: Mapping[str, Array]
    """For each face (vocabulary,), 0–1."""
    forced: str
    """The text of the reply before this place."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What one stage did to a distribution."""

    before: str
    after: str
    moved: float
    """Total variation distance: the share of probability that lies elsewhere now, 0–1."""
    up: int
    down: int
    """The tokens that gained and lost the most."""


def look_under(
    faces: Sequence[BuiltIn], asked: Sequence[Request], reply: str, at: int
) -> Underneath:
    """The distributions after the first `at` tokens of `reply`, put into every face's mouth."""
    tokenizer = faces[0].tokenizer
    forced = tokenizer.encode(reply)[:at]
    shares = {}
    for face, request in zip(faces, asked, strict=True):
        tokens, _adjusted = prompt_tokens(face, request)
        shares[face.card.name] = softmax(forward(face.model, [*tokens, *forced])[-1])
    return Underneath(shares, tokenizer.decode(forced))


def top_tokens(place: Underneath, rows: int = ROWS) -> list[int]:
    """The tokens that matter to any face, by their largest share."""
    largest = max_share(place)
    return [int(token) for token in (-largest).argsort(kind="stable")[:rows]]


def max_share(place: Underneath) -> Array:
    """For each token its largest share with any face: (vocabulary,)."""
    first, *others = place.shares.values()
    for other in others:
        first = first.clip(min=other)
    return first


def changes(place: Underneath) -> list[Shift]:
    """What each training changed in the face that it began with."""
    return [
        _change(place, before, after)
        for after, before in BEGAN_AS.items()
        if {before, after} <= set(place.shares)
    ]


def _change(place: Underneath, before: str, after: str) -> Shift:
    difference = place.shares[after] - place.shares[before]
    moved = float(abs(difference).sum() / 2)
    return Shift(before, after, moved, int(difference.argmax()), int(difference.argmin()))


def attention(face: BuiltIn, text: str) -> tuple[list[str], list[Array]]:
    """The tokens of a text and, for each layer (heads, T, T), how much each looks at each.

    The text stands at the start of a document, as the raw model reads it.
    """
    request = Request(prompt=text)
    tokens, _adjusted = prompt_tokens(face, request)
    trace = Trace()
    forward(face.model, tokens, trace=trace)
    return [token_text(face.tokenizer, token) for token in tokens], trace.attention


def strongest(heads: Array) -> list[tuple[int, float]]:
    """For each head of (H, T, T) the place that the last token looks at most, and how much."""
    last = heads[:, -1]
    return [(int(row.argmax()), float(row.max())) for row in last]
