"""A quiz before and after: what is coming, and every item with your answer and the right one."""

from collections.abc import Mapping

from rich.console import RenderableType
from rich.text import Text

from tutor.course.minutes import at_pace
from tutor.course.model import AnyQuestion, Course, FreeResponse, Lesson
from tutor.course.pace import question_minutes
from tutor.judging.answers import answer_text
from tutor.judging.presenting import Shown, present
from tutor.progress.lesson_progress import Item, Run
from tutor.screen.bars import counted, heading
from tutor.screen.markdown import markdown
from tutor.screen.question_view import (
    RIGHT_MARK,
    WRONG_MARK,
    asked_text,
    explanation,
    in_words,
)
from tutor.screen.step_view import prose
from tutor.screen.terminal import Look


def quiz_start(
    lesson: Lesson, count: int, look: Look, pace: float, *, practice: bool
) -> list[RenderableType]:
    """What is coming."""
    title = "Practice: what you missed" if practice else f"Quiz: {lesson.title}"
    minutes = sum(map(question_minutes, lesson.quiz)) * count / max(1, len(lesson.quiz))
    about = f"{counted(count, 'question')}, about {counted(at_pace(minutes, pace), 'minute')}."
    rule = "This round does not count." if practice else "Your first try at each is what counts."
    return [heading(title, "", look), Text(f"{about} {rule} Quit at any time; nothing is lost.")]


def how_sure(count: int) -> RenderableType:
    """Announce that some questions come with another."""
    at = f"At {count} of them" if count > 1 else "At one of them"
    said = f"{at} you are asked how sure you are, before the verdict. It changes no mark."
    return Text(said, style="dim")


def summary(
    course: Course, lesson: Lesson, run: Run, seeds: Mapping[str, int], look: Look
) -> list[RenderableType]:
    """The score, then item by item: your answer, the right one, and why."""
    title = "Practice result" if run.practice else "Quiz result"
    score = f"{run.right}/{len(run.items)}"
    parts: list[RenderableType] = [Text(f"{title}: {score}, item by item", style="bold"), Text("")]
    questions = {question.id: question for question in lesson.quiz}
    for number, name in enumerate(run.items, 1):
        shown = present(questions[name], seeds[name])
        item = run.answers.get(name) or Item()
        parts += [*_line(number, shown, item, course, look), Text("")]
    return [*parts, *_conclusion(title, score, run)]


def _conclusion(title: str, score: str, run: Run) -> list[RenderableType]:
    """The score again, where the eye is after a long list."""
    known = {name for name, item in run.answers.items() if item.known}
    missed = [str(number) for number, name in enumerate(run.items, 1) if name not in known]
    if not missed:
        return [Text(f"{title}: {score}. Nothing missed.", style="bold")]
    return [Text(f"{title}: {score}. Missed: {', '.join(missed)}.", style="bold")]


def _line(
    number: int, shown: Shown, item: Item, course: Course, look: Look
) -> list[RenderableType]:
    question = shown.question
    mark = f"{RIGHT_MARK} right" if item.known else f"{WRONG_MARK} missed"
    head = Text(f"{number}. {mark}", style="bold green" if item.known else "bold yellow")
    return [
        head,
        *prose(asked_text(question, look), course, look),
        Text(f"You: {_yours(shown, item)}"),
        *_right(question, item, look),
        *explanation(question, course, look),
    ]


def _yours(shown: Shown, item: Item) -> str:
    if not item.raw:
        return "skipped" if item.skipped else "no answer before the answer was shown"
    said = in_words(shown, item.raw, item.said)
    if isinstance(shown.question, FreeResponse):
        return f"{said}\n({round(100 * item.score)} % of the rubric, by your own judgement)"
    if item.vouched:
        return f"{said} (right by your own word)" if item.first_right else said
    if item.known or not item.found:
        return said
    return f"{said} (found at try {item.tries})"


def _right(question: AnyQuestion, item: Item, look: Look) -> list[RenderableType]:
    if item.known and not isinstance(question, FreeResponse):
        return []
    if isinstance(question, FreeResponse):
        return [Text("A model answer:"), markdown(question.model, look)]
    return [Text(f"Right: {answer_text(question)}")]
