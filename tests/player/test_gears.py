"""The course that a teacher wrote with the manual alone, on a bicycle's gears: taken whole."""

from pathlib import Path

from tests.player.chair import Chair
from tests.player.walking import answer_rightly, take_step, walk, wrong_line
from tests.progress.deeds import NOON
from tutor.checking.check import check_course
from tutor.course.model import AnyQuestion, FreeResponse, Number, Question
from tutor.course.reading import read_course
from tutor.judging.judge import judge
from tutor.judging.presenting import number_of, number_text, present
from tutor.judging.replies import Unclear, read_reply
from tutor.player.desk import Desk
from tutor.player.ending import show_ending
from tutor.player.play import play
from tutor.review.days import day_of

FOLDER = Path(__file__).parents[1] / "courses" / "gears"
GEARS = read_course(FOLDER)


def to_the_end(desk: Desk) -> None:
    """Take the lesson, and see its last page."""
    play(desk)
    show_ending(desk, day_of(NOON), "21 Nov")


def miss(chair: Chair, question: AnyQuestion, said: str) -> str:
    """Answer wrongly, take both hints, have the answer shown and go on."""
    if isinstance(question, FreeResponse):
        return answer_rightly(chair, question, said)
    said = chair.type(wrong_line(question, said))
    said += chair.type("3") if question.confidence else ""
    assert "Not yet." in said, question.id
    for hint in ("Hint 1", "Hint 2"):
        assert hint in chair.type(":h"), question.id
    said = chair.type(":s")
    assert "The answer:" in said, question.id
    return chair.type("")


def test_it_has_no_problems() -> None:
    problems, summary = check_course(FOLDER)
    assert problems == []
    assert summary.startswith("3 lessons, 29 questions")


def test_who_knows_it_takes_every_lesson_and_quiz_and_is_told_what_they_can_do(home: Path) -> None:
    for number, lesson in enumerate(GEARS.lessons):
        chair = Chair(home, GEARS, to_the_end, lesson=number)
        said = walk(chair, lesson, chair.prompt())
        for question in lesson.quiz:
            said = answer_rightly(chair, question, said)
        last = " ".join(chair.leave("").split())
        assert f"Lesson {number + 1} is yours" in last
        assert f"You can now {next(iter(lesson.objectives.values()))}" in last


def test_who_misses_everything_gets_hints_and_answers_and_no_praise(home: Path) -> None:
    for number, lesson in enumerate(GEARS.lessons):
        chair = Chair(home, GEARS, to_the_end, lesson=number)
        said = chair.prompt()
        for step in lesson.steps:
            if isinstance(step, Question) and not step.deeper:
                said = miss(chair, step, said)
            elif not step.deeper:
                said = take_step(chair, step, said)
        said = chair.type("")
        for question in lesson.quiz:
            said = miss(chair, question, said)
        last = " ".join(chair.leave("").split())
        first = next(iter(lesson.objectives.values()))
        assert f"You can now {first}" not in last
        assert f"Not yet sure {first}" in last


def test_what_its_author_typed_in_vain_is_understood() -> None:
    typed = {
        "c-ratio": ("{}:1", "{} to 1"),
        "c-rollout": ("{} metres", "{}m"),
        "c-power": ("{} watts", "{} W"),
        "c-speed": ("{} kph", "{} kmh", "{} km per hour"),
        "q-steepest": ("{} m/s", "{} metres per second"),
    }
    steps = [s for lesson in GEARS.lessons for s in (*lesson.steps, *lesson.quiz) if s.id in typed]
    for step in steps:
        assert isinstance(step, Number)
        shown = present(step, 3)
        assert isinstance(shown.question, Number)
        answer = number_text(number_of(shown.question.answer), shown.question.decimals)
        for line in typed[step.id]:
            reply = read_reply(shown, line.format(answer))
            assert not isinstance(reply, Unclear), (line, reply)
            assert judge(shown.question, reply).right
