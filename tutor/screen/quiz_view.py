"""A quiz before and after: what is coming, and every item with your answer and the right one."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Result:
    """How a run of a quiz went."""

    course: Course
    lesson: Lesson
    run: Run
    seeds: Mapping[str, int]
    """By which each item was drawn."""

    def shown(self, number: int) -> tuple[Shown, Item]:
        """An item by its number from 1, as it was asked, and how it went."""
        name = self.run.items[number - 1]
        question = next(question for question in self.lesson.quiz if question.id == name)
        return present(question, self.seeds[name]), self.run.answers.get(name) or Item()


def summary(result: Result, look: Look) -> list[RenderableType]:
    """What was missed: your answer, the right one, and why; what was known is folded."""
    parts: list[RenderableType] = []
    known: list[str] = []
    for number in range(1, len(result.run.items) + 1):
        if result.shown(number)[1].known:
            known.append(str(number))
        else:
            parts += [*result_item(result, number, look), Text("")]
    folded = f"Right: {', '.join(known)}. Type a number to see that one."
    folds = [Text(folded, style="dim")] if known else []
    return [*parts, *folds, *_conclusion(result.run)]


def result_item(result: Result, number: int, look: Look) -> list[RenderableType]:
    """One item of a result, by its number from 1."""
    shown, item = result.shown(number)
    return _line(number, shown, item, result.course, look)


def _conclusion(run: Run) -> list[RenderableType]:
    """The score, where the eye is after a long list."""
    title = "Practice result" if run.practice else "Quiz result"
    score = f"{run.right}/{len(run.items)}"
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
