"""How likely a false belief that was chosen is still held, with what that rests on. Pure.

A belief is held or not; h is the chance that it is. Each first answer to a question that would
show it speaks by Bayes' rule: who holds it chooses it with CHOSEN, who does not with STRAY. Whoever
chose it has read why it is false, and drops it with DROPPED. It is the model of
tutor.review.knowing, turned over; but nothing fades, for a belief does not go by itself.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from tutor.review.counting import Asked, Lessons, held, met
from tutor.review.remembered import Try

FIRST = 0.15
"""h before anything was answered."""
CHOSEN, STRAY = 0.25, 0.05
"""Who holds it often remembers the right answer to the very question all the same."""
DROPPED = 0.5


class Belief(Struct, frozen=True):
    """A false belief that was chosen, and whether it is still held."""

    text: str
    since: int
    """The day on which it was chosen last, as an ordinal."""
    held: float
    """The chance that it still is, 0 to 1."""
    answers: int
    """So many answers that estimate rests on."""
    stands: bool
    """Whether no other question has put it right since."""


def beliefs(lessons: Lessons, course: Sequence[Asked]) -> list[Belief]:
    """Every false belief that was chosen at a first try, the likeliest first."""
    standing = held(lessons, course)
    found = [_belief(text, tries, standing) for text, tries in showing(lessons, course).items()]
    return sorted(found, key=lambda one: (not one.stands, -one.held, one.text))


def _belief(text: str, tries: Sequence[Try], standing: Mapping[str, int]) -> Belief:
    since = max(one.day for one in tries if one.belief == text)
    return Belief(text, since, chance(tries, text), len(tries), text in standing)


def showing(lessons: Lessons, course: Sequence[Asked]) -> dict[str, list[Try]]:
    """For each belief that was chosen: all answers to questions that would show it, in order."""
    answers: dict[str, list[Try]] = {}
    for belief, one in _answers(lessons, course):
        answers.setdefault(belief, []).append(one)
    return {
        belief: sorted(tries, key=lambda one: one.day)
        for belief, tries in answers.items()
        if any(one.belief == belief for one in tries)
    }


def _answers(lessons: Lessons, course: Sequence[Asked]) -> Iterator[tuple[str, Try]]:
    for asked, card in met(lessons, course):
        for belief in asked.misconceptions:
            for one in card.tries:
                yield belief, one


def chance(tries: Sequence[Try], belief: str) -> float:
    """The chance that a belief is held after some answers."""
    held = FIRST
    for one in tries:
        chosen = one.belief == belief
        mine = held * (CHOSEN if chosen else 1 - CHOSEN)
        other = (1 - held) * (STRAY if chosen else 1 - STRAY)
        held = mine / (mine + other) * (1 - DROPPED if chosen else 1)
    return held
