"""What a lesson asks of whoever takes it: minutes, words, how much of it is only read."""

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from tutor.checking.coverage import asked_in, taught_in
from tutor.course.contents import Doing, doing, main_path, passages, words
from tutor.course.model import (
    AnyStep,
    Course,
    Demo,
    Lesson,
    Prediction,
    Question,
    Recall,
    Recap,
    Text,
    Worked,
)
from tutor.course.pace import deeper_minutes, lesson_minutes, quiz_minutes
from tutor.course.readability import reading_ease


class Measures(Struct, frozen=True, kw_only=True):
    """A lesson in numbers: of its main path, where nothing else is said."""

    lesson: str
    title: str
    minutes: int
    deeper_minutes: int
    quiz_minutes: int
    steps: int
    deeper_steps: int
    kinds: dict[str, int]
    """How many steps of each kind."""
    passive_share: float
    """Steps at which the learner only reads, of all."""
    passive_run: int
    """The most of them in a row."""
    first_step_acts: bool
    words: int
    deeper_words: int
    words_in_longest: int
    """The most that is read at one go, between two keys."""
    longest: str
    """The step that holds it."""
    new_terms: int
    """The most that one step introduces."""
    reading_ease: float
    """Flesch's."""
    topics: int
    """Items of the inventory that are this lesson's."""
    taught: int
    asked: int


def measures(course: Course, lesson: Lesson) -> Measures:
    """Measure a lesson."""
    path = main_path(lesson)
    share = {topic.id for topic in course.topics if topic.lesson == lesson.id}
    longest = max(path, key=words_at_once)
    return Measures(
        lesson=lesson.id,
        title=lesson.title,
        minutes=lesson_minutes(lesson),
        deeper_minutes=deeper_minutes(lesson),
        quiz_minutes=quiz_minutes(lesson) if lesson.quiz else 0,
        steps=len(path),
        deeper_steps=len(lesson.steps) - len(path),
        kinds=_kinds(path),
        passive_share=sum(map(is_passive, path)) / len(path),
        passive_run=max(map(len, passive_runs(path)), default=0),
        first_step_acts=not is_passive(path[0]),
        words=_words(path),
        deeper_words=_words(step for step in lesson.steps if step.deeper),
        words_in_longest=words_at_once(longest),
        longest=longest.id,
        new_terms=max(len(step.introduces) for step in path),
        reading_ease=reading_ease(prose(path)),
        topics=len(share),
        taught=len(share & taught_in(course)),
        asked=len(share & asked_in(course)),
    )


def is_passive(step: AnyStep) -> bool:
    """Tell whether the learner only reads."""
    return doing(step) is Doing.READS


def passive_runs(path: Iterable[AnyStep]) -> list[list[AnyStep]]:
    """Steps in a row at which the learner only reads."""
    return [list(run) for passive, run in groupby(path, is_passive) if passive]


def words_at_once(step: AnyStep) -> int:
    """The most words that a step has the learner read between two keys."""
    return max(map(words, passages(step)))


def prose(path: Iterable[AnyStep]) -> list[str]:
    """What is read as sentences; options and captions are not."""
    return [text for step in path for text in _sentences(step)]


def _sentences(step: AnyStep) -> tuple[str, ...]:
    match step:
        case Text() | Recall():
            return (step.text,)
        case Worked():
            return (step.problem, *step.lines)
        case Recap():
            return step.points
        case Demo():
            return (step.notice,)
        case Prediction():
            return (step.prompt, step.reveal)
        case Question():
            return (step.prompt, step.explanation)
        case _:
            return ()


def _words(path: Iterable[AnyStep]) -> int:
    return sum(words(group) for step in path for group in passages(step))


def _kinds(path: Iterable[AnyStep]) -> dict[str, int]:
    names = [_kind(step) for step in path]
    return {name: names.count(name) for name in KINDS if name in names}


KINDS = ("text", "figure", "worked", "recap", "recall", "demo", "prediction", "question")


def _kind(step: AnyStep) -> str:
    return "question" if isinstance(step, Question) else str(step.__struct_config__.tag)
