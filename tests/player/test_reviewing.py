"""A review: what is due comes back with a reason, and no answer is lost."""

import datetime
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tests.player.chair import Chair
from tests.progress.deeds import NOON, Clock, answered
from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, Course, Lesson
from tutor.judging.presenting import content_hash
from tutor.player.reviewing import bring_back, play_practice, play_review
from tutor.progress.events import Answered, Buried, Deed, Place, Revealed, Suspended
from tutor.progress.folding import PROGRESS
from tutor.progress.journal import Journal
from tutor.review.cards import CARDS
from tutor.review.days import day_of
from tutor.review.remembered import Card

TRUE_FALSE, SINGLE, NUMBER = "check", "q-single", "q-number"
MONTH = 30


@pytest.fixture
def course(short_course: Path) -> Course:
    return short()


def journal_in(home: Path, clock: Clock) -> Journal:
    return Journal.open(home / "journal.sqlite3", clock, folds=(PROGRESS, CARDS))


def learn(home: Path, course: Course, *names: str, right: bool = True, belief: str = "") -> None:
    """Answer questions on the first day."""
    lesson = course.lessons[0]
    with journal_in(home, Clock()) as journal:
        for name in names:
            said = answered(sitting=f"first-{name}", right=right, misconception=belief)
            journal.record(place(course, lesson, name), said)


def place(course: Course, lesson: Lesson, name: str) -> Place:
    question = next(q for q in questions(lesson) if q.id == name)
    content = content_hash(cast(AnyQuestion, question))
    return Place(course=course.id, lesson=lesson.id, question=name, content=content)


def sit(home: Path, course: Course, days: float, *, practice: bool = False) -> Chair:
    clock = Clock(NOON + datetime.timedelta(days=days))
    part = play_practice if practice else play_review
    return Chair(home, course, lambda desk: part(desk, day_of(clock())), clock=clock)


def answer(chair: Chair, line: str, *, sure: str = "") -> str:
    """Answer, and say how sure that was, if asked."""
    said = chair.type(line)
    return said + chair.type(sure) if "how sure are you" in said else said


def card(home: Path, course: Course, name: str) -> Card:
    with journal_in(home, Clock()) as journal:
        return journal.state(CARDS, course.id, course.lessons[0].id).cards[name]


def deeds(home: Path, kind: type[Deed]) -> list[Deed]:
    with journal_in(home, Clock()) as journal:
        return [event.deed for event in journal.events(kind)]


def test_a_question_comes_back_with_a_reason_and_says_when_it_returns(
    home: Path, course: Course
) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    said = chair.prompt()
    assert "1 question, about 1 minute." in said
    assert "You knew this 4 weeks ago." in said
    assert "A token is always a word." in said
    answer(chair, "f")
    last = chair.leave("")
    assert "You knew 1 of 1." in last
    found = card(home, course, TRUE_FALSE)
    assert found.memory is not None
    assert found.seen == 2
    assert found.memory.due > found.memory.last


def test_an_answer_is_kept_before_its_verdict_and_quitting_loses_nothing(
    home: Path, course: Course
) -> None:
    learn(home, course, TRUE_FALSE, SINGLE)
    chair = sit(home, course, MONTH)
    first = chair.prompt()
    right = "f" if "always a word" in first else "1"
    answer(chair, right)
    chair.kill()
    assert len(deeds(home, Answered)) == 3
    chair = sit(home, course, MONTH + 0.1)
    assert "1 question" in chair.prompt(), "the other one is still due, the answered one is not"
    chair.end_input()


@pytest.mark.parametrize(("letter", "told"), [("t", "You knew 0 of 1."), ("f", "You knew 1 of 1.")])
def test_a_letter_for_true_or_false_is_an_answer_also_where_it_is_wrong(
    home: Path, course: Course, letter: str, told: str
) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    chair.prompt()
    assert "does nothing here" not in answer(chair, letter)
    if letter == "t":
        chair.type(":s")
    assert told in chair.leave("")


def test_two_windows_at_one_question_each_tell_their_own_answers(
    home: Path, course: Course
) -> None:
    learn(home, course, TRUE_FALSE)
    one, other = sit(home, course, MONTH), sit(home, course, MONTH + 0.01)
    one.prompt()
    other.prompt()
    answer(one, "f")
    answer(other, "t")
    assert "You knew 1 of 1." in one.leave("")
    other.type(":s")
    assert "You knew 0 of 1." in other.leave("")


def test_a_mistyped_answer_is_taken_back_and_asked_anew(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE)
    before = card(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    chair.prompt()
    answer(chair, "t")
    said = chair.type("u")
    assert "Taken back" in said
    assert "A token is always a word." in said
    assert card(home, course, TRUE_FALSE) == before
    answer(chair, "f")
    assert "You knew 1 of 1." in chair.leave("")


def test_undo_leads_back_to_the_question_before(home: Path, course: Course) -> None:
    learn(home, course, NUMBER, "q-short")
    before = {name: card(home, course, name) for name in (NUMBER, "q-short")}
    chair = sit(home, course, MONTH)
    chair.prompt()
    assert "nothing to take back" in chair.type(":u")
    chair.type(":s")
    chair.type("")
    assert "The one before is taken back" in chair.type(":u")
    chair.leave()
    assert {name: card(home, course, name) for name in before} == before


@pytest.mark.parametrize(("key", "kind", "said"), [("z", Buried, "tomorrow"), ("x", Suspended, "")])
def test_a_question_can_be_put_off_and_that_be_undone(
    home: Path, course: Course, key: str, kind: type[Deed], said: str
) -> None:
    learn(home, course, TRUE_FALSE, SINGLE)
    chair = sit(home, course, MONTH)
    chair.prompt()
    assert said in chair.type(key)
    assert len(deeds(home, kind)) == 1
    chair.type("u")
    chair.leave()
    again = sit(home, course, MONTH)
    assert "2 questions" in again.prompt()
    again.leave()


def test_what_is_suspended_is_listed_and_comes_back(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    chair.prompt()
    chair.leave("x")
    assert "Nothing to review yet" in sit(home, course, MONTH).leave_said()
    listing = Chair(home, course, bring_back, clock=Clock())
    assert "A token is always a word." in listing.prompt()
    assert "Brought back." in listing.leave("1")
    back = sit(home, course, MONTH)
    assert "1 question" in back.prompt()
    back.leave()


def test_numbers_and_the_order_of_options_are_fresh(home: Path, course: Course) -> None:
    learn(home, course, NUMBER, SINGLE)
    for days in (MONTH, 2 * MONTH, 4 * MONTH):
        chair = sit(home, course, days)
        chair.prompt()
        chair.type(":s")
        chair.type("")
        chair.type(":s")
        chair.leave("")
    with journal_in(home, Clock()) as journal:
        shown = {event.deed.sitting for event in journal.events(Revealed)}  # type: ignore[union-attr]
    assert len(shown) == 6


def test_when_nothing_is_due_practice_is_offered(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, 1)
    said = chair.prompt()
    assert "Nothing is due today. Next: 1 question, tomorrow." in said
    assert "Practice" in chair.type("")
    answer(chair, "f")
    assert "You knew 1 of 1." in chair.leave("")


def test_practice_can_be_asked_for_when_something_is_due(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH, practice=True)
    assert "Practice, the least remembered first" in chair.prompt()
    chair.leave()


def test_a_false_belief_is_named_and_asked_about_in_other_words(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE, right=False, belief="token means word")
    learn(home, course, "q-cloze")
    chair = sit(home, course, 1)
    said = chair.prompt()
    assert 'You once chose an answer that says "token means word".' in said
    assert "A model reads" in said
    chair.leave()


def test_a_question_that_cannot_show_a_false_belief_is_not_said_to_be_about_it(
    home: Path, course: Course
) -> None:
    lesson = course.lessons[0]
    covers = {TRUE_FALSE: ("one",), "q-short": ("one",)}
    near = [replace(q, covers=covers.get(q.id, ())) for q in lesson.quiz]
    steps = tuple(replace(s, covers=covers.get(s.id, ())) for s in lesson.steps)
    course = replace(course, lessons=(replace(lesson, steps=steps, quiz=tuple(near)),))
    learn(home, course, TRUE_FALSE, right=False, belief="a model is always sure")
    learn(home, course, "q-short")
    chair = sit(home, course, 1)
    said = chair.prompt()
    assert "What does a model give each candidate" in said
    assert "a model is always sure" not in said
    assert "You knew this yesterday." in said
    chair.leave()


def test_what_was_missed_can_be_practised_on_the_same_day(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE, SINGLE)
    learn(home, course, NUMBER, right=False)
    before = card(home, course, NUMBER)
    chair = sit(home, course, 0, practice=True)
    said = chair.prompt()
    assert "Practice, the least remembered first" in said
    assert "You missed this today." in said
    assert "1 question, about" in said
    chair.type(":s")
    assert "practises some more" not in chair.leave("")
    assert card(home, course, NUMBER) == before


def sure_of(home: Path) -> list[int | None]:
    return [deed.confidence for deed in deeds(home, Answered) if isinstance(deed, Answered)][1:]


def test_one_in_three_asks_how_sure_the_learner_is_and_it_is_kept(
    home: Path, course: Course
) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    assert "About one in 3 asks how sure you are" in chair.prompt()
    assert "how sure are you?" in chair.type("f")
    assert "Right" in chair.type("4")
    chair.leave("")
    assert sure_of(home) == [95]


def test_how_sure_is_not_asked_again_when_the_learner_says_so(home: Path, course: Course) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    chair.prompt()
    chair.type("f")
    assert "Not asked again." in chair.type("x")
    chair.leave("")
    later = sit(home, course, 6 * MONTH)
    assert "how sure" not in later.prompt()
    assert "how sure" not in later.type("f")
    later.leave("")
    assert sure_of(home) == [None, None]


def test_a_question_left_in_its_second_try_is_counted_in_what_was_known(
    home: Path, course: Course
) -> None:
    learn(home, course, TRUE_FALSE)
    chair = sit(home, course, MONTH)
    chair.prompt()
    answer(chair, "t")
    assert "You knew 0 of 1." in chair.leave(":q")


def test_with_nothing_to_take_back_the_same_numbers_are_asked(home: Path, course: Course) -> None:
    learn(home, course, NUMBER)
    chair = sit(home, course, MONTH)
    first = chair.prompt()
    again = chair.type(":u")
    assert "There is nothing to take back" in again
    numbers = [line for line in first.splitlines() if any(letter.isdigit() for letter in line)]
    assert numbers[-1] in again
    chair.end_input()
