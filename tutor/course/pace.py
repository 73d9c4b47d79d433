"""How long things take: an estimate from words read and questions answered."""

from typing import assert_never

from tutor.course.contents import main_path, passages, words
from tutor.course.minutes import at_pace
from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Bet,
    Cloze,
    Demo,
    Figure,
    FreeResponse,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Prediction,
    Recall,
    Recap,
    ShortText,
    SingleChoice,
    Text,
    TrueFalse,
    Worked,
)

WORDS_A_MINUTE = 190
"""Adults read non-fiction at about 238 (Brysbaert, 2019); study is slower."""


def step_minutes(step: AnyStep) -> float:
    """Minutes that a step takes a careful reader."""
    return _reading(step) + _beside_reading(step)


def question_minutes(question: AnyQuestion) -> float:
    """Minutes that a question takes, thinking included."""
    return step_minutes(question)


def _beside_reading(step: AnyStep) -> float:
    """Minutes of looking, thinking and typing."""
    match step:
        case Text() | Recap():
            return 0.0
        case Recall(again=True):
            return 1.0
        case Figure() | Recall():
            return 0.5
        case Worked():
            return 0.3 * len(step.lines)
        case Demo():
            return 1.5
        case Prediction():
            return 0.3
        case SingleChoice() | MultipleChoice() | TrueFalse() | ShortText() | Bet():
            return 0.4
        case Cloze():
            return 0.4 * len(step.blanks)
        case Ordering() | Matching():
            return 0.8
        case Number():
            return 1.2
        case FreeResponse():
            return 4
        case _:
            assert_never(step)


def quiz_minutes(lesson: Lesson, pace: float = 1.0) -> int:
    """Minutes that the whole quiz takes a learner of some pace (`tutor.standing.pace`)."""
    return at_pace(sum(map(question_minutes, lesson.quiz)), pace)


def lesson_minutes(lesson: Lesson, pace: float = 1.0) -> int:
    """Minutes that the main path of a lesson takes; deeper steps and the quiz are not counted."""
    return at_pace(sum(map(step_minutes, main_path(lesson))), pace)


def deeper_minutes(lesson: Lesson, pace: float = 1.0) -> int:
    """Minutes that the deeper steps of a lesson take, all of them; 0 where there are none."""
    deeper = [step_minutes(step) for step in lesson.steps if step.deeper]
    return at_pace(sum(deeper), pace) if deeper else 0


def _reading(step: AnyStep) -> float:
    return sum(map(words, passages(step))) / WORDS_A_MINUTE
