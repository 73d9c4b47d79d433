"""Where a learner stands in a course: lessons held against progress. Pure."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tutor.course.minutes import at_pace
from tutor.course.numbering import place_in
from tutor.course.outline import LessonOutline, Outline, StepOutline
from tutor.progress.lesson_progress import LessonProgress, Run
from tutor.progress.times import Times

if TYPE_CHECKING:
    from tutor.course.model import AnyStep, Lesson

NO_TIMES = Times()
SKIMMED = 0.1
"""Of the estimate: a step left sooner was not read."""
ENOUGH_STEPS = 20
LEAST_PACE, MOST_PACE = 0.5, 2.0
NOW = "now"
"""What a guess is called that was made anew, beside the step's own first one."""
MONTH, TWO_MONTHS = 30, 60
"""Days after a lesson in which home offers to ask its guesses anew."""
State = Literal["new", "started", "finished"]


class Stand(Struct, frozen=True):
    """Where to go on in a lesson: a step by index, or the quiz."""

    step: int
    quiz: bool = False


class LessonStanding(Struct, frozen=True, kw_only=True):
    """One lesson as the learner has it."""

    number: int
    id: str
    title: str
    state: State
    skipped: bool
    """Left out after a placement, and not begun since."""
    steps: int
    """Steps of the main path."""
    steps_done: int
    deeper: int
    """Steps beside it."""
    deeper_done: int
    at: Stand
    place: str
    """Which step that is, in words."""
    section: str
    minutes: int
    """To the next good stopping point."""
    asking: str
    """In the quiz or its practice: which question of how many; else empty."""
    quiz: int
    """Questions in the quiz."""
    quiz_result: tuple[int, int] | None
    """Right answers and questions of the latest run that counts."""
    quiz_best: tuple[int, int] | None
    seconds: float
    latest: str
    removed: tuple[str, ...]
    """Answered questions that the lesson no longer has."""


def stand(lesson: "Lesson | LessonOutline", progress: LessonProgress) -> Stand:
    """Work out where to go on, whatever became of the lesson's steps meanwhile."""
    ids = [step.id for step in lesson.steps]
    last = max(i for i, step in enumerate(lesson.steps) if not step.deeper)
    if progress.run and not progress.position:
        return Stand(last, quiz=True)
    if progress.position in ids:
        index = ids.index(progress.position)
        if progress.position not in progress.passed or index < last:
            return Stand(index)
    unseen = next((i for i, s in enumerate(lesson.steps) if not _is_behind(s, progress)), None)
    if unseen is not None:
        return Stand(unseen)
    if lesson.quiz and (progress.run or not progress.result):
        return Stand(last, quiz=True)
    return Stand(0)


def _is_behind(step: "AnyStep | StepOutline", progress: LessonProgress) -> bool:
    """Tell whether nothing is left to do at a step: it was gone on from, or lies off the path."""
    return step.deeper or step.id in progress.passed


def is_finished(lesson: "Lesson | LessonOutline", progress: LessonProgress) -> bool:
    """Tell whether the main path was walked and the quiz, if any, came to its end.

    Lessons are cut anew, and what was done stays done: in place of steps of the main path, others
    count that were gone on from, such as those that it had when the learner walked it.
    """
    walked = len(progress.passed) >= sum(not step.deeper for step in lesson.steps)
    if not lesson.quiz:  # nothing but its own steps says that the end was reached
        walked = all(_is_behind(step, progress) for step in lesson.steps)
    return walked and (progress.result is not None or not lesson.quiz)


def pace(course: Outline, times: Mapping[str, Times]) -> float:
    """By what the estimated minutes are multiplied for this learner.

    The median of measured to estimated time over the steps that they read or watched; a step gone
    through in a tenth of its time was not read. 1 below twenty such steps; between a half and two.
    """
    ratios = [
        seconds / 60 / step.minutes
        for lesson in course.lessons
        for step in lesson.steps
        if (seconds := times.get(lesson.id, NO_TIMES).seconds.get(step.id, 0.0)) and step.minutes
    ]
    read = [ratio for ratio in ratios if ratio >= SKIMMED]
    if len(read) < ENOUGH_STEPS:
        return 1.0
    from statistics import median  # 10 ms, and only where there is something to work out

    return min(max(median(read), LEAST_PACE), MOST_PACE)


def standings(
    course: Outline, lessons: Mapping[str, LessonProgress], pace: float = 1.0
) -> tuple[LessonStanding, ...]:
    """Every lesson of the course in order, as the learner has it; minutes at their `pace`."""
    return tuple(
        _standing(number, lesson, lessons.get(lesson.id) or LessonProgress(), pace)
        for number, lesson in enumerate(course.lessons, 1)
    )


def to_look_back(
    standing: Sequence[LessonStanding], lessons: Mapping[str, LessonProgress], today: str
) -> LessonStanding | None:
    """The lesson of a month ago whose first guesses were not asked anew, the latest of several.

    `today` is a date as 2026-11-27, in UTC as events are.
    """
    day = datetime.date.fromisoformat(today).toordinal()
    found = [
        one
        for one in standing
        if one.latest and MONTH <= day - _day(one.latest) < TWO_MONTHS and _guessed(lessons[one.id])
    ]
    return max(found, key=lambda one: one.latest, default=None)


def _day(moment: str) -> int:
    return datetime.date.fromisoformat(moment[:10]).toordinal()


def _guessed(progress: LessonProgress) -> bool:
    """Tell whether there are first guesses, and none made anew."""
    names = progress.predictions
    is_anew = any(name.split("/")[1:2] == [NOW] for name in names)
    return not is_anew and any("/" not in name for name in names)


def next_lesson(standing: tuple[LessonStanding, ...]) -> LessonStanding | None:
    """The lesson to go on with: the latest one under way, else the first not finished."""
    started = [s for s in standing if s.state == "started" or s.asking]
    if started:
        return max(started, key=lambda s: s.latest)
    return next((s for s in standing if s.state != "finished" and not s.skipped), None)


def _standing(
    number: int, lesson: LessonOutline, progress: LessonProgress, pace: float
) -> LessonStanding:
    at = stand(lesson, progress)
    sections = [step.section for step in lesson.steps[: at.step + 1] if step.section]
    return LessonStanding(
        number=number,
        id=lesson.id,
        title=lesson.title,
        state=_state(lesson, progress),
        skipped=progress.skipped and not progress.started,
        steps=sum(not step.deeper for step in lesson.steps),
        steps_done=_passed(lesson, progress, deeper=False),
        deeper=sum(step.deeper for step in lesson.steps),
        deeper_done=_passed(lesson, progress, deeper=True),
        at=at,
        place=place_in(lesson.steps, at.step),
        section="Quiz" if at.quiz else sections[-1] if sections else "",
        minutes=at_pace(lesson.quiz_minutes if at.quiz else lesson.minutes_to_stop(at.step), pace),
        asking=_asking(lesson, progress) if at.quiz else "",
        quiz=len(lesson.quiz),
        quiz_result=_score(progress.result),
        quiz_best=progress.best if progress.best[1] else None,
        seconds=round(progress.seconds, 1),
        latest=progress.latest,
        removed=tuple(sorted(progress.tallies.keys() - {one.id for one in lesson.questions})),
    )


def _passed(lesson: LessonOutline, progress: LessonProgress, *, deeper: bool) -> int:
    return sum(step.id in progress.passed for step in lesson.steps if step.deeper is deeper)


def _asking(lesson: LessonOutline, progress: LessonProgress) -> str:
    run = progress.run
    if run is None:
        return f"quiz, question 1 of {len(lesson.quiz)}"
    number = run.items.index(run.next) + 1 if run.next else len(run.items)
    return f"{'practice' if run.practice else 'quiz'}, question {number} of {len(run.items)}"


def _state(lesson: LessonOutline, progress: LessonProgress) -> State:
    if is_finished(lesson, progress):
        return "finished"
    return "started" if progress.started else "new"


def _score(run: Run | None) -> tuple[int, int] | None:
    return (run.right, len(run.items)) if run else None
