"""A whole lesson as one Markdown text: to read again, to print, to keep."""

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from rich.console import RenderableType

from tutor.course.art import bare
from tutor.course.contents import FACT
from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Course,
    Demo,
    Figure,
    Lesson,
    Matching,
    Prediction,
    Question,
    Recall,
    Recap,
    Reference,
    Text,
    Worked,
)
from tutor.course.numbering import step_numbers
from tutor.judging.answers import answer_text
from tutor.judging.presenting import listing, present
from tutor.screen.markdown import markdown
from tutor.screen.question_view import asked_text, on_paper
from tutor.screen.step_view import fill_facts
from tutor.screen.terminal import Look

DemoText = Callable[[Demo, Look], str]
"""What a demo shows in a look, as text."""


def rendered(text: str, look: Look) -> RenderableType:
    """Markdown on the screen."""
    return markdown(text, look)


Asking = Callable[[AnyQuestion], Iterable[str]]
"""What is printed of a question, in paragraphs."""


def with_answer(question: AnyQuestion) -> Iterator[str]:
    """A question with its answer right behind it."""
    drawn = present(question, 0).question
    yield from asked(drawn)
    yield f"**Answer.** {answer_text(drawn)}"
    yield drawn.explanation


def lesson(
    course: Course, chosen: Lesson, demo_text: DemoText, look: Look, ask: Asking = with_answer
) -> str:
    """Everything a lesson says, its quiz at the end; demos are run.

    In a plain look a drawing is told in words.
    """
    number = course.lessons.index(chosen) + 1
    parts = [f"# {number}. {chosen.title}", chosen.summary]
    parts += ["\n".join(f"- {objective}" for objective in chosen.objectives.values())]
    for step in chosen.steps:
        if step.section:
            parts.append(f"## {step.section}")
        parts += [*(("*Deeper*",) if step.deeper else ()), *_step(step, demo_text, look, ask)]
    if chosen.quiz:
        parts.append("## Quiz")
        parts += [part for question in chosen.quiz for part in ask(question)]
    if chosen.reading:
        parts.append("## Further reading")
        titles = {reference.id: cite(reference) for reference in course.references}
        parts += [f"- {titles[r.reference]}. {r.why.strip()}" for r in chosen.reading]
    if chosen.try_it:
        parts += ["## Try it", f"`{chosen.try_it.command}`", chosen.try_it.why]
    text = "\n\n".join(part.strip("\n") for part in parts) + "\n"
    return fill_facts(text, {fact.id: fact for fact in course.facts}) + _dates(course, text)


def _dates(course: Course, text: str) -> str:
    cited = set(FACT.findall(text))
    lines = [
        f"- {fact.text}: as of {fact.checked_on}; {fact.source}"
        for fact in course.facts
        if fact.id in cited
    ]
    return "\n## Dated facts\n\n" + "\n".join(lines) + "\n" if lines else ""


def _step(step: AnyStep, demo_text: DemoText, look: Look, ask: Asking) -> Iterator[str]:
    match step:
        case Text():
            yield step.text
        case Figure():
            yield f"**{step.caption}**"
            if not look.plain:
                yield f"```\n{bare(step.art).strip(chr(10))}\n```"
            yield step.alternative
        case Worked():
            yield step.problem
            yield "\n".join(f"{n}. {line.strip()}" for n, line in enumerate(step.lines, 1))
        case Recap():
            yield "\n".join(f"- {point.strip()}" for point in step.points)
        case Demo():
            yield f"**Demo: {step.title}**"
            yield f"```\n{demo_text(step, look).rstrip()}\n```"
            yield step.notice
        case Recall():
            yield step.text
        case Prediction():
            yield f"**Your guess:** {step.prompt}"
            if step.options:
                yield "\n".join(f"- {option}" for option in step.options)
            yield step.reveal
        case Question():
            yield from ask(step)
        case _:
            assert_never(step)


def asked(drawn: AnyQuestion, name: str = "Question") -> Iterator[str]:
    """What a question asks, and what there is to choose from; its numbers must be drawn."""
    yield f"**{name}.** {asked_text(drawn, Look(plain=True))}"
    if isinstance(drawn, Matching):
        yield "\n".join(f"- {pair.left}" for pair in drawn.pairs)
    if how := on_paper(drawn):
        yield how
    options = listing(drawn)
    if options:
        yield "\n".join(f"- {option}" for option in sorted(options))


def sources(course: Course, chosen: Lesson) -> str:
    """Who says so: every reference of the lesson, with the steps that rest on it."""
    uses: dict[str, list[str]] = {}
    for number, step in zip(step_numbers(chosen.steps), chosen.steps, strict=True):
        for name in step.sources:
            uses.setdefault(name, []).append(f"step {number}")
    for place, question in enumerate(chosen.quiz, 1):
        for name in question.sources:
            uses.setdefault(name, []).append(f"quiz {place}")
    lines = [f"# Sources of {chosen.title}", f"Checked on {chosen.checked_on}."]
    lines += _cited(course.references, uses)
    facts = set(FACT.findall(lesson_text(chosen)))
    lines += [
        f"- {fact.text}: {fact.source}, {fact.checked_on}"
        for fact in course.facts
        if fact.id in facts
    ]
    lines += _inventory(course, chosen)
    return "\n\n".join(lines) + "\n"


def _inventory(course: Course, chosen: Lesson) -> list[str]:
    """What the lesson takes from the source documents, and what it adds."""
    topics = [topic for topic in course.topics if topic.lesson == chosen.id]
    titles = {reference.id: reference for reference in course.references}
    lines = [f"## What it takes from its source documents, and adds ({len(topics)})"]
    for topic in topics:
        known = [titles[name] for name in topic.documents if name in titles]
        documents = "; ".join(f"{r.title}, {r.date}".rstrip(", ") for r in known)
        lines.append(f"- {topic.id}: {topic.text} ({documents or 'added'})")
    return lines if topics else []


def lesson_text(chosen: Lesson) -> str:
    """All of a lesson's words run together."""
    from tutor.course.contents import texts

    return "\n".join(text for _, text in texts(chosen))


def _cited(references: Iterable[Reference], uses: dict[str, list[str]]) -> list[str]:
    return [
        f"- {cite(reference)} ({', '.join(dict.fromkeys(uses[reference.id]))})"
        for reference in references
        if reference.id in uses
    ]


def cite(reference: Reference) -> str:
    """A reference on one line: id, authors, title, date, where."""
    details = ", ".join(filter(None, [reference.authors, reference.date, reference.where]))
    return f"[{reference.id}] {reference.title}" + (f" ({details})" if details else "")
