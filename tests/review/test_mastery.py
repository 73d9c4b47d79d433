"""What practice has come to: estimates that say how little they rest on, and sums done by hand."""

import random
import statistics

import pytest

from tests.known_courses import shipped
from tests.progress.deeds import answered
from tests.review.simulation import KINDS, RELIABLE, Learner
from tests.review.test_cards import DAY, happened
from tutor.course.outline import LessonOutline, ObjectiveOutline, Outline, QuestionOutline
from tutor.course.outlining import outline
from tutor.progress.events import Answered, Event, Passed
from tutor.review.cards import CARDS
from tutor.review.counting import asked_in
from tutor.review.knowing import LEARNT, chance, traced
from tutor.review.mastery import Report, middle, report
from tutor.review.remembered import Card, Judged, Practice, Try

NAMES = [f"q{n}" for n in range(30)]
BELIEFS = ("a row of a table",)
QUESTIONS = tuple(QuestionOutline(name, 1.0, BELIEFS, (), ("one/aim",), 0.05) for name in NAMES)
AIM = ObjectiveOutline("one/aim", "Say what it is.")
LESSON = LessonOutline("one", "One", (), (), 1, QUESTIONS, (AIM,))
COURSE = Outline("c", "C", "s", "", (LESSON,))


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
    assert known > 0.6
    assert missed < 0.3


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


def test_the_range_told_is_the_middle_of_what_would_come() -> None:
    low, high = middle(0.8, 10)  # of Binomial(10, 0.8), 6 to 9 right hold 80 %
    assert (low, high) == pytest.approx((0.64, 0.96), abs=0.01)


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    found = after(
        happened(1, answered(confidence=75), question="q1"),
        happened(2, answered(confidence=75, right=False, sitting="b"), question="q2"),
        happened(3, answered(confidence=50, sitting="c"), question="q3"),
    ).calibration
    assert found is not None
    assert found.levels == {50: Judged(1, 1), 75: Judged(2, 1)}
    assert found.brier == pytest.approx((0.25**2 + 0.75**2 + 0.5**2) / 3)
    assert found.ece == pytest.approx((2 * abs(0.75 - 0.5) + abs(0.5 - 1)) / 3)
    assert found.furthest is None  # of two answers nothing is told


def test_who_was_never_asked_how_sure_they_were_has_no_score() -> None:
    assert after(happened(1, answered())).calibration is None


def test_days_hold_answers_and_reading() -> None:
    found = after(happened(1, answered(seconds=20.0)), happened(2, Passed(seconds=40.0)))
    assert found.days == {DAY: Practice(1, 60.0)}


def test_a_false_belief_stands_until_another_question_puts_it_right() -> None:
    held = happened(1, answered(right=False, misconception="a row of a table"), question="q1")
    alone = after(held)
    (belief,) = alone.beliefs
    assert (belief.text, belief.since, belief.stands) == ("a row of a table", DAY, True)
    own = happened(2, answered(sitting="b"), question="q1", days=3)
    (righted,) = after(held, own, days=3).beliefs
    assert not righted.stands
    assert righted.held < belief.held
    assert righted.answers == 2


def test_an_objective_rests_on_the_questions_that_serve_it() -> None:
    (found,) = after(happened(1, answered(), question="q1")).objectives
    assert (found.objective, found.text) == ("one/aim", "Say what it is.")
    assert (found.met, found.of) == (1, 30)


def test_a_right_answer_that_can_be_guessed_says_less() -> None:
    assert chance(card(answered()), 0.05, DAY) > chance(card(answered()), 0.5, DAY)


def test_help_is_no_sign_of_knowing() -> None:
    assert chance(card(answered(hints=1)), 0.25, DAY) == chance(
        card(answered(right=False)), 0.25, DAY
    )


def test_one_slip_of_somebody_who_knows_is_not_taken_for_ignorance() -> None:
    tries = [Try(DAY, right=True, kept=1.0)] * 3
    slipped = [*tries, Try(DAY + 9, right=False, kept=0.95)]
    assert traced(slipped, 0.25) > traced([slipped[-1]], 0.25) + 0.3


def test_bayes_rule_by_hand() -> None:
    known = traced([Try(DAY, right=True, kept=0.0)], 0.25)
    assert known == pytest.approx(0.5 * 0.9 / (0.5 * 0.9 + 0.5 * 0.25))
    again = traced([Try(DAY, right=True, kept=0.0), Try(DAY + 3, right=False, kept=0.8)], 0.25)
    before = (known + (1 - known) * LEARNT) * 0.8
    assert again == pytest.approx(before * 0.1 / (before * 0.1 + (1 - before) * 0.75))


def card(deed: Answered) -> Card:
    return CARDS.of([happened(1, deed)]).cards["q1"]


def test_a_year_of_simulated_learners_shows_what_was_told_of_them() -> None:
    whole = outline(shipped())
    course = asked_in(whole)
    learner = Learner(KINDS[0], course, whole, random.Random(7))
    learner.live()
    told = statistics.mean(look.told for look in learner.looks)
    came = statistics.mean(look.right for look in learner.looks)
    assert abs(told - came) < RELIABLE
    error, plain = (
        statistics.mean((look[n] - look.right) ** 2 for look in learner.looks) for n in (0, 3)
    )
    assert error < plain
