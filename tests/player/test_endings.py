"""Coming back, the end of a section, the last page of a lesson."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import short
from tests.player.chair import Chair
from tests.player.walking import answer_rightly, walk, walk_steps
from tests.progress.deeds import NOON, Clock
from tutor.course.model import Course, Prediction, Text, TryIt
from tutor.player.desk import Desk
from tutor.player.ending import show_ending
from tutor.player.play import play
from tutor.review.days import day_of
from tutor.screen.between_view import section_behind
from tutor.screen.ending_view import outcome
from tutor.screen.words import as_text


@pytest.fixture
def course(short_course: Path) -> Course:
    return short()


def to_the_end(desk: Desk) -> None:
    """Take the lesson, and see its last page."""
    play(desk)
    show_ending(desk, day_of(NOON), "21 Nov")


def flat(said: str) -> str:
    return " ".join(said.split())


def test_who_comes_back_is_told_when_they_left_and_what_they_had_guessed(
    home: Path, course: Course
) -> None:
    chair = Chair(home, course)
    chair.prompt()
    chair.type("")
    chair.type("")
    chair.type("2")
    chair.type("")
    chair.leave()
    clock = Clock(NOON + datetime.timedelta(days=3))
    back = Chair(home, course, clock=clock)
    said = flat(back.prompt())
    assert "Welcome back: you left here 3 days ago." in said
    assert "Your last guess: “moon”, to “Which word comes next?”" in said
    back.leave()


def test_a_section_ends_with_what_it_gave_and_what_comes_next(home: Path, course: Course) -> None:
    lesson = course.lessons[0]
    chair = Chair(home, course)
    said = chair.prompt()
    first, second = (i for i, step in enumerate(lesson.steps) if step.section)
    assert first == 0
    chair.leave()
    short = replace(lesson, steps=lesson.steps[:second])
    chair = Chair(home, course)
    said = flat(walk_steps(chair, short, chair.prompt()))
    assert "Behind you: Beginnings. You have the words for it: token." in said
    assert "Ahead: Second half, 4 steps," in said
    assert "A good place to stop for today" in said
    chair.leave()


def test_a_word_that_stood_in_a_deeper_step_is_not_said_to_be_known(
    home: Path, course: Course
) -> None:
    lesson = course.lessons[0]
    apart = tuple(replace(s, deeper=bool(s.introduces)) for s in lesson.steps)
    course = replace(course, lessons=(replace(lesson, steps=apart), *course.lessons[1:]))
    second = next(i for i, step in enumerate(apart) if step.section and i)
    path = replace(lesson, steps=tuple(step for step in apart[:second] if not step.deeper))
    chair = Chair(home, course)
    said = flat(walk_steps(chair, path, chair.prompt()))
    assert "Ahead: Second half," in said
    assert "You have the words for it" not in said
    chair.leave()


def test_the_last_page_joins_each_guess_with_its_outcome(home: Path, course: Course) -> None:
    trial = TryIt(command="tutor look", why="where does it come from?")
    course = replace(course, lessons=(replace(course.lessons[0], try_it=trial),))
    lesson = course.lessons[0]
    chair = Chair(home, course, to_the_end)
    said = walk(chair, lesson, chair.prompt())
    for question in lesson.quiz:
        said = answer_rightly(chair, question, said)
    last = flat(chair.leave(""))
    assert "Lesson 1 is yours" in last
    assert f"You can now {next(iter(lesson.objectives.values()))}" in last
    assert "You said: mat Mostly mat." in last
    assert "How sure You said 75 % once, and were right." in last
    assert "Comes back" in last
    assert "Try it tutor look where does it come from?" in last
    assert "That was every lesson there is so far." in last


def test_what_was_missed_is_not_said_to_be_within_reach(home: Path, course: Course) -> None:
    aims = {"tokens": "say what a token is", "odds": "give odds", "deeper": "say why"}
    lesson = course.lessons[0]
    serve = {"check": "tokens", "q-single": "odds", "q-multiple": "deeper"}
    covering = [replace(s, covers=tuple(filter(None, [serve.get(s.id)]))) for s in lesson.steps]
    quiz = [replace(q, covers=tuple(filter(None, [serve.get(q.id)]))) for q in lesson.quiz]
    lesson = replace(lesson, objectives=aims, steps=tuple(covering), quiz=tuple(quiz[:2]))
    chair = Chair(home, replace(course, lessons=(lesson,)), to_the_end)
    said = walk(chair, lesson, chair.prompt())
    said = answer_rightly(chair, lesson.quiz[0], said)
    chair.type("s")
    chair.type("")
    last = flat(chair.leave(""))
    can, _, rest = last.partition("You can now ")[2].partition("Not yet sure ")
    assert "say what a token is" in can
    assert "give odds" in can
    assert rest.startswith("say why")


def test_a_lesson_whose_steps_were_passed_over_says_that_some_is_still_to_do(
    home: Path, course: Course
) -> None:
    more = replace(course.lessons[0], steps=(*course.lessons[0].steps, Text(id="new", text="N.")))
    chair = Chair(home, replace(course, lessons=(more,)), show_end_alone)
    assert "still to do" in chair.leave_said()


def show_end_alone(desk: Desk) -> None:
    show_ending(desk, day_of(NOON), "21 Nov")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"reveal": "It was *1.75 %*. More follows."}, "It was 1.75 %."),
        ({"reveal": "Long.", "outcome": "It filled a table."}, "It filled a table."),
    ],
)
def test_what_came_of_a_guess_is_the_author_s_words_or_the_reveal_s_first_sentence(
    step: dict[str, str], said: str
) -> None:
    assert outcome(Prediction(id="g", prompt="What?", **step)) == said  # type: ignore[arg-type]


def test_a_section_that_asks_keeps_its_question_mark_and_gets_no_stop_behind_it(
    course: Course,
) -> None:
    asks = replace(course.lessons[0].steps[0], section="A black box?")
    shown = section_behind("Only statistics?", (), (asks,), 1.0, stop=False)
    said = " ".join(map(as_text, shown))
    assert "Behind you: Only statistics?\n" in said
    assert "Ahead: A black box? 1 step," in said
