"""What bets cost, against sums done by hand."""

import math

import pytest

from tests.known_courses import short
from tutor.course.model import Bet, Course, Lesson
from tutor.judging.betting import bets
from tutor.judging.presenting import content_hash, present
from tutor.progress.lesson_progress import Item, LessonProgress

SHORT: Course = short()
LESSON: Lesson = SHORT.lessons[0]
QUESTION = next(one for one in LESSON.quiz if isinstance(one, Bet))


def after(line: str, content: str = "") -> dict[str, LessonProgress]:
    item = Item(raw=line, seed=5, tries=1, content=content or content_hash(QUESTION))
    return {LESSON.id: LessonProgress(items={QUESTION.id: item})}


def test_a_bet_is_read_in_the_order_in_which_its_options_stood() -> None:
    order = present(QUESTION, 5).order or tuple(range(len(QUESTION.options)))
    real = QUESTION.shares or tuple(float(option.right) for option in QUESTION.options)
    points = [100 // len(real)] * len(real)
    points[order.index(real.index(max(real)))] += 100 - sum(points)
    found = bets(SHORT, after(" ".join(map(str, points))))
    assert found is not None
    staked = dict(zip(order, points, strict=True))
    by_hand = -sum(p * math.log2(staked[n] / 100) for n, p in enumerate(real) if p)
    assert found.loss == pytest.approx(by_hand)
    assert found.even == pytest.approx(math.log2(len(real)))
    assert found.best <= found.even


def test_who_never_bet_is_told_nothing_of_bets() -> None:
    assert bets(SHORT, {}) is None


def test_a_bet_on_a_question_that_has_changed_since_is_left_out() -> None:
    assert bets(SHORT, after("50 50", content="another")) is None
