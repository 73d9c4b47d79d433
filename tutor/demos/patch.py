"""Activation patching: the state of one text put into another, at every layer and place."""

from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.insides import (
    Opened,
    again,
    chance,
    guessed,
    limits,
    numbered,
    opened,
    word,
)
from tutor.demos.parts.next_tokens import quoted
from tutor.errors import PromptTooLongError, ProviderError
from tutor.screen.heat_table import heat_table, percent
from tutor.screen.words import bold, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.inside.findings import findings
from tutor.tinylm.inside.sweeping import partners, patched_everywhere
from tutor.tinylm.model import softmax

QUESTION = 'After layer {layer}, "{mine}" gets the inner state of "{other}". What comes next?'
NEITHER = "something else"
LIMITS = (
    "It shows where what tells the two texts apart is enough to change the answer. It does not show"
    " that nothing else takes part, nor how the fact is stored."
)
AGAIN = "Two texts with | between them (Enter: go on): "
BAR = "|"
FLIPPED = 0.5
EXAMPLE = "Try: The opposite of hot is | The opposite of wet is"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The text that is read, and the one whose states are put in."""

    text: str = "The capital of Kenya is"
    other: str = "The capital of Finland is"


def run(settings: Settings, stage: Stage) -> None:
    """Guess one exchange; see all of them; what 30 pairs say; then other texts."""
    try:
        own = own_text(stage)
        pair = pair_in(own) if own else (settings.text, settings.other)
        one, other = (opened(text, stage.terminal.look) for text in pair)
    except ProviderError as error:
        refuse(stage, error)
        return
    stage.introduce(one.base)
    guess = ask(stage, one, other)
    stage.terminal.gap()
    sweep(stage, one, other)
    stage.terminal.say(*guessed(guess))
    carrying = findings().carrying
    late = carrying.layer
    stage.terminal.gap()
    stage.terminal.say(
        bold(f"Measured on {carrying.count} pairs of countries"),
        line(
            f"The mean chance of the other country's capital, after layer {late - 1} and after"
            f" layer {late}: with its state put in at the country"
            f" {carrying.at_subject[late - 1]:.2f} and {carrying.at_subject[late]:.2f}, at the last"
            f" place {carrying.at_last[late - 1]:.2f} and {carrying.at_last[late]:.2f}. So layer"
            f" {late}, in this model, carries it from the one to the other."
        ),
    )
    limits(stage, LIMITS, one.text)
    walk(stage)


def pair_in(text: str) -> tuple[str, str]:
    """The two texts on either side of a bar; PromptTooLongError where there are not two."""
    first, _, second = (part.strip() for part in text.partition(BAR))
    if not (first and second):
        raise PromptTooLongError("Two texts are needed, with a bar between them.", hint=EXAMPLE)
    return first, second


def ask(stage: Stage, one: Opened, other: Opened) -> str:
    """A guess at one exchange, at the first place where the texts differ."""
    places = differing(one, other)
    if not places:
        return ""
    layer = (one.base.model.shape.layers + 1) // 2
    partner = partners(len(one.labels), len(other.labels))[places[0]] or 0
    question = QUESTION.format(
        layer=layer,
        mine=word(one.base, one.seen.tokens[places[0]]),
        other=word(other.base, other.seen.tokens[partner]),
    )
    answers = dict.fromkeys((word(one.base, one.wanted), word(other.base, other.wanted)))
    return stage.guess(question, [*answers, NEITHER])


def differing(one: Opened, other: Opened) -> list[int]:
    """Places that hold another token than their partners."""
    pairs = enumerate(partners(len(one.labels), len(other.labels)))
    mine, others = one.seen.tokens, other.seen.tokens
    return [at for at, partner in pairs if partner is not None and mine[at] != others[partner]]


def sweep(stage: Stage, one: Opened, other: Opened) -> None:
    """The other answer's chance, with its state put in at each border and place."""
    wanted = other.wanted
    shares = softmax(patched_everywhere(one.base.model, one.seen, other.seen))[..., wanted]
    rows = [(label, shares[:, place].tolist()) for place, label in enumerate(numbered(one.labels))]
    plain, name = stage.terminal.look.plain, word(one.base, wanted)
    heads = ("", *((f"after layer {at}" if plain else str(at)) for at in range(len(shares))))
    before = percent(chance(one.seen.scores[-1], wanted))
    show(
        stage,
        "patching, every layer and place",
        bold(f'Chance of "{name}" after {quoted(one.text)}: {before}'),
        line(f"With one state of {quoted(other.text)} put in after so many layers (0: before):"),
        *heat_table(heads, rows, stage.terminal.look, stage.terminal.width),
        line(found(one, shares.tolist(), name)),
    )


def found(one: Opened, shares: Sequence[Sequence[float]], name: str) -> str:
    """Where a single state is enough to change the answer."""
    told = []
    for place in range(1, len(one.labels)):
        after = [at for at, row in enumerate(shares) if row[place] >= FLIPPED]
        if after:
            token = word(one.base, one.seen.tokens[place])
            told.append(f'at "{token}" {span(after, len(shares) - 1)}')
    if not told:
        return f'Nowhere is one state enough to make "{name}" likelier than not.'
    return f'One state is enough for "{name}": {", ".join(told)}.'


def span(after: Sequence[int], layers: int) -> str:
    """A run of layers by its ends."""
    if len(after) == layers + 1:
        return "at any layer"
    if after[0] == 0:
        return f"up to layer {after[-1]}"
    return f"from layer {after[0]} on" if after[-1] == layers else f"near layer {after[0]}"


def walk(stage: Stage) -> None:
    """Other texts."""

    def follow(typed: str) -> None:
        one, other = (opened(text, stage.terminal.look) for text in pair_in(typed))
        sweep(stage, one, other)

    again(stage, AGAIN, follow)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Carry a state over (activation patching)",
    line="What the model holds at one place is replaced by what it holds there in another text.",
    own_text="two texts with a bar between them: The capital of Kenya is | The capital of Peru is",
    notice=(
        "Early on, what tells the two texts apart stands where they differ. Late, it stands at the"
        " last place, where the answer is given. In this model one layer in between carries it."
    ),
)
