"""How well a question was remembered, from how it was answered.

| rating | when |
|---|---|
| again | wrong at the first try, skipped, or answered after its answer was seen |
| hard  | right at the first try, but with a hint, 50 % confidence or less, or after four minutes |
| easy  | right at the first try, without a hint, and the learner had said 90 % or more |
| good  | right at the first try, in any other way |

A reply that the learner vouched for counts as right. What is asked a second time on the same day
changes nothing: an answer that one has just read is not yet remembered.
"""

from enum import IntEnum

from msgspec import Struct

UNSURE, SURE = 50, 90
"""Percent of confidence: up to the one an answer was hard, from the other on easy."""
SLOW = 240.0
"""Seconds; a question with a sum may well take two minutes."""


class Rating(IntEnum):
    """The four ratings of FSRS, by their published numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class FirstTry(Struct, frozen=True, omit_defaults=True, gc=False):
    """How the first try at a question went."""

    right: bool
    hints: int = 0
    seen: bool = False
    """Whether the answer had been shown before, or the question was skipped."""
    confidence: int | None = None
    """Percent; None where it was not asked."""
    seconds: float = 0.0
    belief: str = ""
    """The false belief that was chosen."""

    @property
    def is_unaided(self) -> bool:
        """Tell whether it was right without a hint and unseen: help says nothing of knowing."""
        return self.right and not self.hints and not self.seen


def rating(answered: FirstTry) -> Rating:
    """The rating of an answer, by the table above."""
    if answered.seen or not answered.right:
        return Rating.AGAIN
    unsure = answered.confidence is not None and answered.confidence <= UNSURE
    if answered.hints or unsure or answered.seconds > SLOW:
        return Rating.HARD
    sure = answered.confidence is not None and answered.confidence >= SURE
    return Rating.EASY if sure else Rating.GOOD
