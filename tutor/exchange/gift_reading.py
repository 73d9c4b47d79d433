"""Questions of a GIFT file in our own kinds."""

import math
import re
from typing import Any

from tutor.course.contents import UNWRITTEN
from tutor.course.model import (
    Extra,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Pair,
    ShortText,
    SingleChoice,
    TrueFalse,
    WrongNumber,
    WrongText,
)
from tutor.exchange.found import Found, line
from tutor.exchange.gift_text import Answer, Raw, answers, back, general_feedback, raw_questions
from tutor.exchange.markdown_of import from_html

BLANK = "____"
_TRUTH = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?:#.*)?", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"([^:]+?)(?::(.+))?")
_FULL = 100.0
UNCLOSED = "left out: its { is not closed; a question of GIFT holds no empty line"


def read_gift(text: str, title: str) -> Found:
    """Every question of a GIFT file; hints and misconceptions have no place in one."""
    found = Found(title)
    for raw in raw_questions(text):
        _Question(raw, found).read()
    return found


class _Question:
    """One question on its way into our model."""

    def __init__(self, raw: Raw, found: Found) -> None:
        self.raw, self.found = raw, found
        self.name = found.name(raw.title or back(raw.before))
        self.form = raw.form

    def read(self) -> None:
        """Add it to what was found, as a question or as a text."""
        body, after = general_feedback(self.raw.body or "")
        self.explanation = self.text(after) or UNWRITTEN
        stem = self.stem()
        if self.raw.body is None:
            self.found.add_text(self.name, stem)
        elif not self.raw.is_closed:
            self.found.lose(self.name, UNCLOSED)
        elif not body.strip():
            self.found.lose(self.name, "left out: an essay needs a model answer and a rubric")
        elif match := _TRUTH.fullmatch(body):
            self.truth(stem, match[1].upper().startswith("T"), body)
        elif body.strip().startswith("#"):
            self.number(stem, body.strip().removeprefix("#"))
        else:
            self.listed(stem, body)

    def stem(self) -> str:
        """What is asked; an answer in mid-sentence leaves a blank."""
        before, after = self.text(self.raw.before), self.text(self.raw.after)
        return f"{before} {BLANK} {after}" if after else before

    def text(self, marked: str) -> str:
        """A text as Markdown, whatever it was; tags without a Markdown of their own are told."""
        match = re.match(r"\s*\[(html|moodle|plain|markdown)\]", marked, re.IGNORECASE)
        form = match[1].lower() if match else self.form
        plain = back(marked[match.end() :] if match else marked)
        if form == "markdown":
            return plain
        made, dropped = from_html(plain)
        if dropped:
            self.found.lose(self.name, f"its <{'>, <'.join(sorted(dropped))}> are not shown here")
        return made

    def add(self, kind: type[Any], stem: str, **fields: Any) -> None:
        """Add a question of a kind."""
        shared = {"prompt": stem, "explanation": self.explanation}
        self.found.add(kind, self.name, {**shared, **fields})

    def truth(self, stem: str, answer: bool, body: str) -> None:  # noqa: FBT001  it is one
        """A statement; of its two feedbacks, that for the wrong answer comes first."""
        said = [self.text(part) for part in body.split("#")[1:]]
        feedback = (said[0] if said else "") or self.explanation
        self.add(TrueFalse, stem, answer=answer, feedback=feedback)

    def number(self, stem: str, body: str) -> None:
        """A number: right values, slips with feedback, a word to any other."""
        body, _, other = body.partition("~#")
        listed = answers(body) if "=" in body else [_single(body)]
        spans = [(one, _span(back(one.text))) for one in listed]
        right = [span for one, span in spans if span and one.weight in (None, _FULL)]
        if not right:
            self.found.lose(self.name, "left out: no number reads in it")
            return
        if len(right) > 1:
            self.found.lose(self.name, "only the first of several right numbers is kept")
        slips = [self.slip(one, span) for one, span in spans if span and one.weight == 0]
        if any(one.weight not in (None, 0, _FULL) for one in listed):
            self.found.lose(self.name, "partial credit is left out")
        value, tolerance = right[0]
        self.add(
            Number,
            stem,
            answer=value,
            tolerance=tolerance,
            decimals=_decimals(value),
            wrong=tuple(slips),
            feedback=self.text(other) or self.explanation,
            solution=self.explanation,
        )

    def slip(self, one: Answer, span: tuple[float, float]) -> WrongNumber:
        """A wrong number that has words of its own."""
        feedback = self.text(one.feedback) or UNWRITTEN
        return WrongNumber(value=span[0], tolerance=span[1], feedback=feedback)

    def listed(self, stem: str, body: str) -> None:
        """Pairs, words to type or options, by their signs."""
        found = answers(body)
        if found and all(one.is_right for one in found):
            if all("->" in one.text for one in found):
                self.pairs(stem, found)
            else:
                self.words(stem, found)
        elif found:
            self.options(stem, found)
        else:
            self.found.lose(self.name, "left out: no answer reads in it")

    def pairs(self, stem: str, found: list[Answer]) -> None:
        """Things that belong together; a right side without a left one belongs to nothing."""
        halves = [one.text.split("->", 1) for one in found]
        sides = [(line(self.text(left)), line(self.text(right))) for left, right in halves]
        pairs = [Pair(left=a, right=b, feedback=UNWRITTEN) for a, b in sides if a]
        extra = [Extra(right=b, feedback=UNWRITTEN) for a, b in sides if not a]
        self.add(Matching, stem, pairs=tuple(pairs), extra=tuple(extra))

    def words(self, stem: str, found: list[Answer]) -> None:
        """A word or two to type."""
        right = [one for one in found if one.weight in (None, _FULL)]
        wrong = [one for one in found if one.weight == 0 and back(one.text) != "*"]
        other = next((one.feedback for one in found if back(one.text) == "*"), "")
        if any(one.weight not in (None, 0, _FULL) for one in found):
            self.found.lose(self.name, "partial credit is left out")
        if any("*" in _typed(one.text).replace("\\*", "") for one in (*right, *wrong)):
            self.found.lose(self.name, "a * in an answer stands for any letters there, not here")
        self.add(
            ShortText,
            stem,
            accept=tuple(line(_star(_typed(one.text))) for one in right),
            wrong=tuple(self.wrong_words(one) for one in wrong),
            feedback=self.text(other) or self.explanation,
        )

    def wrong_words(self, one: Answer) -> WrongText:
        """Words that are wrong and are told so."""
        feedback = self.text(one.feedback) or UNWRITTEN
        return WrongText(texts=(line(_star(_typed(one.text))),), feedback=feedback)

    def options(self, stem: str, found: list[Answer]) -> None:
        """Options: several are right where several carry a share."""
        shares = [one for one in found if not one.is_right and (one.weight or 0) > 0]
        singles = [one for one in found if one.is_right]
        if len({one.weight for one in (*singles, *shares)}) > 1:
            self.found.lose(self.name, "partial credit is left out")
        is_single = bool(singles) or not shares
        kind = SingleChoice if is_single else MultipleChoice
        made = [
            Option(
                text=line(self.text(one.text)),
                right=one.is_right if is_single else (one.weight or 0) > 0,
                feedback=self.text(one.feedback),
            )
            for one in found
        ]
        self.add(kind, stem, options=tuple(made))


def _typed(text: str) -> str:
    """Words to type, without the mark of a format."""
    return back(re.sub(r"^\s*\[\w+\]", "", text))


def _star(text: str) -> str:
    return text.replace("\\*", "*")


def _single(body: str) -> Answer:
    text, _, feedback = body.partition("#")
    return Answer(is_right=True, text=text, weight=None, feedback=feedback)


def _span(text: str) -> tuple[float, float] | None:
    """A number and how far off is right: 3:0.1, or 2.9..3.1; None for what is neither."""
    try:
        if ".." in text:
            low, high = map(float, text.split(".."))
            return _finite((low + high) / 2, (high - low) / 2)
        match = _SPAN.fullmatch(text)
        return _finite(float(match[1]), float(match[2] or 0)) if match else None
    except ValueError:
        return None


def _finite(value: float, tolerance: float) -> tuple[float, float] | None:
    """None where 1e999, inf or nan was written, which a lesson cannot hold."""
    return (value, tolerance) if math.isfinite(value) and math.isfinite(tolerance) else None


def _decimals(value: float) -> int:
    _, _, decimals = f"{value:.9f}".rstrip("0").partition(".")
    return len(decimals)
