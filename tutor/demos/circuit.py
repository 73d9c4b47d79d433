"""Copying in two steps: a head that looks back one token, and heads that find what followed."""

from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.insides import (
    Opened,
    again,
    chance,
    first,
    guessed,
    limits,
    opened,
    parts_named,
    shown,
    word,
    worse_than_blind,
)
from tutor.errors import PromptTooLongError, ProviderError
from tutor.screen.bars import counted
from tutor.screen.heat_table import percent
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.inside.changes import UNCHANGED, Changes, Head, Part
from tutor.tinylm.inside.findings import Copying, findings
from tutor.tinylm.inside.passing import Seen

QUESTION = "It reads: {text} … How does it find the word that comes next?"
GUESSES = (
    "it has read these words in this order",
    "it takes the word that is most frequent",
    "it looks for what followed the same word before",
)
RIGHT = GUESSES[2]
LIMITS = (
    "Two steps were found, not every step. Attention shows where they look; that they are needed"
    " shows only when they are out. "
)
AGAIN = "A row of words, or heads to take out such as 4.2 (Enter: go on): "
NOT_COPIED = (
    "It does not copy this row: not every row is copied, not even of the village's own things. Five"
    " words that it does copy: kite bee sheep whale drum."
)
LEAST, MOST = 2, 8
EXAMPLE = "Try: kite bee sheep whale drum"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that are said twice, the last one left open."""

    words: str = "lantern owl bread harbour drum"


def run(settings: Settings, stage: Stage) -> None:
    """Guess; both steps on one row; what is left without each; what 60 rows say."""
    try:
        words = row(own_text(stage) or settings.words)
        one = opened(twice(words), stage.terminal.look)
    except ProviderError as error:
        refuse(stage, error)
        return
    stage.introduce(one.base)
    guess = stage.guess(QUESTION.format(text=harmless(one.text)), GUESSES)
    stage.terminal.gap()
    steps(stage, one, words)
    stage.terminal.say(*guessed(guess))
    stage.terminal.gap()
    stage.terminal.say(*over_many())
    limits(stage, LIMITS + worse_than_blind(one.base, "copying"), one.text)
    walk(stage, one, words)


def row(text: str) -> list[str]:
    """The words of a row; PromptTooLongError where they are too few, too many or the same."""
    words = text.replace(",", " ").split()
    if not LEAST <= len(words) <= MOST:
        said = f"That is {counted(len(words), 'word')}; a row here has {LEAST} to {MOST}."
        raise PromptTooLongError(said, hint=EXAMPLE)
    if len({word.casefold() for word in words}) < len(words):
        raise PromptTooLongError("A word stands there twice; here each must be new.", hint=EXAMPLE)
    return words


def twice(words: Sequence[str]) -> str:
    """The row, and again but for its last word."""
    return f"{' '.join(words)} | {' '.join(words[:-1])}"


def steps(stage: Stage, one: Opened, words: Sequence[str]) -> None:
    """What it says; where the heads of each step look; what is left without them."""
    copying = findings().copying
    wanted, source = target(one, words)
    best = first(one.base, one.seen.scores[-1])
    token = shown(best, stage.terminal.look)
    heads = [Head.named(name) for name in (copying.teller, *copying.copiers)]
    show(
        stage,
        "circuit, the two steps",
        bold(f"{harmless(one.text)} …"),
        line(f"First comes {token}, {percent(best.probability)}."),
        line(step_1(one, heads[0], source)),
        *(line(step_2(one, head, source)) for head in heads[1:]),
        *left(stage, one, heads, (wanted, source)),
    )
    if one.wanted != wanted:
        stage.terminal.say(line(NOT_COPIED))


def target(one: Opened, words: Sequence[str]) -> tuple[int, int]:
    """The token that a copy goes on with, and where it stood the first time."""
    encode = one.base.tokenizer.encode
    before = 1 + len(encode(" ".join(words[:-1])))
    return encode(f" {words[-1]}")[0], before


def looks(seen: Seen, head: Head, place: int, at: int) -> float:
    """Which share of its attention a head at a place gives to another."""
    return float(seen.layers[head.layer].attention[head.head, place, at])


def step_1(one: Opened, head: Head, source: int) -> str:
    """The head that looks at the token before, at the place that is to be found."""
    here, before = (word(one.base, one.seen.tokens[at]) for at in (source, source - 1))
    share = percent(looks(one.seen, head, source, source - 1))
    return f'Step 1, head {head}: at "{here}" it looks at the token before, "{before}": {share}.'


def step_2(one: Opened, head: Head, source: int) -> str:
    """A head that looks for the place after the present word's first copy."""
    here, found = (word(one.base, one.seen.tokens[at]) for at in (one.last, source))
    share = percent(looks(one.seen, head, one.last, source))
    return f'Step 2, head {head}: at the last "{here}" it looks at "{found}": {share}.'


def left(
    stage: Stage, one: Opened, heads: Sequence[Head], goal: tuple[int, int]
) -> list[Renderable]:
    """The word's chance and the copiers' attention: whole, without each head, and without two."""
    copiers = heads[1:]
    names: list[tuple[str, tuple[Part, ...]]] = [("all heads", ())]
    names += [(f"without {head}", (head,)) for head in heads]
    for some in (tuple(map(Head.named, findings().copying.tellers)), tuple(copiers)):
        names.append((f"without {' and '.join(map(str, some))}", some))
    rows = []
    for name, parts in names:
        chance_now, sight = effect(one, UNCHANGED.minus(*parts), copiers, goal)
        rows.append((name, chance_now, "" if set(copiers) & set(parts) else sight))
    wanted = word(one.base, goal[0])
    return table(("", wanted[:12], "attention"), rows, stage.terminal)


def effect(
    one: Opened, changes: Changes, copiers: Sequence[Head], goal: tuple[int, int]
) -> tuple[str, str]:
    """The word's chance with these changes, and how much the copiers look at its first copy."""
    wanted, source = goal
    seen = one.changed(changes)
    shares = [looks(seen, head, one.last, source) for head in copiers]
    return percent(chance(seen.scores[-1], wanted)), percent(sum(shares) / len(shares))


def over_many() -> list[Renderable]:
    """The same over many rows, as it was measured."""
    copying, rows = findings().copying, findings().tasks["rows"]
    without = rows.without[copying.teller]
    return [
        bold(f"Measured on {rows.whole.count} rows of five words"),
        line(
            f"Right with all heads: {rows.whole.right:.0%}. Without {copying.teller}:"
            f" {without.right:.0%}. Without {' and '.join(copying.tellers)}:"
            f" {copying.without_tellers.right:.0%}. Without {' and '.join(copying.copiers)}:"
            f" {rows.without_copiers.right:.0%}. Without two other heads:"
            f" {rows.without_others.right:.0%} on average."
        ),
        line(told(copying)),
    ]


def told(copying: Copying) -> str:
    """What the second step sees when the first is out."""
    return (
        f"The second step's attention to the right place falls from {copying.copiers_sight:.0%} to"
        f" {copying.sight_without[copying.teller]:.0%} when {copying.teller} is out."
    )


def walk(stage: Stage, one: Opened, words: Sequence[str]) -> None:
    """Other rows, other heads out."""
    now, said = one, list(words)

    def follow(typed: str) -> None:
        nonlocal now, said
        if parts := parts_named(typed, now):
            copiers = [Head.named(name) for name in findings().copying.copiers]
            goal = target(now, said)
            chance_now, sight = effect(now, UNCHANGED.minus(*parts), copiers, goal)
            names = " and ".join(map(str, parts))
            wanted = word(now.base, goal[0])
            stage.terminal.say(
                line(f'Without {names}: "{wanted}" {chance_now}, attention {sight}.')
            )
            return
        said = row(typed)
        now = opened(twice(said), stage.terminal.look)
        steps(stage, now, said)

    again(stage, AGAIN, follow)


DEMO = Live(
    settings=Settings,
    run=run,
    title="A circuit of two steps",
    line="How the raw model copies a row of words: one head looks back, others find what followed.",
    own_text="a row of two to eight words, to be said twice",
    notice=(
        "Step 1 writes into each word which one stood before it. Step 2, a layer later, looks for"
        " the place that has the present word before it, and brings what stands there. Parts that"
        " work through one another's output, here the later head through what the earlier one"
        " wrote, are a circuit; this one is called an induction circuit."
    ),
)
