"""A course's questions in GIFT, which Moodle imports.

https://docs.moodle.org/en/GIFT_format. What GIFT has no form for is turned into its nearest kind or
left out; either is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from tutor.course.contents import BLANK
from tutor.course.model import (
    Bet,
    Blank,
    Cloze,
    Course,
    FreeResponse,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
    WrongText,
)
from tutor.exchange.items import Item, items
from tutor.exchange.page import Page, exactly
from tutor.judging.presenting import number_of, number_text, shares

_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"} | {"\n": "\\n", "\r": ""})


@dataclass
class Gift:
    """The text of a GIFT file, and what of the course is not, or is otherwise, in it."""

    text: str = ""
    said: dict[str, list[str]] = field(default_factory=dict)
    """What became of some questions, with their names."""

    def tell(self, item: Item, what: str) -> None:
        """Note that something became of a question."""
        self.said.setdefault(what, []).append(f"{item.lesson.id}/{item.question.id}")


def gift(course: Course, lessons: Sequence[Lesson]) -> Gift:
    """The questions of `lessons`: a category a lesson, hints left out."""
    made, page, lesson = Gift(), Page(course), ""
    parts = []
    for item in items(course, lessons):
        if item.lesson.id != lesson:
            lesson = item.lesson.id
            parts.append(f"$CATEGORY: {_category(course.title)}/{_category(item.lesson.title)}")
        parts += _question(item, page, made)
    made.text = "\n\n".join(parts) + "\n"
    return made


def escaped(text: str) -> str:
    r"""Text as GIFT takes it: its own signs behind a \, no line breaks."""
    return text.translate(_ESCAPED)


def _category(title: str) -> str:
    """A category's name; a single / would part it."""
    return " ".join(title.replace("/", "//").split())


def _question(item: Item, page: Page, made: Gift) -> Iterator[str]:
    question = item.question
    if item.is_drawn:
        made.tell(item, "numbers were drawn once; in the course they change")
    asked = page.html(question.prompt)
    match question:
        case SingleChoice():
            yield _written(item, page, asked, _choices(question.options, page))
        case MultipleChoice():
            if not any(option.right for option in question.options):
                made.tell(item, "left out, since none of the options is right")
                return
            yield _written(item, page, asked, _ticks(question.options, page))
        case TrueFalse():
            yield _written(item, page, asked, ["TRUE" if question.answer else "FALSE"])
        case Number():
            in_unit = f"<p>({exactly(question.unit)})</p>" if question.unit else ""
            yield _written(item, page, asked + in_unit, list(_numbers(question, page)))
        case ShortText():
            yield _written(item, page, asked, _words(question, page))
        case Cloze():
            if len(question.blanks) > 1:
                made.tell(item, "became several questions, one for each blank")
            yield from _blanks(item, question, page)
        case Ordering():
            made.tell(item, "putting in order became matching with places")
            places = zip(_PLACES, question.items, strict=False)
            pairs = [_pair(place, thing) for place, thing in places]
            yield _written(item, page, asked, pairs)
        case Matching():
            if any(pair.also for pair in question.pairs):
                made.tell(item, "only the first of several right partners counts")
            yield _written(item, page, asked, _pairs(question))
        case Bet():
            yield from _bet(item, question, page, made)
        case FreeResponse():
            yield _written(item, page, asked, [])
        case _:
            assert_never(question)


_PLACES = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth"),
)


def _written(item: Item, page: Page, asked: str, answers: Sequence[str], part: str = "") -> str:
    """One question: its title, its text, its answers a line each, what is said afterwards."""
    after = _afterwards(item, page)
    lines = [*answers, f"####{_format(after)}"]
    body = "{" + "\n".join(lines) + "}" if len(lines) > 1 else "{" + lines[0] + "}"
    return f"::{escaped(item.name + part)}::{_format(asked)} {body}"


def _format(html: str) -> str:
    return f"[html]{escaped(html)}"


def _afterwards(item: Item, page: Page) -> str:
    """What Moodle shows with any answer; there a wrong truth finds its rebuttal, too."""
    question = item.question
    parts = [question.explanation]
    match question:
        case TrueFalse():
            parts.insert(0, question.feedback)
        case Number():
            parts.append(question.solution)
        case FreeResponse():
            parts.append(question.model)
            parts.append("\n".join(f"- {one.point} ({one.worth})" for one in question.rubric))
        case _:
            pass
    return "".join(map(page.html, parts))


def _feedback(text: str, page: Page) -> str:
    return f"#{escaped(page.line(text))}" if text.strip() else ""


def _label(option: Option) -> str:
    return _format(exactly(option.text))


def _choices(options: Sequence[Option], page: Page) -> list[str]:
    """A wrong option goes first: an arrow in a first right one would be read as a pair."""
    ordered = sorted(options, key=lambda option: option.right)
    return [
        f"{'=' if option.right else '~'}{_label(option)}{_feedback(option.feedback, page)}"
        for option in ordered
    ]


def _ticks(options: Sequence[Option], page: Page) -> list[str]:
    right = sum(option.right for option in options)
    worth = f"{100 / right:.5f}".rstrip("0").rstrip(".")
    return [
        f"~%{worth if option.right else -100}%{_label(option)}{_feedback(option.feedback, page)}"
        for option in options
    ]


def _numbers(question: Number, page: Page) -> Iterator[str]:
    """The answer with its tolerance, then each slip, then what is said of any other number."""
    exact = 0.5 * 10.0**-question.decimals
    answer = _plain(number_of(question.answer), question.decimals + 3)
    yield f"#={answer}:{_plain(question.tolerance or exact)}"
    for slip in question.wrong:
        near = _plain(slip.tolerance or exact)
        yield f"=%0%{_plain(number_of(slip.value))}:{near}{_feedback(slip.feedback, page)}"
    yield f"~{_feedback(question.feedback, page)}"


def _plain(value: float, decimals: int = 9) -> str:
    return number_text(value, decimals).replace(",", "")


def _words(question: ShortText | Blank, page: Page) -> list[str]:
    right = [f"={_typed(text)}" for text in question.accept]
    wrong = [line for one in question.wrong for line in _wrong_words(one, page)]
    return [*right, *wrong, f"=%0%*{_feedback(question.feedback, page)}"]


def _wrong_words(wrong: WrongText, page: Page) -> list[str]:
    feedback = _feedback(wrong.feedback, page)
    return [f"=%0%{_typed(text)}{feedback}" for text in wrong.texts]


def _typed(text: str) -> str:
    """Words that a learner types; a star in them means itself, and an arrow makes no pair."""
    return escaped(_parted(text).replace("*", "\\*"))


def _blanks(item: Item, question: Cloze, page: Page) -> Iterator[str]:
    for number, blank in enumerate(question.blanks):
        part = f".{number + 1}" if len(question.blanks) > 1 else ""
        yield _written(item, page, page.html(_but(question, number)), _words(blank, page), part)


def _but(question: Cloze, number: int) -> str:
    """The prompt with every blank filled but one."""
    texts = [blank.accept[0] for blank in question.blanks]
    texts[number] = "_____"
    filling = iter(texts)
    return BLANK.sub(lambda _match: next(filling), question.prompt)


def _pairs(question: Matching) -> list[str]:
    extras = [_pair("", extra.right) for extra in question.extra]
    return [*(_pair(pair.left, pair.right) for pair in question.pairs), *extras]


def _pair(left: str, right: str) -> str:
    """A pair: what is on the right is plain text."""
    asked = _format(exactly(_parted(left))) if left else ""
    return f"={asked} -> {escaped(_parted(right))}"


def _parted(text: str) -> str:
    """Text whose arrows GIFT does not take for its own; they cannot be escaped."""
    return text.replace("->", "- >")


def _bet(item: Item, question: Bet, page: Page, made: Gift) -> Iterator[str]:
    spread = shares(question)
    if spread.count(max(spread)) > 1:
        made.tell(item, "left out, since no option of the bet is the likeliest")
        return
    best = spread.index(max(spread))
    options = [
        Option(text=one.text, right=index == best, feedback="" if index == best else one.feedback)
        for index, one in enumerate(question.options)
    ]
    made.tell(item, "a bet became a choice, its likeliest option the right one")
    yield _written(item, page, page.html(question.prompt), _choices(options, page))
