"""What is seen, in plain words: a line at the foot, and a pane explained."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from tutor.looking.laboratory import Reading, Sweep
from tutor.looking.panes.style import bare
from tutor.looking.sight import Carried, Pane
from tutor.screen.bars import counted
from tutor.tinylm.inside.changes import Head

LEAST = 0.05
"""A share of attention that is worth a word."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pane in three sentences."""

    shows: str
    to_read: str
    proves_not: str


EXPLAINED: dict[Pane, Explanation] = {
    Pane.ATTENTION: Explanation(
        shows="A head mixes what stands at this token with what stood at earlier ones. Each row is"
        " one token that looks; the brighter a cell, the larger the share taken from there.",
        to_read="A row adds up to 100. Right of the diagonal is nothing: no token looks ahead.",
        proves_not="It shows where something may flow, not why the model answers as it does.",
    ),
    Pane.LENS: Explanation(
        shows="The model keeps a running state for each token, and every layer adds to it. The lens"
        " reads that state early, with the model's last step, as if no layer followed.",
        to_read="Each cell is the likeliest next token; the brighter, the surer.",
        proves_not="What it does not show may be there all the same, in another form or place.",
    ),
    Pane.PARTS: Explanation(
        shows="Every head and every MLP writes into the state. Each cell says how much of the"
        " followed token's score comes from there; blue speaks against it.",
        to_read="All cells and the token itself add up to its score above the average token.",
        proves_not="It counts what a part writes straight into the answer, not what it does through"
        " others: take it out with space, and see.",
    ),
    Pane.PATCH: Explanation(
        shows="One inner state of this text is replaced by the other text's, and the answer read"
        " again: each cell is the chance of the other text's answer.",
        to_read="Space puts the state under the cursor in for good, and takes it out again.",
        proves_not="It shows where one state is enough to change the answer, not that nothing else"
        " takes part.",
    ),
    Pane.NEXT: Explanation(
        shows="All tokens that may come next after the chosen one, the likeliest first. Up and down"
        " choose the one whose score the parts explain.",
        to_read="t and T cool and heat the choice, n and N narrow and widen it (top-p). A thin mark"
        " shows where a bar stood before your changes.",
        proves_not="The chances are the model's own; they do not measure what is true.",
    ),
}


def foot(reading: Reading) -> str:
    """What the cursor is on, in one or two sentences."""
    told: dict[Pane, Callable[[Reading], str]] = {
        Pane.ATTENTION: attention,
        Pane.LENS: lens,
        Pane.PARTS: parts,
        Pane.PATCH: patch,
        Pane.NEXT: following,
    }
    return told[reading.sight.pane](reading)


def quoted(label: str) -> str:
    """A token in a sentence."""
    return f"“{bare(label)}”"


def here(reading: Reading) -> str:
    """The token under the cursor."""
    return quoted(reading.labels[reading.sight.place])


def attention(reading: Reading) -> str:
    """Where the head looks most from here."""
    part = reading.sight.part(reading.speaker.model.shape)
    if not isinstance(part, Head):
        return f"{part} works on {here(reading)} alone."
    row = reading.attention[reading.sight.place]
    order = sorted(range(len(row)), key=lambda place: -row[place])[:2]
    seen = [place for place in order if row[place] >= LEAST] or order[:1]
    told = [f"{row[place]:.0%} to {quoted(reading.labels[place])}" for place in seen]
    out = " It is out: what it takes is thrown away." if is_out(reading) else ""
    return f"From {here(reading)}, head {part} gives {' and '.join(told)}.{out}"


def is_out(reading: Reading) -> bool:
    """Whether the part under the cursor is out."""
    return reading.sight.part(reading.speaker.model.shape) in reading.sight.changed.without


def lens(reading: Reading) -> str:
    """What it would say here."""
    after, place = reading.sight.after, reading.sight.place
    found = reading.cells[after][place]
    when = f"Stopped after layer {after}" if after else "Stopped before its first layer"
    surely = f"{found.chance:.0%}"
    return f"{when}, it would say {quoted(found.label)} after {here(reading)}, {surely} sure."


def parts(reading: Reading) -> str:
    """What the part under the cursor adds, and what follows without it."""
    sight, shares = reading.sight, reading.shares
    part = sight.part(reading.speaker.model.shape)
    name = f"Head {part}" if isinstance(part, Head) else f"The {part}"
    if is_out(reading):
        return f"{name} is out: it adds nothing. Space puts it back."
    heads = reading.speaker.model.shape.heads
    column = sight.column
    value = shares.heads[sight.layer, column] if column < heads else shares.mlps[sight.layer]
    wanted = quoted(reading.label(reading.wanted))
    speaks = "for" if value > 0 else "against"
    return f"{name} speaks {speaks} {wanted}: {value:+.1f} of {shares.total:+.1f}. Space: out."


def patch(reading: Reading) -> str:
    """What the state under the cursor would do."""
    sweep, sight = reading.sweep, reading.sight
    if sweep is None:
        return "There is no second text yet: press p."
    other = sweep.labels[sight.place]
    if not other:
        return f"{here(reading)} has no partner: the other text is shorter."
    when = f"after layer {sight.after}" if sight.after else "before layer 1"
    share = sweep.shares[sight.after][sight.place]
    put = "is in" if Carried(sight.after, sight.place) in sight.changed.carried else "put in"
    return (
        f"The state of {quoted(other)} {put} for {here(reading)} {when}:"
        f" {quoted(sweep.answer)} {_from(sweep, share)}."
    )


def _from(sweep: Sweep, share: float) -> str:
    return f"{sweep.before:.0%} → {share:.0%}"


def following(reading: Reading) -> str:
    """How open the choice is."""
    bits = reading.bits
    wanted = quoted(reading.label(reading.wanted))
    _, now = reading.chances
    return (
        f"After {here(reading)} the choice is as open as {2**bits:,.1f} equal ones."
        f" Followed: {wanted}, {now:.1%}."
    )


def model_line(reading: Reading) -> str:
    """Who is looked into, and where."""
    shape = reading.speaker.model.shape
    size = f"{counted(shape.layers, 'layer')} × {counted(shape.heads, 'head')}"
    return f"{reading.speaker.title} · {size}"


def pane_name(pane: Pane) -> str:
    """A pane in a word."""
    match pane:
        case Pane.ATTENTION:
            return "attention"
        case Pane.LENS:
            return "lens"
        case Pane.PARTS:
            return "parts"
        case Pane.PATCH:
            return "patch"
        case Pane.NEXT:
            return "next"
        case _:
            assert_never(pane)
