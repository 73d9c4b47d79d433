"""Cards follow from events alone: the same answers give the same days, on any machine."""

import datetime
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.progress.deeds import answered, place
from tutor.progress.events import (
    AnyDeed,
    Assessed,
    Buried,
    Event,
    Passed,
    Reset,
    Resumed,
    Revealed,
    Suspended,
    Undone,
    Vouched,
)
from tutor.review.cards import CARDS
from tutor.review.memory import rated
from tutor.review.rating import Rating
from tutor.review.remembered import Judged, LessonCards, Practice

START = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)
DAY = START.date().toordinal()


def happened(number: int, deed: AnyDeed, *, days: float = 0, question: str = "q1") -> Event:
    at = START + datetime.timedelta(days=days, seconds=number)
    return Event(
        id=f"{number:032}",
        installation="here",
        at=at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        offset=0,
        place=place(question=question),
        deed=deed,
    )


def test_a_question_answered_right_is_due_when_the_reference_says() -> None:
    card = CARDS.of([happened(1, answered())]).cards["q1"]
    assert card.memory == rated(None, Rating.GOOD, DAY)
    assert card.seen == 1
    assert card.lapses == 0


def test_only_the_first_try_of_an_asking_and_the_first_asking_of_a_day_count() -> None:
    once = [happened(1, answered(right=False))]
    more = [
        happened(2, answered(attempt=2)),
        happened(3, answered(sitting="s2")),
        happened(4, answered(sitting="s3", right=False)),
    ]
    assert CARDS.of(once + more).cards["q1"].memory == CARDS.of(once).cards["q1"].memory


def test_a_lapse_is_one_only_after_the_question_was_met_before() -> None:
    wrong_at_first = CARDS.of([happened(1, answered(right=False))])
    assert wrong_at_first.cards["q1"].lapses == 0
    later = happened(2, answered(right=False, sitting="s2"), days=5)
    forgotten = CARDS.of([happened(1, answered()), later])
    assert forgotten.cards["q1"].lapses == 1
    assert forgotten.cards["q1"].memory == rated(
        rated(None, Rating.GOOD, DAY), Rating.AGAIN, DAY + 5
    )


@pytest.mark.parametrize(
    ("deeds", "expected"),
    [
        ([Revealed(sitting="s1", skipped=True)], Rating.AGAIN),
        ([answered(right=False), Revealed(sitting="s1", skipped=False)], Rating.AGAIN),
        ([answered(right=False), Vouched(sitting="s1", attempt=1, raw="2")], Rating.GOOD),
        ([answered(right=False), Vouched(sitting="s1", attempt=2, raw="2")], Rating.AGAIN),
        (
            [answered(right=False), Assessed(sitting="s1", met=(True,), right=True, score=1.0)],
            Rating.GOOD,
        ),
        ([answered(hints=1)], Rating.HARD),
        ([answered(confidence=95)], Rating.EASY),
        ([answered(revealed=True)], Rating.AGAIN),
    ],
)
def test_the_last_word_on_an_asking_is_the_one_that_is_rated(
    deeds: list[AnyDeed], expected: Rating
) -> None:
    card = CARDS.of(happened(n, deed) for n, deed in enumerate(deeds)).cards["q1"]
    assert card.memory == rated(None, expected, DAY)


def test_an_answer_taken_back_leaves_no_trace() -> None:
    kept = happened(1, answered())
    taken_back = happened(2, answered(right=False, sitting="s2", misconception="mask"), days=3)
    undone = happened(3, Undone(event=taken_back.id), days=3)
    found = CARDS.of([kept, taken_back, undone])
    assert found.cards == CARDS.of([kept]).cards
    assert found.traps == {}


def test_a_reset_lesson_keeps_its_cards() -> None:
    before = [happened(1, answered())]
    assert CARDS.of([*before, happened(2, Reset())]).cards == CARDS.of(before).cards


def test_a_false_belief_is_remembered_with_its_place_and_day() -> None:
    events = [happened(1, answered(right=False, misconception="it looks things up"), days=2)]
    (name, trap), *_ = CARDS.of(events).traps.items()
    assert (name, trap.question, trap.day) == ("it looks things up", "q1", DAY + 2)


DEEDS: list[Callable[[str], AnyDeed]] = [
    lambda sitting: answered(sitting=sitting),
    lambda sitting: answered(sitting=sitting, right=False, misconception="m"),
    lambda sitting: answered(sitting=sitting, attempt=2),
    lambda sitting: Revealed(sitting=sitting, skipped=True),
    lambda sitting: Vouched(sitting=sitting, attempt=1, raw="x"),
    lambda _sitting: Reset(),
    lambda _sitting: Buried(),
    lambda _sitting: Suspended(),
    lambda _sitting: Resumed(),
]


@given(
    st.lists(
        st.tuples(st.integers(0, len(DEEDS) - 1), st.integers(0, 3), st.integers(0, 3)),
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=60)
def test_one_by_one_or_all_at_once_in_any_order_the_cards_are_the_same(
    happenings: list[tuple[int, int, int]], rng: random.Random
) -> None:
    events, days = [], 0.0
    for number, (deed, sitting, gap) in enumerate(happenings):
        days += gap
        question = f"q{sitting % 2}"
        events.append(happened(number, DEEDS[deed](f"s{sitting}"), days=days, question=question))
    one_by_one = LessonCards()
    for event in events:
        one_by_one = CARDS.take(one_by_one, event)
    shuffled = rng.sample(events, len(events))
    assert CARDS.of(shuffled) == one_by_one


def test_put_off_a_question_waits_a_day_and_suspended_it_waits_to_be_brought_back() -> None:
    met = [happened(1, answered())]
    due = DAY + 30
    assert CARDS.of(met).cards["q1"].is_due(due)
    put_off = CARDS.of([*met, happened(2, Buried(), days=30)]).cards["q1"]
    assert (put_off.is_due(due), put_off.is_due(due + 1)) == (False, True)
    suspended = [*met, happened(2, Suspended(), days=3)]
    assert not CARDS.of(suspended).cards["q1"].is_due(due)
    assert CARDS.of([*suspended, happened(3, Resumed(), days=4)]).cards["q1"].is_due(due)


def test_how_sure_a_learner_was_is_held_against_how_it_came_out() -> None:
    events = [
        happened(1, answered(confidence=95), question="q1"),
        happened(2, answered(confidence=95, right=False, sitting="s2"), question="q2"),
        happened(3, answered(confidence=95, attempt=2, sitting="s2"), question="q2"),
        happened(4, answered(confidence=50, right=False, sitting="s3"), question="q3"),
        happened(5, Vouched(sitting="s3", attempt=1, raw="x"), question="q3"),
    ]
    assert CARDS.of(events).sure == {95: Judged(2, 1), 50: Judged(1, 1)}


def test_practice_is_counted_on_the_learners_own_day() -> None:
    events = [
        happened(1, answered(seconds=20.0)),
        happened(2, Passed(seconds=40.0)),
        happened(3, answered(seconds=5.0, sitting="s2"), days=1),
    ]
    assert CARDS.of(events).days == {DAY: Practice(1, 60.0), DAY + 1: Practice(1, 5.0)}
