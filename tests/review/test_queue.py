"""What is asked today: what matters most, no more than the cap, and no wall after a month."""

import pytest

from tests.progress.deeds import answered
from tests.review.test_cards import DAY, happened
from tutor.review.cards import CARDS
from tutor.review.counting import CAP, Asked, Due, cap_on, forecast, reviewed_on, waiting
from tutor.review.memory import recall
from tutor.review.queue import due, weakest
from tutor.review.remembered import LessonCards, Practice


def lesson(*questions: str, right: bool = True, days: float = 0) -> LessonCards:
    return CARDS.of(
        happened(n, answered(right=right, sitting=f"s{n}"), question=question, days=days)
        for n, question in enumerate(questions)
    )


NAMES = [f"q{n}" for n in range(60)]
COURSE = [Asked("one", name) for name in NAMES]


def test_nothing_is_due_on_the_day_on_which_it_was_learnt() -> None:
    lessons = {"one": lesson("q1")}
    assert due(lessons, COURSE, DAY) == []
    assert due(lessons, COURSE, DAY + 10) == [Due("one", "q1")]


def test_a_question_that_left_the_course_is_not_asked() -> None:
    assert due({"one": lesson("gone")}, COURSE, DAY + 100) == []


def test_after_a_month_away_a_day_asks_twenty_of_sixty() -> None:
    lessons = {"one": lesson(*NAMES)}
    today = due(lessons, COURSE, DAY + 40)
    assert len(today) == CAP == waiting(lessons, COURSE, DAY + 40).count
    assert len(set(today)) == CAP


def test_what_is_half_remembered_comes_before_what_is_gone() -> None:
    known = [
        happened(n, answered(sitting=f"a{n}"), question="strong", days=3 * n) for n in range(3)
    ]
    lost = [happened(9, answered(right=False), question="weak")]
    cards = {"one": CARDS.of([*known, *lost])}
    course = [Asked("one", "weak"), Asked("one", "strong")]
    day = DAY + 60
    strong, weak = (cards["one"].cards[name].memory for name in ("strong", "weak"))
    assert strong is not None
    assert weak is not None
    assert recall(strong, day) > recall(weak, day)
    assert [one.question for one in due(cards, course, day)] == ["strong", "weak"]


def test_reviews_already_done_today_count_against_the_cap() -> None:
    events = [happened(n, answered(sitting=f"a{n}"), question=f"q{n}") for n in range(30)]
    again = [
        happened(100 + n, answered(sitting=f"b{n}"), question=f"q{n}", days=30) for n in range(5)
    ]
    lessons = {"one": CARDS.of([*events, *again])}
    assert reviewed_on(DAY + 30, lessons) == 5
    assert len(due(lessons, COURSE, DAY + 30)) == CAP - 5


BELIEF = "it looks things up"


def test_a_false_belief_comes_back_the_next_day_in_another_question_that_was_met() -> None:
    chosen = happened(1, answered(right=False, misconception=BELIEF), question="q1")
    course = [Asked("one", "q1", (BELIEF,)), Asked("two", "q2", (BELIEF,))]
    lessons = {"one": CARDS.of([chosen])}
    assert due(lessons, course, DAY + 1) == [Due("one", "q1")], "q2 is still its lesson's to ask"
    lessons["two"] = CARDS.of([happened(2, answered(), question="q2")])
    assert due(lessons, course, DAY) == []
    tomorrow = due(lessons, course, DAY + 1)
    assert tomorrow[0] == Due("two", "q2", BELIEF)
    put_right = happened(3, answered(sitting="s2"), question="q2", days=1)
    lessons["two"] = CARDS.of([happened(2, answered(), question="q2"), put_right])
    assert [one for one in due(lessons, course, DAY + 2) if one.belief] == []


def test_a_belief_that_no_other_question_names_comes_back_in_one_on_the_same_matter() -> None:
    chosen = happened(1, answered(right=False, misconception=BELIEF), question="q1")
    other = happened(2, answered(sitting="s2"), question="q2")
    course = [
        Asked("one", "q1", (BELIEF,), ("attention",)),
        Asked("one", "q2", (), ("tokens", "attention")),
    ]
    assert due({"one": CARDS.of([chosen, other])}, course, DAY + 1)[0] == Due("one", "q2", BELIEF)


def test_a_belief_still_held_is_asked_about_once_a_day() -> None:
    chosen = happened(1, answered(right=False, misconception=BELIEF), question="q1")
    other = happened(2, answered(sitting="s2"), question="q2")
    again = happened(3, answered(right=False, sitting="s3"), question="q2", days=1)
    course = [Asked("one", "q1", (BELIEF,)), Asked("one", "q2", (BELIEF,))]
    lessons = {"one": CARDS.of([chosen, other, again])}
    assert due(lessons, course, DAY + 1) == [Due("one", "q1")]
    assert Due("one", "q2", BELIEF) in due(lessons, course, DAY + 2)


def test_practice_begins_with_the_matter_that_is_remembered_least() -> None:
    known = [
        happened(n, answered(sitting=f"a{n}"), question="strong", days=4 * n) for n in range(4)
    ]
    weak = [happened(9, answered(right=False), question="weak")]
    course = [Asked("one", "strong", (), ("a",)), Asked("one", "weak", (), ("b",))]
    lessons = {"one": CARDS.of([*known, *weak])}
    assert [one.question for one in weakest(lessons, course, DAY + 13)] == ["weak", "strong"]
    assert [one.question for one in weakest(lessons, course, DAY + 12)] == ["weak"]


def test_the_count_for_a_shells_prompt_is_that_of_the_queue() -> None:
    events = [
        happened(
            n,
            answered(sitting=f"a{n}", right=n % 3 > 0, misconception="m" * (n % 2)),
            question=f"q{n}",
            days=n % 7,
        )
        for n in range(25)
    ]
    lessons = {"one": CARDS.of(events)}
    course = [Asked("one", name, ("m",)) for name in NAMES]
    for day in range(DAY, DAY + 40):
        assert waiting(lessons, course, day).count == len(due(lessons, course, day))


def test_the_forecast_holds_everything_that_will_be_asked() -> None:
    lessons = {"one": lesson(*NAMES[:7])}
    coming = forecast(lessons, COURSE, DAY, 400)
    assert sum(coming) == 7
    assert forecast(lessons, COURSE, DAY + 300)[0] == 7


def practised(*days: int) -> dict[str, LessonCards]:
    return {"one": LessonCards(days={DAY - ago: Practice(1, 60.0) for ago in days})}


@pytest.mark.parametrize(
    ("days_ago", "cap"),
    [
        ((1,), 20),  # a beginner
        ((4, 7, 11), 30),
        ((1, 7, 8), 30),
        ((1, 2, 3, 4, 5, 8), 20),
        ((40, 41), 20),  # no wall after a break
    ],
)
def test_who_comes_twice_a_week_is_asked_more_at_a_time(
    days_ago: tuple[int, ...], cap: int
) -> None:
    assert cap_on(DAY, practised(*days_ago)) == cap
