"""What lessons and demos may say of the insides of the shipped models, held against the search."""

from collections.abc import Callable
from dataclasses import dataclass

from tutor.tinylm.inside.findings import Findings, Steering

MOST, FEW = 0.9, 0.2
"""A share that a claim calls nearly all, and one that it calls few."""
MOSTLY, APART = 0.7, 0.3
"""What is mostly so; how far two losses lie apart, if one of them is to be called the larger."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about what was found, and whether the findings bear it out."""

    name: str
    holds: Callable[[Findings], bool]
    says: Callable[[Findings], str]


def named(heads: tuple[str, ...]) -> str:
    """Heads in a sentence: "heads 4.2 and 4.4"."""
    return f"heads {', '.join(heads[:-1])} and {heads[-1]}" if heads[1:] else f"head {heads[0]}"


def _copiers_look(found: Findings) -> str:
    copying = found.copying
    return (
        f"at the last word of a repeated row {named(copying.copiers)} give"
        f" {copying.copiers_sight:.0%} of their attention to the word to be copied"
    )


def _copying_dies(found: Findings) -> bool:
    rows = found.tasks["rows"]
    apart = rows.without_others.right - rows.without_copiers.right
    return rows.whole.right >= MOSTLY and rows.without_copiers.right <= FEW and apart >= APART


def _without(found: Findings, task: str) -> str:
    one = found.tasks[task]
    return (
        f"{task}: {one.whole.right:.0%} right; without {named(found.copying.copiers)}"
        f" {one.without_copiers.right:.0%}, without two other heads {one.without_others.right:.0%}"
    )


def _teller_tells(found: Findings) -> bool:
    copying = found.copying
    layer, first = (int(head.split(".")[0]) for head in (copying.teller, copying.copiers[0]))
    blind = copying.sight_without[copying.teller] <= 2 / 3 * copying.copiers_sight
    return layer < first and copying.before[copying.teller] >= MOSTLY and blind


def _telling(found: Findings) -> str:
    copying = found.copying
    return (
        f"head {copying.teller} gives {copying.before[copying.teller]:.0%} of its attention to the"
        f" token before; without it the copiers' sight falls from {copying.copiers_sight:.0%} to"
        f" {copying.sight_without[copying.teller]:.0%}"
    )


def _facts_use_the_copiers(found: Findings) -> bool:
    capitals = found.tasks["capitals"]
    lost = capitals.without_others.right - capitals.without_copiers.right
    return lost >= APART and capitals.without_others.right >= MOST


def _one_head_costs_little(found: Findings) -> bool:
    return all(found.tasks["capitals"].without[head].right >= MOST for head in found.copying.before)


def _carried_at_once(found: Findings) -> bool:
    carrying = found.carrying
    layer = carrying.layer
    there = (*carrying.at_subject[:layer], *carrying.at_last[layer:])
    gone = (*carrying.at_subject[layer:], *carrying.at_last[:layer])
    return min(there) >= MOST and max(gone) <= 1 - MOST


def _late_on_the_lens(found: Findings) -> bool:
    row = found.lens["capitals"]
    return max(row[: found.carrying.layer]) <= 1 - MOST and row[-1] >= MOST


def _pushed(one: Steering, share: float) -> bool:
    return one.share_before <= FEW and one.share_pushed >= share and one.share_random <= FEW


CLAIMS = (
    Claim("copiers-look", lambda found: found.copying.copiers_sight >= MOSTLY, _copiers_look),
    Claim("copying-dies", _copying_dies, lambda found: _without(found, "rows")),
    Claim("token-before", _teller_tells, _telling),
    Claim("facts-too", _facts_use_the_copiers, lambda found: _without(found, "capitals")),
    Claim(
        "one-is-not-enough",
        _one_head_costs_little,
        lambda _: "taken out one at a time, no head costs a tenth of the capitals",
    ),
    Claim(
        "carried-at-once",
        _carried_at_once,
        lambda found: (
            "another country's state gives its capital: put in at the country, until the layer"
            f" before layer {found.carrying.layer}; at the last place, from that layer on"
        ),
    ),
    Claim(
        "late-on-the-lens",
        _late_on_the_lens,
        lambda found: f"before layer {found.carrying.layer} the lens shows no capital",
    ),
    Claim(
        "first-mlp",
        lambda found: all(one.without["MLP 1"].right <= 1 - MOST for one in found.tasks.values()),
        lambda _: "without MLP 1 nothing is filled in rightly",
    ),
    Claim(
        "answers-when-pushed",
        lambda found: _pushed(found.answering, MOST),
        lambda found: (
            f"pushed towards an answer, the raw model is right on"
            f" {found.answering.share_pushed:.0%} of bare questions instead of"
            f" {found.answering.share_before:.0%}"
        ),
    ),
    Claim(
        "denies-when-pushed",
        lambda found: _pushed(found.not_knowing, MOSTLY),
        lambda found: (
            f"pushed towards not knowing, the tuned model says of"
            f" {found.not_knowing.share_pushed:.0%} of what it knows that it does not know it"
        ),
    ),
    Claim(
        "pushes-do-damage",
        lambda found: all(
            one.loss_pushed > one.loss_before for one in (found.answering, found.not_knowing)
        ),
        lambda found: (
            f"on other pages the two pushes cost: {found.answering.loss_before:.2f} to"
            f" {found.answering.loss_pushed:.2f} nats, {found.not_knowing.loss_before:.2f} to"
            f" {found.not_knowing.loss_pushed:.2f}"
        ),
    ),
)
