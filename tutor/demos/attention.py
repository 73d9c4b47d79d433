"""Real attention of the built-in model: which token each head of each layer looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

from msgspec import Struct

from tutor.demos.parts.next_tokens import every_chance, quoted
from tutor.demos.parts.reading import within
from tutor.errors import ProviderError
from tutor.providers.built_in import BuiltIn, built_in, prompt_tokens
from tutor.providers.talk import Request
from tutor.screen.heat_view import heat_view, row_view
from tutor.screen.pieces import piece_of
from tutor.screen.pieces_view import fitted, visible
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.own_text import accepted, own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.model import Array, Trace, forward, logit_lens

WARNING = (
    "A map of attention is no explanation: it shows where information may flow, not why the model "
    "answers as it does. How much it explains is contested (Jain and Wallace 2019; Wiegreffe and "
    "Pinter 2019)."
)
START = "(start)"
QUESTION = "Over all heads, what gets most of the attention in this text?"
HABITS = ("first place", "token before", "itself", "copying")
GUESSES = ("the first place", "the token before", "the token itself", "everything else")
AGAIN = "A row, a layer and head such as 2 3, or a text (Enter: go on): "
COLUMNS = (
    "Mean share of attention to the first place, to the token before, to the token itself, and "
    "(copy; measured on the text said twice) to what followed the same token earlier."
)
DISTINCT = 0.3
"""A mean share from which a head is named after its habit."""
NO_HABIT = "mixed"
_TOKEN, _DIGITS = 16, 9


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A text, and which layer and head to draw, from 1; 0 takes the head that stands out most."""

    text: str = "The cat sat on the mat because it was tired."
    layer: int = 0
    head: int = 0
    row: int = -1
    """The token whose weights are shown as numbers, from 0; -1 is the last one."""
    lens: bool = True

    def __post_init__(self) -> None:
        """Refuse places that cannot be."""
        within("layer", (self.layer,), 0, 99)
        within("head", (self.head,), 0, 99)
        within("row", (self.row,), -1, 999)


@dataclass(frozen=True, slots=True)
class Maps:
    """A text inside the model."""

    text: str
    tokens: tuple[str, ...]
    """Visible ones, the mark at the start first."""
    trace: Trace
    heads: tuple["Head", ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A head, and which share of its attention goes where, on average over the tokens."""

    layer: int
    head: int
    shares: tuple[float, ...]
    """As `HABITS`."""

    @property
    def habit(self) -> str:
        """What it does most, if it does that much."""
        share = max(self.shares)
        return HABITS[self.shares.index(share)] if share >= DISTINCT else NO_HABIT


def run(settings: Settings, stage: Stage) -> None:
    """A map of one head, all heads in a line each, one row in numbers, and the logit lens."""
    try:
        text = own_text(stage).strip() or settings.text
        base = built_in("base")
        stage.introduce(base)
        seen = look_inside(base, text, stage)
        guess = stage.guess(QUESTION, GUESSES)
        summarise(stage, seen, guess)
        one = chosen_head(settings, seen.heads)
        draw(stage, seen, one)
        place = settings.row if 0 <= settings.row < len(seen.tokens) else len(seen.tokens) - 1
        numbers(stage, seen, one, place)
        if settings.lens:
            lens(stage, base, seen)
        stage.terminal.gap()
        stage.terminal.say(line(WARNING))
        look_around(stage, base, seen, one)
    except ProviderError as error:
        refuse(stage, error)


def look_inside(base: BuiltIn, text: str, stage: Stage) -> Maps:
    """Run a text through the model and keep what happened. PromptTooLongError if too long."""
    tokens, _ = prompt_tokens(base, Request(prompt=text))
    trace = Trace()
    forward(base.model, tokens, trace=trace)
    look = stage.terminal.look
    shown = (START, *(piece_of(base.tokenizer, token, look) for token in tokens[1:]))
    return Maps(text, shown, trace, heads_of(base, tokens, trace))


def heads_of(base: BuiltIn, tokens: Sequence[int], trace: Trace) -> tuple[Head, ...]:
    """Every head's habits on this text; copying is measured on the text said twice."""
    twice = twice_over(base, tokens)
    copying = Trace()
    forward(base.model, twice, trace=copying)
    shape = base.model.shape
    return tuple(
        Head(layer + 1, head + 1, habits(trace, copying, layer, head, (len(twice) + 1) // 2))
        for layer, head in product(range(shape.layers), range(shape.heads))
    )


def twice_over(base: BuiltIn, tokens: Sequence[int]) -> list[int]:
    """The start and the text twice; of a long text, as much as fits twice."""
    most = (base.model.shape.context - 1) // 2
    return [tokens[0], *tokens[1 : most + 1], *tokens[1 : most + 1]]


def habits(trace: Trace, copying: Trace, layer: int, head: int, half: int) -> tuple[float, ...]:
    """Mean shares that go to the start, the token before, the token itself, and after a copy."""
    weights: Array = trace.attention[layer][head]
    rows = range(2, len(weights)) if len(weights) > 2 else range(1, len(weights))  # noqa: PLR2004
    first = fmean(float(weights[row, 0]) for row in rows)
    before = fmean(float(weights[row, row - 1]) for row in rows)
    itself = fmean(float(weights[row, row]) for row in rows)
    return first, before, itself, after_copy(copying.attention[layer][head], half)


def evenly(size: int) -> float:
    """The mean share of one place in a head that spreads its attention evenly; rows as `habits`."""
    return fmean(1 / (row + 1) for row in range(min(2, size - 1), size))


def after_copy(weights: Array, half: int) -> float:
    """In a text said twice, how much each second token looks at what followed its first copy."""
    period = half - 1
    rows = range(half, len(weights) - 1)
    return fmean(float(weights[row, row - period + 1]) for row in rows) if rows else 0.0


def summarise(stage: Stage, seen: Maps, guess: str) -> None:
    """A line for each head."""
    plain = stage.terminal.look.plain
    rows = [
        (name_of(one, plain=plain), *(f"{share:.0%}" for share in one.shares), one.habit)
        for one in seen.heads
    ]
    heads = ("" if plain else "layer.head", "first", "before", "itself", "copy", "habit")
    stage.terminal.gap()
    show(
        stage,
        "attention: built-in base",
        bold(f"All {len(rows)} heads on {quoted(seen.text)}"),
        line(COLUMNS),
        line(f"Spread evenly, each of the first three would get {evenly(len(seen.tokens)):.0%}."),
        *table(heads, rows, stage.terminal),
    )
    if guess:
        stage.terminal.say(*verdict(seen.heads, guess))


def name_of(one: Head, *, plain: bool) -> str:
    """A head by its numbers."""
    return f"layer {one.layer} head {one.head}" if plain else f"{one.layer}.{one.head}"


def verdict(heads: Sequence[Head], guess: str) -> list[Renderable]:
    """What gets most over all heads; what was guessed."""
    means = [fmean(one.shares[place] for one in heads) for place in range(3)]
    shares = dict(zip(GUESSES, (*means, max(0.0, 1 - sum(means))), strict=True))
    most = max(shares, key=lambda name: shares[name])
    told = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    return [line(f"Over all heads: {told}. Most: {most}."), dim(f"You guessed: {harmless(guess)}.")]


def chosen_head(settings: Settings, heads: Sequence[Head]) -> Head:
    """The head that the settings name, as near as there is one; else the most single-minded."""
    fitting = [
        one for one in heads if settings.layer in (0, one.layer) and settings.head in (0, one.head)
    ]
    return max(fitting or heads, key=lambda one: max(one.shares[1], one.shares[3]))


def draw(stage: Stage, seen: Maps, one: Head) -> None:
    """The map of one head."""
    weights = weights_of(seen, one)
    look, width = stage.terminal.look, stage.terminal.width
    how = "Each row looks at the columns; its weights add up to 1. (start) begins every text."
    stage.terminal.gap()
    show(
        stage,
        f"attention: built-in base, layer {one.layer}, head {one.head}",
        bold(f"Layer {one.layer}, head {one.head}: {one.habit}"),
        line("Each token with those it looks at most." if look.plain else how),
        *heat_view(seen.tokens, weights, look, width),
    )


def weights_of(seen: Maps, one: Head) -> list[list[float]]:
    """Each row of a head's weights as far as it may look."""
    weights = seen.trace.attention[one.layer - 1][one.head - 1]
    return [[float(each) for each in row[: place + 1]] for place, row in enumerate(weights)]


def numbers(stage: Stage, seen: Maps, one: Head, place: int) -> None:
    """One row of a head, in numbers."""
    stage.terminal.gap()
    row = weights_of(seen, one)[place]
    shown = row_view(seen.tokens, place, row, stage.terminal.look)
    show(stage, f"attention: layer {one.layer}, head {one.head}, row {place}", *shown)


def lens(stage: Stage, base: BuiltIn, seen: Maps) -> None:
    """What would come next if the model stopped after each layer: the logit lens."""
    rows = []
    for layer, scores in enumerate(logit_lens(base.model, seen.trace)[:, -1]):
        best = every_chance(base, scores)[0]
        name = f"after layer {layer}" if layer else "before layer 1"
        token = visible(best.text, stage.terminal.look)
        rows.append((name, fitted(token, _TOKEN).rstrip(), f"{best.probability:.0%}"))
    stage.terminal.gap()
    heads = ("", "next token", "chance")
    title = bold("The next token, if the model stopped after each layer (logit lens)")
    show(stage, "attention: logit lens", title, *table(heads, rows, stage.terminal))


def look_around(stage: Stage, base: BuiltIn, seen: Maps, one: Head) -> None:
    """Other rows, other heads, other texts, until the learner has had enough."""
    while typed := stage.ask(AGAIN):
        try:
            seen, one = follow(stage, base, seen, one, typed)
            stage.terminal.gap()
        except ProviderError as error:
            refuse(stage, error)


def follow(stage: Stage, base: BuiltIn, seen: Maps, one: Head, typed: str) -> tuple[Maps, Head]:
    """Do what was typed; what is looked at from now on."""
    words = typed.split()
    given = [int(word) for word in words if word.isdecimal() and len(word) < _DIGITS]
    match given:
        case [place] if len(words) == 1 and place < len(seen.tokens):
            numbers(stage, seen, one, place)
        case [layer, head] if len(words) == len(given) and (
            found := _find(seen.heads, layer, head)
        ):
            one = found
            draw(stage, seen, one)
        case _ if len(words) == len(given) or not (text := accepted(typed).strip()):
            stage.terminal.say(line(where_to_look(seen)))
        case _:
            seen = look_inside(base, text, stage)
            one = _find(seen.heads, one.layer, one.head) or one
            draw(stage, seen, one)
    return seen, one


def _find(heads: Sequence[Head], layer: int, head: int) -> Head | None:
    return next((one for one in heads if (one.layer, one.head) == (layer, head)), None)


def where_to_look(seen: Maps) -> str:
    """Which numbers there are."""
    last = seen.heads[-1]
    rows = f"Rows go from 0 to {len(seen.tokens) - 1}"
    return f"{rows}, layers from 1 to {last.layer}, heads from 1 to {last.head}."


DEMO = Live(
    settings=Settings,
    run=run,
    title="Attention, head by head",
    line="Each head of each layer mixes what the tokens before hold; here is in which shares.",
    own_text="a sentence, to see which of its tokens look at which",
    notice=(
        "Heads differ: some look at the token before, some rest on the first place, some find "
        "earlier copies, few do so purely; many spread out. Each row adds up to 1, and nobody "
        "looks ahead. A weight says where information may flow, not why the model says this."
    ),
)
