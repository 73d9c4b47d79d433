"""A course as an Anki package: a note a question, a deck a lesson, a note type a family of kinds.

Ids follow from those of course, lesson and question, so that a later export updates the notes of
an earlier one and keeps their history. Only home of genanki.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import assert_never

import genanki

from tutor.course.contents import BLANK
from tutor.course.model import (
    AnyQuestion,
    Bet,
    Cloze,
    Course,
    FreeResponse,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
)
from tutor.exchange.anki_cards import ARRANGED, CHOICE, CLOZE, FIELDS, TYPED, WRITTEN
from tutor.exchange.items import Item, also_right, items, otherwise, rebuttals, rubric, solution
from tutor.exchange.page import Page, exactly
from tutor.judging.answers import answer_text
from tutor.judging.presenting import number_of, number_text

DRAWN = "The numbers were drawn once for this card; in the course they change."


def package(course: Course, lessons: Sequence[Lesson], seconds: float) -> bytes:
    """The package's bytes; `seconds` since 1970 is when its notes changed last.

    Anki takes changes only of notes that are younger than its own.
    """
    decks: dict[str, genanki.Deck] = {}
    page = Page(course)
    for item in items(course, lessons):
        deck = decks.setdefault(item.lesson.id, _deck(item))
        deck.add_note(_note(item, page))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "course.apkg"
        genanki.Package(list(decks.values())).write_to_file(str(file), timestamp=seconds)
        return file.read_bytes()


def _deck(item: Item) -> genanki.Deck:
    width = len(str(len(item.course.lessons)))
    title = f"{item.number:0{width}}. {item.lesson.title}"
    name = "::".join(part.replace("::", ": ") for part in (item.course.title, title))
    return genanki.Deck(_number(f"{item.course.id}/{item.lesson.id}"), name)


def _number(name: str) -> int:
    """A number that follows from a name, in the range of Anki's ids of decks."""
    whole = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return (1 << 30) + whole % (1 << 30)


def _note(item: Item, page: Page) -> genanki.Note:
    fields = _fields(item, page)
    return genanki.Note(
        model=_family(item.question),
        fields=[_quiet(fields.get(name, "")) for name in FIELDS],
        guid=genanki.guid_for("llm-tutor", item.name),
        tags=[f"{item.course.id}::{item.lesson.id}", f"kind::{_kind(item.question)}"],
    )


def _quiet(html: str) -> str:
    """Keep Anki from seeing [sound:…] or [latex] of its own in a text."""
    return html.replace("[", "&#91;")


def _kind(question: AnyQuestion) -> str:
    return str(type(question).__struct_config__.tag)


def _family(question: AnyQuestion) -> genanki.Model:
    match question:
        case SingleChoice() | MultipleChoice() | TrueFalse() | Bet():
            return CHOICE
        case Number() | ShortText():
            return TYPED
        case Cloze():
            return CLOZE
        case Ordering() | Matching():
            return ARRANGED
        case FreeResponse():
            return WRITTEN
        case _:
            assert_never(question)


def _fields(item: Item, page: Page) -> dict[str, str]:
    question = item.question
    hints = [page.html(hint) for hint in question.hints]
    notes = [DRAWN] if item.is_drawn else []
    return {
        "Question": _asked(question, page),
        "Given": _given(item),
        "Answer": _answer(question, page),
        "Also right": page.listed(map(exactly, also_right(question))),
        "Wrong answers": _wrong(question, page),
        "Hint 1": hints[0] if hints else "",
        "Hint 2": "".join(hints[1:]),
        "Explanation": page.html(question.explanation) + page.html(solution(question)),
        "Note": " ".join(notes),
        "Source": exactly(f"{item.course.title}, {item.lesson.title}"),
        "Id": item.name,
    }


def _asked(question: AnyQuestion, page: Page) -> str:
    if not isinstance(question, Cloze):
        return page.html(question.prompt)
    answers = iter(enumerate(question.blanks, 1))
    gaps = {f"\ue000{n}\ue001": _gap(n, blank.accept[0]) for n, blank in answers}
    marks = iter(gaps)
    html = page.html(BLANK.sub(lambda _match: next(marks), question.prompt))
    for mark, gap in gaps.items():
        html = html.replace(mark, gap)
    return html


def _gap(number: int, answer: str) -> str:
    """A gap as Anki writes it; what would end it early is parted."""
    return f"{{{{c{number}::{escape(answer).replace('}}', '} }').replace('::', ': :')}}}}}"


def _given(item: Item) -> str:
    """What there is to choose from, or how to answer."""
    question = item.question
    listed = "".join(f"<li>{exactly(label)}</li>" for label in item.shown.labels)
    match question:
        case TrueFalse():
            return "True or false?"
        case SingleChoice() | Bet():
            return f"<ol>{listed}</ol>"
        case MultipleChoice():
            return f"<p>Any number of these may be right.</p><ol>{listed}</ol>"
        case Ordering():
            return f"<p>Put these in order.</p><ul>{listed}</ul>"
        case Matching():
            lefts = "".join(f"<li>{exactly(pair.left)}</li>" for pair in question.pairs)
            return f"<ol>{lefts}</ol><p>What goes with what?</p><ul>{listed}</ul>"
        case Number(unit=unit):
            return f"Answer in {exactly(unit)}." if unit else "Answer with a number."
        case ShortText() | Cloze():
            return ""
        case FreeResponse():
            return "Answer in your own words, then compare."
        case _:
            assert_never(question)


def _answer(question: AnyQuestion, page: Page) -> str:
    match question:
        case Ordering():
            return page.listed(map(exactly, question.items), "ol")
        case Matching():
            return page.listed(exactly(f"{pair.left}: {pair.right}") for pair in question.pairs)
        case FreeResponse():
            return page.html(question.model) + page.listed(map(exactly, rubric(question)))
        case Number():
            return number_text(number_of(question.answer), question.decimals)
        case _:
            return exactly(answer_text(question))


def _wrong(question: AnyQuestion, page: Page) -> str:
    rows = [
        f"<b>{exactly(one.answer)}</b> {page.line(one.feedback)}"
        + (f" <i>({exactly(one.belief)})</i>" if one.belief else "")
        for one in rebuttals(question)
    ]
    rest = otherwise(question)
    return page.listed([*rows, *([f"<b>Anything else</b> {page.line(rest)}"] if rest else [])])
