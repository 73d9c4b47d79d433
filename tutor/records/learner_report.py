"""One learner in a course: the numbers of `tutor progress`, from the same functions."""

from collections.abc import Iterator

from tutor.progress.lesson_progress import LessonProgress
from tutor.records.class_report import LearnerReport, LessonDone
from tutor.records.folding import CourseWork
from tutor.records.known_course import KnownCourse
from tutor.review.counting import held
from tutor.review.mastery import Mastery, report
from tutor.standing import standings


def learner_report(
    name: str, pseudonyms: tuple[str, ...], work: CourseWork, course: KnownCourse, day: int
) -> LearnerReport:
    """What one learner did; mastery as of a day."""
    lessons = tuple(_lessons(work, course))
    tallies = [one for lesson in work.progress.values() for one in lesson.tallies.values()]
    return LearnerReport(
        name=name,
        pseudonyms=pseudonyms,
        lessons=lessons,
        finished=sum(one.state == "finished" for one in lessons),
        questions=sum(bool(one.answers) for one in tallies),
        answers=sum(one.answers for one in tallies),
        first_tries=sum(one.first_tries for one in tallies),
        first_right=sum(one.first_right for one in tallies),
        objectives=_objectives(work, course, day),
        beliefs=tuple(sorted(held(work.cards, course.asked(work.cards)))),
        seconds=round(sum(one.seconds for one in work.progress.values()), 1),
        latest=work.latest,
    )


def _lessons(work: CourseWork, course: KnownCourse) -> Iterator[LessonDone]:
    if course.outline is None:
        for name, progress in work.progress.items():
            if name and progress.started:
                yield _without_course(name, progress, course)
        return
    for one in standings(course.outline, work.progress):
        if one.state != "new":
            yield LessonDone(
                lesson=one.id,
                title=one.title,
                state=one.state,
                steps_done=one.steps_done,
                steps=one.steps,
                quiz=one.quiz_best,
            )


def _without_course(name: str, progress: LessonProgress, course: KnownCourse) -> LessonDone:
    """A lesson of which nobody knows how many steps it has: its quiz tells that it is done."""
    return LessonDone(
        lesson=name,
        title=course.title_of(name),
        state="started" if progress.result is None else "finished",
        steps_done=len(progress.passed),
        steps=0,
        quiz=progress.best if progress.best[1] else None,
    )


def _objectives(work: CourseWork, course: KnownCourse, day: int) -> tuple[Mastery, ...]:
    return report(work.cards, course.outline, day).objectives if course.outline else ()
