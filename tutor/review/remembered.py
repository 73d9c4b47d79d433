"""What practice leaves behind in a lesson, as it is stored; tutor.review.cards works it out."""

from msgspec import Struct

from tutor.review.memory import Memory
from tutor.review.rating import FirstTry

NAME, RULE = "cards", 2
"""How it is called in the journal, and the version of the rule by which it follows from events."""


KEPT = 12
"""So many of the latest askings of a question are kept one by one."""


class Try(Struct, frozen=True, array_like=True, gc=False):
    """How an asking went, and what was remembered until then."""

    day: int
    right: bool
    """At the first try, without a hint, the answer unseen."""
    kept: float
    """FSRS's chance that it was still remembered on that day; 0 at the first asking."""
    belief: str = ""
    """The false belief that was chosen."""


class Card(Struct, frozen=True, omit_defaults=True, gc=False):
    """One question, as it is remembered."""

    memory: Memory | None = None
    before: Memory | None = None
    """The memory before the latest rating, which a later word on it may change."""
    sitting: str = ""
    """The asking that was rated last."""
    tried: FirstTry | None = None
    """How it went."""
    tries: tuple[Try, ...] = ()
    """The latest askings, that one last."""
    seen: int = 0
    """Days on which the question was answered."""
    lapses: int = 0
    """Days on which it was not known, after one on which it was."""
    buried: int = 0
    """The day on which the learner put it off to the next."""
    suspended: bool = False
    """The learner does not want to be asked it any more."""

    def is_free(self, day: int) -> bool:
        """Tell whether it may be asked on a day, due or not: once a day is enough."""
        if self.memory is None or self.suspended:
            return False
        return max(self.memory.last, self.buried) < day

    def is_due(self, day: int) -> bool:
        """Tell whether it is to be asked on a day."""
        return self.is_free(day) and self.memory is not None and self.memory.due <= day


class Trap(Struct, frozen=True, array_like=True, gc=False):
    """A false belief that was chosen."""

    question: str
    day: int


class Practice(Struct, frozen=True, array_like=True, gc=False):
    """What was done on a day."""

    answers: int = 0
    seconds: float = 0.0


class Judged(Struct, frozen=True, array_like=True, gc=False):
    """What became of the answers given with one degree of confidence."""

    answers: int = 0
    right: int = 0


class LessonCards(Struct, omit_defaults=True):
    """The cards of one lesson, and what else practice comes to."""

    cards: dict[str, Card] = {}
    """By question."""
    traps: dict[str, Trap] = {}
    """By misconception: where it was chosen last."""
    days: dict[int, Practice] = {}
    """By day, as an ordinal."""
    sure: dict[int, Judged] = {}
    """By confidence, in percent: first tries whose learner said how sure they were."""
