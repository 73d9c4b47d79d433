"""Ablation: heads and MLPs taken out of the raw model, one at a time and two at once."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from tutor.demos.parts.insides import (
    Opened,
    again,
    chance,
    first,
    guessed,
    limits,
    loss_line,
    opened,
    parts_named,
    shown,
    word,
    worse_than_blind,
)
from tutor.demos.parts.next_tokens import quoted
from tutor.errors import ProviderError
from tutor.screen.heat_table import heat_table, percent
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.inside.changes import UNCHANGED, Head, Mlp, Part
from tutor.tinylm.inside.findings import findings
from tutor.tinylm.inside.sweeping import without_each
from tutor.tinylm.model import Array

QUESTION = "How many heads must be out before the raw model forgets how {text} goes on?"
GUESSES = ("any one head", "one certain head", "two heads together", "more than two heads")
LIMITS = (
    "A part that is needed is not the place where the fact is kept: these heads may only carry it."
    " And nothing is also a message, one that the layers above never met in training."
)
FORGOTTEN = 0.5
"""Below this chance the answer counts as forgotten."""
HARDLY_MISSED = 0.7
"""Without it so much of the answer's chance is left, as a share of what it was."""
AGAIN = "Parts to take out, such as 4.2 4.4 or mlp 1, or a text (Enter: go on): "


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The text whose next token is looked at."""

    text: str = "The capital of Kenya is"


def run(settings: Settings, stage: Stage) -> None:
    """Guess; every part out once; the two heads that cost most together; then any parts."""
    try:
        one = opened(own_text(stage).strip() or settings.text, stage.terminal.look)
    except ProviderError as error:
        refuse(stage, error)
        return
    stage.introduce(one.base)
    guess = stage.guess(QUESTION.format(text=quoted(one.text, 30)), GUESSES)
    stage.terminal.gap()
    every_part(stage, one)
    stage.terminal.say(*guessed(guess))
    stage.terminal.gap()
    stage.terminal.say(*over_many())
    limits(stage, LIMITS, one.text)
    walk(stage, one)


def every_part(stage: Stage, one: Opened) -> None:
    """The final word's chance without each part, then without the two heads that cost most."""
    each = without_each(one.base.model, one.seen)
    left = {part: chance(scores, one.wanted) for part, scores in each.items()}
    whole = chance(one.seen.scores[-1], one.wanted)
    title = f'Chance of "{word(one.base, one.wanted)}" after {quoted(one.text)}: {percent(whole)}'
    show(
        stage,
        "ablation, one part at a time",
        bold(title),
        line("Without one head of a layer, or without its MLP:"),
        *grid(stage, one, left),
        line(worse_than_blind(one.base, "this text")),
    )
    pair = costly(left)
    stage.terminal.gap()
    take_out(stage, one, pair)
    both = chance(one.changed(UNCHANGED.minus(*pair)).scores[-1], one.wanted)
    stage.terminal.say(line(verdict(left, pair, both, whole)))


def costly(left: Mapping[Part, float]) -> tuple[Head, Head]:
    """The two heads without which least is left of the answer."""
    heads = sorted((part for part in left if isinstance(part, Head)), key=lambda head: left[head])
    return heads[0], heads[1]


def verdict(left: Mapping[Part, float], pair: Sequence[Head], both: float, whole: float) -> str:
    """What it took, in the words of the guess."""
    if whole < FORGOTTEN:
        return f"Even with all heads it is not sure here: {percent(whole)}."
    enough = [head for head, share in left.items() if isinstance(head, Head) and share < FORGOTTEN]
    if len(enough) > 1:
        return f"Here any one of {len(enough)} heads is enough, once it is out."
    if enough:
        return f"Here one certain head is enough: {enough[0]}."
    names = " and ".join(map(str, sorted(pair)))
    if both < FORGOTTEN:
        return f"Here it takes two heads together, {names}.{stand_in(left, pair, whole)}"
    return f"Here two heads are not enough: the two that cost most, {names}, leave {percent(both)}."


def stand_in(left: Mapping[Part, float], pair: Sequence[Head], whole: float) -> str:
    """What a pair may mean of which neither is missed alone; nothing where one is."""
    if any(left[head] < HARDLY_MISSED * whole for head in pair):
        return ""
    return (
        " Alone each is hardly missed, together they are; that may mean that one stands in for"
        " the other."
    )


def grid(stage: Stage, one: Opened, left: Mapping[Part, float]) -> list[Renderable]:
    """A row for each layer, a column for each head, the MLP last."""
    shape, terminal = one.base.model.shape, stage.terminal
    heads = ("", *(f"h{head + 1}" for head in range(shape.heads)), "MLP")
    rows = [
        (
            f"layer {layer + 1}",
            [*(left[Head(layer, head)] for head in range(shape.heads)), left[Mlp(layer)]],
        )
        for layer in range(shape.layers)
    ]
    return [*heat_table(heads, rows, terminal.look, terminal.width)]


def take_out(stage: Stage, one: Opened, parts: Sequence[Part]) -> None:
    """What is left of the answer without these parts, and what else suffers."""
    changes = UNCHANGED.minus(*parts)
    scores: Array = one.changed(changes).scores[-1]
    names = " and ".join(map(str, sorted(parts, key=str)))
    best = first(one.base, scores)
    left = percent(chance(scores, one.wanted))
    token = shown(best, stage.terminal.look)
    show(
        stage,
        f"ablation, without {names}",
        line(f'Without {names}: "{word(one.base, one.wanted)}" {left}.'),
        line(f"First now: {token}, {percent(best.probability)}."),
        loss_line(one.base, changes),
    )


def over_many() -> list[Renderable]:
    """The same over all capitals, as it was measured."""
    task, copiers = findings().tasks["capitals"], findings().copying.copiers
    return [
        bold(f"Measured on {task.whole.count} capitals"),
        line(
            f"Right with all heads: {task.whole.right:.0%}. Without {' and '.join(copiers)}:"
            f" {task.without_copiers.right:.0%}. Without two other heads:"
            f" {task.without_others.right:.0%} on average."
        ),
    ]


def walk(stage: Stage, one: Opened) -> None:
    """Other parts, other texts."""
    now = one

    def follow(typed: str) -> None:
        nonlocal now
        if parts := parts_named(typed, now):
            take_out(stage, now, parts)
            return
        now = opened(typed, stage.terminal.look)
        every_part(stage, now)

    again(stage, AGAIN, follow)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Take a head out (ablation)",
    line="Each head and each MLP of the raw model is taken out, and the answer looked at again.",
    own_text="the beginning of a sentence",
    notice=(
        "To be taken out is to add nothing to the stream. Over the capitals here, one head alone is"
        " hardly missed, and two together can be. That is why one takes out two before saying that"
        " none matters."
    ),
)
