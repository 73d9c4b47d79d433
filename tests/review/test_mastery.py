"""What practice has come to: estimates that say how little they rest on, and sums done by hand."""

import pytest

from tests.progress.deeds import answered
from tests.review.test_cards import DAY, happened
from tutor.course.outline import LessonOutline, Outline, QuestionOutline
from tutor.progress.events import Event, Passed
from tutor.review.cards import CARDS
from tutor.review.mastery import Report, middle, report
from tutor.review.remembered import Judged, Practice

NAMES = [f"q{n}" for n in range(30)]
QUESTIONS = tuple(QuestionOutline(name, 1.0, (), ()) for name in NAMES)
COURSE = Outline("c", "C", "s", "", (LessonOutline("one", "One", (), (), 1, QUESTIONS),))


def after(*events: Event, days: int = 0) -> Report:
    return report({"one": CARDS.of(events)}, COURSE, DAY + days)


def test_three_questions_say_less_than_thirty() -> None:
    def width(count: int) -> float:
        right = (
            happened(n, answered(sitting=name), question=name)
            for n, name in enumerate(NAMES[:count])
        )
        (found,) = after(*right).mastery
        assert (found.met, found.of) == (count, 30)
        return found.high - found.low

    assert width(3) > 2 * width(30)


def test_what_was_missed_counts_for_less_than_what_was_known() -> None:
    known = after(happened(1, answered())).mastery[0].share
    missed = after(happened(1, answered(right=False))).mastery[0].share
    assert known == pytest.approx(2 / 3)
    assert missed == pytest.approx(1.1 / 3)


def test_who_missed_everything_today_is_not_told_that_they_know_half() -> None:
    missed = (
        happened(n, answered(right=False, sitting=name), question=name)
        for n, name in enumerate(NAMES)
    )
    (found,) = after(*missed).mastery
    assert found.share < 0.15
    assert found.high < 0.25


def test_what_is_not_practised_fades() -> None:
    event = happened(1, answered())
    shares = [after(event, days=days).mastery[0].share for days in (0, 3, 30, 300)]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == 4


def test_the_middle_of_a_beta_distribution_is_near_the_table() -> None:
    mean, low, high = middle(8, 4)  # quantiles 0.1 and 0.9 of Beta(8, 4): 0.488, 0.836
    assert mean == pytest.approx(2 / 3)
    assert (low, high) == pytest.approx((0.488, 0.836), abs=0.02)


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    found = after(
        happened(1, answered(confidence=75), question="q1"),
        happened(2, answered(confidence=75, right=False, sitting="b"), question="q2"),
        happened(3, answered(confidence=50, sitting="c"), question="q3"),
    ).calibration
    assert found is not None
    assert found.levels == {50: Judged(1, 1), 75: Judged(2, 1)}
    assert found.brier == pytest.approx((0.25**2 + 0.75**2 + 0.5**2) / 3)


def test_who_was_never_asked_how_sure_they_were_has_no_score() -> None:
    assert after(happened(1, answered())).calibration is None


def test_days_hold_answers_and_reading() -> None:
    found = after(happened(1, answered(seconds=20.0)), happened(2, Passed(seconds=40.0)))
    assert found.days == {DAY: Practice(1, 60.0)}


def test_a_false_belief_stands_until_another_question_puts_it_right() -> None:
    held = happened(1, answered(right=False, misconception="a row of a table"), question="q1")
    alone = after(held)
    assert alone.beliefs == {"a row of a table": DAY}
    own = happened(2, answered(sitting="b"), question="q1", days=3)
    assert after(held, own, days=3).beliefs == {}
