"""How long things take: an estimate from words read and questions answered."""

from typing import assert_never

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
    match step:
        case Text():
            return _reading(step.text)
        case Figure():
            return 0.5 + _reading(step.caption)
        case Worked():
            return _reading(step.problem, *step.lines) + 0.3 * len(step.lines)
        case Recap():
            return _reading(*step.points)
        case Demo():
            return 1.5 + _reading(step.notice)
        case Recall():
            return 0.5 + _reading(step.text)
        case Prediction():
            return 0.3 + _reading(step.prompt, *step.options, step.reveal)
        case _:
            return question_minutes(step)


def question_minutes(question: AnyQuestion) -> float:
    """Minutes that a question takes, thinking included."""
    read = _reading(question.prompt, question.explanation)
    match question:
        case SingleChoice() | MultipleChoice() | TrueFalse() | ShortText() | Bet():
            return read + 0.4
        case Cloze():
            return read + 0.4 * len(question.blanks)
        case Ordering() | Matching():
            return read + 0.8
        case Number():
            return read + 1.2
        case FreeResponse():
            return read + 4
        case _:
            assert_never(question)


def quiz_minutes(lesson: Lesson) -> int:
    """Minutes that the whole quiz takes."""
    return max(1, round(sum(map(question_minutes, lesson.quiz))))


def lesson_minutes(lesson: Lesson) -> int:
    """Minutes that the steps of a lesson take, the quiz not counted."""
    return max(1, round(sum(map(step_minutes, lesson.steps))))


def _reading(*passages: str) -> float:
    return sum(len(passage.split()) for passage in passages) / WORDS_A_MINUTE
