"""The search: each part taken out over many gaps, each head watched, each state carried over."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from random import Random
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from tutor.tinylm.inside.changes import UNCHANGED, Changes, Head, parts_of
from tutor.tinylm.inside.findings import COPIES, Carrying, Copying, Effect, Task
from tutor.tinylm.inside.passing import lens, see
from tutor.tinylm.inside.sweeping import patched_at, without_each
from tutor.tinylm.inside.tasks import Gap
from tutor.tinylm.model import Array, Model, softmax

OTHER_PAIRS = 12
SEED = 5


def effect(scores: Sequence[Array], gaps: Sequence[Gap]) -> Effect:
    """How well these scores (vocabulary,), one for each gap, fill the gaps."""
    chances = [float(softmax(one)[gap.wanted]) for one, gap in zip(scores, gaps, strict=True)]
    first = [int(one.argmax()) == gap.wanted for one, gap in zip(scores, gaps, strict=True)]
    return Effect(fmean(chances), fmean(first), len(gaps))


def with_changes(model: Model, gaps: Sequence[Gap], changes: Changes = UNCHANGED) -> Effect:
    """How well the changed model fills the gaps."""
    return effect([see(model, gap.tokens, changes).scores[-1] for gap in gaps], gaps)


def task(model: Model, gaps: Sequence[Gap], copiers: Sequence[Head]) -> Task:
    """A task without each part, without the heads that cost most, without others, or copiers."""
    each = [without_each(model, see(model, gap.tokens)) for gap in gaps]
    without = {part: effect([one[part] for one in each], gaps) for part in each[0]}
    heads = [part for part in without if isinstance(part, Head)]
    worst = sorted(heads, key=lambda head: without[head].chance)[:2]
    others = list(combinations([head for head in heads if head not in worst], 2))
    some = Random(SEED).sample(others, OTHER_PAIRS)
    rest = [with_changes(model, gaps, UNCHANGED.minus(*two)) for two in some]
    return Task(
        whole=with_changes(model, gaps),
        without={str(part): found for part, found in without.items()},
        pair=(str(worst[0]), str(worst[1])),
        without_pair=with_changes(model, gaps, UNCHANGED.minus(*worst)),
        without_others=Effect(
            fmean(one.chance for one in rest), fmean(one.right for one in rest), len(gaps)
        ),
        without_copiers=with_changes(model, gaps, UNCHANGED.minus(*copiers)),
    )


def attention(model: Model, gap: Gap, changes: Changes = UNCHANGED) -> Array:
    """Every head's attention on a gap's tokens: (layers, H, T, T)."""
    return np.stack([layer.attention for layer in see(model, gap.tokens, changes).layers])


def sight(model: Model, gaps: Sequence[Gap], changes: Changes = UNCHANGED) -> NDArray[np.float64]:
    """Mean attention of the last place to the source, by layer and head: (layers, H)."""
    seen = [attention(model, gap, changes)[:, :, -1, gap.source] for gap in gaps]
    return np.asarray(np.mean(seen, 0), np.float64)


def to_the_token_before(model: Model, gaps: Sequence[Gap]) -> NDArray[np.float64]:
    """Mean attention of each place but the first two to the one before it: (layers, H)."""
    seen = [np.diagonal(attention(model, gap), -1, 2, 3)[..., 1:].mean(-1) for gap in gaps]
    return np.asarray(np.mean(seen, 0), np.float64)


def copiers_of(model: Model, gaps: Sequence[Gap]) -> list[Head]:
    """Heads that look at the word to be copied; the best two where none does so in earnest."""
    looks = sight(model, gaps)
    ranked = sorted(heads_of(model), key=lambda head: -looks[head.layer, head.head])
    found = [head for head in ranked if looks[head.layer, head.head] >= COPIES]
    return sorted(found if len(found) > 1 else ranked[:2])


def heads_of(model: Model) -> list[Head]:
    """Every head of a model."""
    return [part for part in parts_of(model.shape) if isinstance(part, Head)]


def copying(model: Model, gaps: Sequence[Gap]) -> Copying:
    """Which heads look at the word to be copied, and which earlier one lets them find it."""
    heads = heads_of(model)
    before, looks = to_the_token_before(model, gaps), sight(model, gaps)
    copiers = copiers_of(model, gaps)
    earlier = [head for head in heads if head < copiers[0] and head.layer < copiers[0].layer]
    earlier = earlier or [head for head in heads if head not in copiers]
    without = {
        str(head): _mean(sight(model, gaps, UNCHANGED.minus(head)), copiers) for head in earlier
    }
    least = sorted(earlier, key=lambda head: without[str(head)])[:2]
    return Copying(
        before={str(head): float(before[head.layer, head.head]) for head in heads},
        sight={str(head): float(looks[head.layer, head.head]) for head in heads},
        copiers=tuple(map(str, copiers)),
        copiers_sight=_mean(looks, copiers),
        sight_without=without,
        teller=str(least[0]),
        tellers=(str(least[0]), str(least[1])),
        without_tellers=with_changes(model, gaps, UNCHANGED.minus(*least)),
    )


def _mean(table: NDArray[np.float64], heads: Iterable[Head]) -> float:
    return fmean(float(table[head.layer, head.head]) for head in heads)


def carrying(model: Model, gaps: Sequence[Gap]) -> Carrying:
    """Chance of the next gap's answer when its state is put in, at the subject and at the end."""
    pairs = neighbours(gaps)
    at_subject = [_with_state(model, gap, other, gap.source) for gap, other in pairs]
    at_last = [_with_state(model, gap, other, len(gap.tokens) - 1) for gap, other in pairs]
    return Carrying(_means(at_subject), _means(at_last), len(pairs))


def _with_state(model: Model, gap: Gap, other: Gap, place: int) -> Array:
    """Chance of the other gap's answer with its state put in at each border: (layers + 1,)."""
    seen, donor = see(model, gap.tokens), see(model, other.tokens)
    scores = patched_at(model, seen, place, donor.stream[:, place])
    chances: Array = softmax(scores)[:, other.wanted]
    return chances


def _means(rows: Sequence[Array]) -> tuple[float, ...]:
    return tuple(map(float, np.mean(rows, 0)))


def neighbours(gaps: Sequence[Gap]) -> list[tuple[Gap, Gap]]:
    """Each gap with the next one that is as long and has another answer."""
    pairs = []
    for at, gap in enumerate(gaps):
        rest = (*gaps[at + 1 :], *gaps[:at])
        as_long = [one for one in rest if len(one.tokens) == len(gap.tokens)]
        other = next((one for one in as_long if one.wanted != gap.wanted), None)
        if other is not None:
            pairs.append((gap, other))
    return pairs


def through_the_lens(model: Model, gaps: Sequence[Gap]) -> tuple[float, ...]:
    """The right token's mean chance if the model stopped at each border."""
    seen = [softmax(lens(model, see(model, gap.tokens))[:, -1])[:, gap.wanted] for gap in gaps]
    return _means(seen)
