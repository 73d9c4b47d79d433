"""What an estimate rests on, asked by name: an objective's questions, the answers to a belief."""

from collections.abc import Sequence

from tutor.review.believing import Belief
from tutor.review.counting import Asked, Lessons, met
from tutor.review.mastery import Known, Mastery, Report, known_today
from tutor.review.remembered import Try


def named(report: Report, name: str) -> Mastery | Belief | None:
    """The objective of this name, with or without its lesson's, or a false belief in such words."""
    wanted = name.strip().casefold()
    for one in report.objectives:
        if wanted in (one.objective, one.objective.partition("/")[2]):
            return one
    return next((one for one in report.beliefs if wanted in one.text.casefold()), None)


def behind(lessons: Lessons, course: Sequence[Asked], objective: Mastery, day: int) -> list[Known]:
    """The questions behind an objective's estimate, the least known first."""
    known = known_today(lessons, course, day)
    own = [one for one in known if objective.objective in one.asked.serves]
    return sorted(own, key=lambda one: one.chance)


def answers(lessons: Lessons, course: Sequence[Asked], belief: Belief) -> list[tuple[str, Try]]:
    """The answers behind the estimate of a false belief, in order, each with its question."""
    found = [
        (asked.question, one)
        for asked, card in met(lessons, course)
        if belief.text in asked.misconceptions
        for one in card.tries
    ]
    return sorted(found, key=lambda pair: pair[1].day)
