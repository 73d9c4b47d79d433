"""Intervals against the published formulas of FSRS-6, worked out here without the library."""

import datetime
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.progress.moments import utc_text
from tutor.review.days import day_of_text, local_day
from tutor.review.memory import LONGEST, RETENTION, Memory, rated, recall
from tutor.review.rating import FirstTry, Rating, rating

W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""The published weights of FSRS-6."""
DECAY = -W[20]
FACTOR = 0.9 ** (1 / DECAY) - 1


def first_difficulty(grade: int) -> float:
    return W[4] - math.exp(W[5] * (grade - 1)) + 1


def clamped(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))


def next_difficulty(difficulty: float, grade: int) -> float:
    moved = difficulty - W[6] * (grade - 3) * (10 - difficulty) / 9
    return clamped(W[7] * first_difficulty(4) + (1 - W[7]) * moved)


def fading(days: int, stability: float) -> float:
    return float((1 + FACTOR * days / stability) ** DECAY)


def after_success(difficulty: float, stability: float, chance: float, grade: int) -> float:
    bonus = {2: W[15], 3: 1.0, 4: W[16]}[grade]
    gain = math.exp(W[8]) * (11 - difficulty) * stability ** -W[9]
    return float(stability * (1 + gain * (math.exp(W[10] * (1 - chance)) - 1) * bonus))


def after_lapse(difficulty: float, stability: float, chance: float) -> float:
    left = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1)
    return float(min(left * math.exp(W[14] * (1 - chance)), stability / math.exp(W[17] * W[18])))


def interval(stability: float) -> int:
    days: float = stability / FACTOR * (RETENTION ** (1 / DECAY) - 1)
    return min(LONGEST, max(1, round(days)))


def by_hand(history: list[tuple[int, int]]) -> tuple[float, float, int]:
    """Stability, difficulty and the next day for (day, grade) pairs, each on a day of its own."""
    day, grade = history[0]
    stability, difficulty = W[grade - 1], clamped(first_difficulty(grade))
    for later, grade in history[1:]:
        chance = fading(later - day, stability)
        if grade == 1:
            stability = after_lapse(difficulty, stability, chance)
        else:
            stability = after_success(difficulty, stability, chance, grade)
        difficulty = next_difficulty(difficulty, grade)
        stability, day = max(stability, 0.001), later
    return stability, difficulty, day + interval(stability)


def test_a_thousand_histories_come_out_as_the_published_formulas_say() -> None:
    rng = random.Random(20261126)
    start = datetime.date(2026, 11, 26).toordinal()
    for _ in range(1000):
        day, history, memory = start, [], None
        for _ in range(rng.randint(1, 9)):
            grade = rng.choices((1, 2, 3, 4), (2, 2, 5, 1))[0]
            history.append((day, grade))
            memory = rated(memory, Rating(grade), day)
            day += rng.choice((1, 1, 2, 3, 7, 20, 60, 200))
        assert memory is not None
        stability, difficulty, due = by_hand(history)
        assert memory.stability == pytest.approx(stability, rel=1e-9)
        assert memory.difficulty == pytest.approx(difficulty, rel=1e-9)
        assert memory.due == due


def test_on_the_day_it_falls_due_a_question_is_known_nine_times_in_ten() -> None:
    memory = rated(rated(None, Rating.GOOD, 1000), Rating.GOOD, 1003)
    assert recall(memory, memory.due) == pytest.approx(RETENTION, abs=0.01)
    for days in (0, 1, 7, 90, 900):
        by_hand = (1 + FACTOR * days / memory.stability) ** DECAY
        assert recall(memory, memory.last + days) == pytest.approx(by_hand)
    assert recall(memory, memory.last) == 1
    assert recall(memory, memory.due + 300) < RETENTION


def test_a_clock_set_back_brings_no_question_back_before_its_time() -> None:
    memory = rated(None, Rating.GOOD, 1000)
    assert rated(memory, Rating.GOOD, 10).last == 1000
    assert isinstance(rated(memory, Rating.AGAIN, 10), Memory)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (FirstTry(right=False), Rating.AGAIN),
        (FirstTry(right=False, confidence=95), Rating.AGAIN),
        (FirstTry(right=True, seen=True), Rating.AGAIN),
        (FirstTry(right=True), Rating.GOOD),
        (FirstTry(right=True, hints=1, confidence=95), Rating.HARD),
        (FirstTry(right=True, confidence=50), Rating.HARD),
        (FirstTry(right=True, confidence=51), Rating.GOOD),
        (FirstTry(right=True, confidence=90), Rating.EASY),
        (FirstTry(right=True, seconds=240), Rating.GOOD),
        (FirstTry(right=True, seconds=241), Rating.HARD),
    ],
)
def test_an_answer_is_rated_by_the_rule_that_is_written_down(
    answered: FirstTry, expected: Rating
) -> None:
    assert rating(answered) is expected


@pytest.mark.parametrize(
    ("utc", "offset", "day"),
    [
        ("2026-11-26T12:00:00+00:00", 0, "2026-11-26"),
        ("2026-11-26T03:59:00+00:00", 0, "2026-11-25"),
        ("2026-11-26T04:00:00+00:00", 0, "2026-11-26"),
        ("2026-11-26T02:30:00+00:00", 60, "2026-11-25"),  # half past three in Berlin
        ("2026-11-26T03:30:00+00:00", 60, "2026-11-26"),
        ("2026-11-26T12:30:00+00:00", -480, "2026-11-26"),  # half past four in California
        ("2026-11-26T20:00:00+00:00", 540, "2026-11-27"),  # five in the morning in Tokyo
    ],
)
def test_a_day_is_the_learners_own_and_ends_when_they_sleep(
    utc: str, offset: int, day: str
) -> None:
    at = datetime.datetime.fromisoformat(utc)
    assert local_day(at, offset) == datetime.date.fromisoformat(day).toordinal()


@given(st.datetimes(timezones=st.just(datetime.UTC)), st.integers(-1440, 1440))
def test_the_day_read_from_an_event_is_that_of_its_moment(
    at: datetime.datetime, offset: int
) -> None:
    try:
        day = local_day(at, offset)
    except OverflowError:  # before the year 1, after 9999
        return
    assert day_of_text(utc_text(at), offset) == day
