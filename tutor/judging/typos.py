"""Slips of the fingers. What is a word of the course itself is never taken for one."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tutor.judging.lexicon import Lexicon
from tutor.judging.wording import fold

SHORT, LONG, VERY_LONG = 4, 6, 12
"""From how many letters on a word may have a slip, any slip, and two of them."""
MOST = 2

SOUND_ALIKE = ("ckq", "csz", "gj", "iy")


def edits(one: str, other: str) -> int:
    """Damerau-Levenshtein distance: insertions, deletions, changes, neighbours swapped."""
    return _distance()(one, other)


def near(word: str, others: Iterable[str], most: int) -> Iterator[str]:
    """Those of many words that are at most so many edits away."""
    distance = _distance()
    return (other for other in others if distance(word, other) <= most)


@cache
def _distance() -> Callable[[str, str], int]:
    from jellyfish import damerau_levenshtein_distance  # seldom needed

    return damerau_levenshtein_distance


def _begins_alike(said: str, meant: str) -> bool:
    """Kadence for cadence, or acdence: a first letter that sounds the same, or comes second."""
    heard = any(said[:1] in one and meant[:1] in one for one in SOUND_ALIKE)
    return len(meant) >= LONG and ((heard and said[1:] == meant[1:]) or said[:2] == meant[1::-1])


def meant_by(said: str, answers: Iterable[str], lexicon: Lexicon) -> str | None:
    """The answer that `said` is a slip of; None for none."""
    folded = fold(said)
    like = [one for one in answers if abs(len(fold(one)) - len(folded)) <= MOST]
    near = sorted(like, key=lambda answer: edits(folded, fold(answer)))
    return next((a for a in near[:3] if _is_slip(folded, fold(a), lexicon)), None)


def _is_slip(said: str, meant: str, lexicon: Lexicon) -> bool:
    words, wanted = said.split(), meant.split()
    allowed = MOST if len(meant) >= VERY_LONG else 1
    if len(words) != len(wanted) or edits(said, meant) > allowed:
        return False
    return all(
        one == other or _is_slip_of_a_word(one, other, lexicon)
        for one, other in zip(words, wanted, strict=True)
    )


def _is_slip_of_a_word(said: str, meant: str, lexicon: Lexicon) -> bool:
    if not meant.isalpha() or len(meant) < SHORT or lexicon.has(said):
        return False  # nor is GPT-2 one for GPT-3
    if said[:1] != meant[:1] and not _begins_alike(said, meant):
        return False  # "un-" is never a slip
    if len(meant) >= LONG:
        return True
    if sorted(said) == sorted(meant):
        return edits(said, meant) == 1
    return len(meant) > SHORT and len(said) != len(meant)
