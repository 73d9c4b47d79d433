"""What a course is: frozen, typed, and the source of the JSON Schema that editors complete from.

Field docstrings are the format's documentation; `FORMAT` goes up when an old reader would
misread a new file.
"""

import datetime
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

FORMAT = 1

SLUG = r"^[a-z0-9][a-z0-9.-]*$"
Slug = Annotated[str, Meta(pattern=SLUG, max_length=64)]
"""A stable name: lower-case letters, digits, dots and hyphens. Renaming one loses its history."""

Markdown = Annotated[str, Meta(min_length=1)]
"""Text with Markdown's marks; angle and square brackets mean themselves."""

Line = Annotated[str, Meta(min_length=1, max_length=200)]
"""Text on one line."""

Arithmetic = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=300,
        description="Numbers, parameters' names, + - * / ^, round brackets and functions.",
        extra={"reads": "expression"},
    ),
]
"""An expression that tutor.course.expressions reads."""

Amount: TypeAlias = float | Arithmetic
"""A number, or how it is worked out."""


class Record(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """The base of everything an author writes: nothing in it goes round in circles."""


class Step(Record, frozen=True, kw_only=True, tag_field="kind"):
    """What every step of a lesson may say about itself."""

    id: Slug
    section: str = ""
    """Set on the first step of a section: its heading."""
    stop: bool = False
    """True on a step after which it is good to stop for the day."""
    deeper: bool = False
    """True for a step beside the main path: marked, offered where it stands, and easily skipped."""
    covers: tuple[str, ...] = ()
    """Ids of the inventory items that this step teaches or asks about.

    An objective of the lesson may be named as well; an item's own objective is meant without that.
    """
    sources: tuple[str, ...] = ()
    """Ids of references that this step rests on."""
    introduces: tuple[str, ...] = ()
    """Glossary terms taught here."""
    glosses: tuple[str, ...] = ()
    """Glossary terms explained here in passing and taught later."""
    draft: bool = False
    """True on what a program wrote: learners do not see it before somebody has `signed` it, or has
    taken this line out."""
    signed: Annotated[str, Meta(max_length=100)] = ""
    """Who held a draft against its source, and when: Ada Brook, 2026-11-27."""
    rests_on: str = ""
    """The sentence of its source that it rests on, word for word; for authors, never shown."""


class Text(Step, frozen=True, kw_only=True, tag="text"):
    """A few paragraphs."""

    text: Markdown


class Figure(Step, frozen=True, kw_only=True, tag="figure"):
    """Text art, with words for those who cannot see it or whose window is too narrow."""

    caption: Line
    art: str
    alternative: Markdown


class Worked(Step, frozen=True, kw_only=True, tag="worked"):
    """A worked example, shown one line of reasoning at a time."""

    problem: Markdown
    lines: Annotated[tuple[Markdown, ...], Meta(min_length=1)]


class Recap(Step, frozen=True, kw_only=True, tag="recap"):
    """What to take away, point by point."""

    points: Annotated[tuple[Markdown, ...], Meta(min_length=1)]


class Demo(Step, frozen=True, kw_only=True, tag="demo"):
    """A live demonstration by name; the named demo checks the settings (see tutor/demos)."""

    title: Line
    demo: Slug
    settings: dict[str, str | tuple[str, ...]] = {}
    notice: Markdown
    """What to look for in the result."""


class Prediction(Step, frozen=True, kw_only=True, tag="prediction"):
    """The learner commits to a guess before the facts; it is kept and shown again, never scored."""

    prompt: Markdown
    options: tuple[Line, ...] = ()
    """Empty for a guess in the learner's own words."""
    reveal: Markdown
    outcome: Annotated[str, Meta(max_length=110)] = ""
    """What came of it, in a few words for the lesson's last page, where the guess stands before it:
    "It was 1.75 %." Without it, the reveal's first sentence."""


class Recall(Step, frozen=True, kw_only=True, tag="recall"):
    """A guess that the learner made earlier in the course, shown again above a text."""

    lesson: Slug
    prediction: Slug
    """The id of a prediction step of that lesson."""
    again: bool = False
    """True to ask first what the learner says today; both are then shown."""
    text: Markdown


class Option(Record, frozen=True, kw_only=True):
    """One thing that can be chosen."""

    text: Line
    right: bool = False
    feedback: str = ""
    """What is said when a wrong option is chosen (or a right one left out)."""
    misconception: str = ""
    """The false belief behind choosing it, in the words of one who holds it: a later review says
    'You once chose an answer that says "the larger ring is always harder"'. Name it in the same
    words at another question as well, or review has only this one to ask."""


class Question(Step, frozen=True, kw_only=True):
    """What every question has. A question may stand among the steps or in the quiz."""

    prompt: Markdown
    hints: tuple[Markdown, ...]
    explanation: Markdown
    confidence: bool = False
    """True to ask how sure the learner is before the verdict."""


class SingleChoice(Question, frozen=True, kw_only=True, tag="single"):
    """Exactly one option is right."""

    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=9)]
    shuffle: bool = True


class MultipleChoice(Question, frozen=True, kw_only=True, tag="multiple"):
    """Any number of options is right; every tick or blank counts."""

    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=9)]
    shuffle: bool = True


class TrueFalse(Question, frozen=True, kw_only=True, tag="truefalse"):
    """A statement."""

    answer: bool
    feedback: Markdown
    """What is said to the learner who took it the other way."""
    misconception: str = ""


class WrongNumber(Record, frozen=True, kw_only=True):
    """A number that shows which slip was made."""

    value: Amount
    """The number, or how the slip arrives at it: such as flour / water."""
    tolerance: float = 0.0
    feedback: Markdown
    misconception: str = ""


class Range(Record, frozen=True, kw_only=True, rename={"start": "from"}):
    """Evenly spaced values: {from: 300, to: 500, step: 50}."""

    start: float
    to: float
    step: float


class Number(Question, frozen=True, kw_only=True, tag="number"):
    """A number, given outright or worked out from parameters that are drawn."""

    answer: Amount
    """The number, or an expression over the parameters: such as 350 / flour."""
    parameters: dict[str, tuple[float, ...] | Range] = {}
    """The values that each is drawn from; in texts, `{name}` stands for the one drawn."""
    working: dict[str, Arithmetic] = {}
    """Named values on the way to the answer, each from those before it; `{name}` shows one."""
    unit: str = ""
    """What the answer counts: a measure (m, km/h, m/s², kW), which learners may type in any scale;
    %, $, billion or 10^23; or a word of yours, such as teeth."""
    unit_also: tuple[Line, ...] = ()
    """Other ways in which learners write that unit, for the same amount: [rpm, turns a minute]."""
    tolerance: float = 0.0
    decimals: int = 2
    """How many decimals the answer is shown with. Each value of the working has as many, and three
    digits that count where those are more: 0.0833, 4.58."""
    wrong: tuple[WrongNumber, ...] = ()
    feedback: Markdown
    """What is said of any other wrong number."""
    solution: Markdown
    """The worked solution; `{answer}` and the names in braces stand for their values."""


class WrongText(Record, frozen=True, kw_only=True):
    """Wrong words that deserve an answer of their own."""

    texts: Annotated[tuple[Line, ...], Meta(min_length=1)]
    feedback: Markdown
    misconception: str = ""


class ShortText(Question, frozen=True, kw_only=True, tag="short"):
    """A word or two, forgiving case, articles, plurals, hyphens and small typos.

    A small typo is one letter wrong, missing, too many or swapped with its neighbour (two in an
    answer of twelve letters or more) in a word of six letters or more; in one of five none may be
    wrong, in one of four only swapped. The first letter must be right, or sound alike (kadence).
    Another word of the course, or of a listed wrong answer, is never a typo.
    """

    accept: Annotated[tuple[Line, ...], Meta(min_length=1)]
    """Equivalent answers, the best first."""
    wrong: tuple[WrongText, ...] = ()
    feedback: Markdown


class Blank(Record, frozen=True, kw_only=True):
    """What fills a blank: judged like a short answer."""

    accept: Annotated[tuple[Line, ...], Meta(min_length=1)]
    """Equivalent answers, the best first."""
    wrong: tuple[WrongText, ...] = ()
    feedback: Markdown
    """What is said of any other filling."""


class Cloze(Question, frozen=True, kw_only=True, tag="cloze"):
    """A text with blanks to fill: in the prompt, ____ (four of them) stands for each."""

    blanks: Annotated[tuple[Blank, ...], Meta(min_length=1, max_length=5)]
    """In the order of the text."""


class Slip(Record, frozen=True, kw_only=True):
    """Two items put the wrong way round, and what to say to that."""

    first: Line
    second: Line
    feedback: Markdown
    misconception: str = ""


class Ordering(Question, frozen=True, kw_only=True, tag="ordering"):
    """Items to put in order; written in the right order, shown shuffled."""

    items: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=9)]
    slips: tuple[Slip, ...] = ()
    """Said when `first`, which comes earlier, was put after `second`."""
    feedback: Markdown


class Pair(Record, frozen=True, kw_only=True):
    """What belongs together."""

    left: Line
    right: Line
    also: tuple[Line, ...] = ()
    """Other right-hand sides that are accepted."""
    feedback: Markdown
    """What is said when `left` was matched with something else."""
    misconception: str = ""


class Extra(Record, frozen=True, kw_only=True):
    """A right-hand side that belongs to nothing."""

    right: Line
    feedback: Markdown
    misconception: str = ""


class Matching(Question, frozen=True, kw_only=True, tag="matching"):
    """Each left-hand side belongs to one right-hand side; some may be left over."""

    pairs: Annotated[tuple[Pair, ...], Meta(min_length=2, max_length=9)]
    extra: tuple[Extra, ...] = ()


class Bet(Question, frozen=True, kw_only=True, tag="bet"):
    """A hundred points spread over options; scored by log loss.

    Either one option is `right`, or `shares` says how often each option turns out.
    """

    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=9)]
    shares: tuple[float, ...] = ()
    """For each option, how often it turns out; together 1. Empty where one option is right."""
    shuffle: bool = True


class Criterion(Record, frozen=True, kw_only=True):
    """One point of a rubric, judged by the learner."""

    point: Line
    worth: Annotated[int, Meta(ge=1, le=10)] = 1


class FreeResponse(Question, frozen=True, kw_only=True, tag="free"):
    """Several lines in the learner's own words, assessed against a rubric and a model answer."""

    model: Markdown
    rubric: Annotated[tuple[Criterion, ...], Meta(min_length=2, max_length=9)]
    enough: Annotated[int, Meta(ge=1)]
    """How many rubric points make it count as right."""


AnyQuestion: TypeAlias = (
    SingleChoice
    | MultipleChoice
    | TrueFalse
    | Number
    | ShortText
    | Cloze
    | Ordering
    | Matching
    | Bet
    | FreeResponse
)
AnyStep: TypeAlias = Text | Figure | Worked | Recap | Demo | Prediction | Recall | AnyQuestion


class Reading(Record, frozen=True, kw_only=True):
    """A suggestion for further reading."""

    reference: str
    why: Markdown


class TryIt(Record, frozen=True, kw_only=True):
    """Something to try outside the lesson, offered on its last page."""

    command: Line
    """What to type in a shell, word for word: a command of the tutor, and no other. It is shown,
    never run."""
    why: Line
    """What it would show."""


class Lesson(Record, frozen=True, kw_only=True):
    """One lesson: steps in order, then a quiz."""

    id: Slug
    title: Line
    summary: Line
    checked_on: datetime.date
    """The day on which its claims were last held against their sources."""
    objectives: Annotated[dict[Slug, Line], Meta(min_length=1)]
    """What the learner can do afterwards, each under a stable name; questions serve them."""
    steps: Annotated[tuple[AnyStep, ...], Meta(min_length=1)]
    quiz: tuple[AnyQuestion, ...] = ()
    reading: tuple[Reading, ...] = ()
    try_it: TryIt | None = None
    """One thing to try on the model when the lesson is done."""


class Term(Record, frozen=True, kw_only=True):
    """A glossary entry."""

    term: Line
    also: tuple[Line, ...] = ()
    """What else it is called: other names, abbreviations, plurals that are not formed with -s.

    A learner may type any of them where the term is the answer.
    """
    asked: tuple[Line, ...] = ()
    """Everyday words in which somebody asks about it who does not know the term."""
    lesson: Slug
    """The lesson that teaches it."""
    meaning: Markdown


class Fact(Record, frozen=True, kw_only=True):
    """Something that ages: a name, a price, a date. Prose cites it as {fact:id}."""

    id: Slug
    text: Line
    source: Line
    checked_on: datetime.date
    changes_on: datetime.date | None = None
    """The day on which it will no longer be so, where that is known."""
    after: Annotated[str, Meta(max_length=300)] = ""
    """What is said instead from that day on: what was announced, in words that stay true."""


class Reference(Record, frozen=True, kw_only=True):
    """Where a claim comes from."""

    id: str
    title: Line
    authors: str = ""
    date: str = ""
    where: str = ""
    """Publisher, journal or identifier."""


class Topic(Record, frozen=True, kw_only=True):
    """Something that the course has to teach: a claim, system, technique or recommendation."""

    id: str
    lesson: Slug
    objective: str = ""
    """The objective of that lesson which it belongs to: questions that cover it serve that one."""
    text: Line
    documents: tuple[str, ...] = ()
    """Ids of the source documents that it comes from; none for an addition of the course's own."""


class Limits(Record, frozen=True, kw_only=True):
    """What the checker holds the main path of each lesson to; what is left out is not judged."""

    minutes: float | None = None
    """At most so many minutes, the quiz and deeper steps not counted."""
    passive_share: float | None = None
    """At most this share of the steps has the learner only read."""
    passive_run: int | None = None
    """At most so many steps in a row have the learner only read."""
    words: int | None = None
    """At most so many words are read at one go, between two keys."""
    new_terms: int | None = None
    """At most so many glossary terms are introduced in one step."""
    first_step_acts: bool = False
    """The first step is something to do."""
    reading_ease: float | None = None
    """Flesch's reading ease of the prose is at least this."""
    not_yet: tuple[Slug, ...] = ()
    """Lessons that are not held to these limits yet."""


class Syllabus(Record, frozen=True, kw_only=True):
    """`course.yaml`: the course and the files that it is made of."""

    format: int
    id: Slug
    title: Line
    summary: Line
    invitation: Annotated[str, Meta(max_length=200)] = ""
    """What there is beside the lessons, said at the foot of the first screen."""
    calibration: Annotated[str, Meta(max_length=300)] = ""
    """A sentence below how well learners judge their own answers: a figure to hold it against."""
    lessons: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=9999)]
    """File names, in order."""
    glossary: str = ""
    facts: str = ""
    references: str = ""
    inventory: str = ""
    limits: Limits | None = None
    """Without them no lesson is too long, too passive or too hard to read."""


class Glossary(Record, frozen=True, kw_only=True):
    """`glossary.yaml`."""

    terms: tuple[Term, ...]


class Facts(Record, frozen=True, kw_only=True):
    """`facts.yaml`."""

    facts: tuple[Fact, ...]


class References(Record, frozen=True, kw_only=True):
    """`references.yaml`."""

    references: tuple[Reference, ...]


class Inventory(Record, frozen=True, kw_only=True):
    """`inventory.yaml`."""

    topics: tuple[Topic, ...]


class Course(Record, frozen=True, kw_only=True):
    """A whole course in memory."""

    id: str
    title: str
    summary: str
    invitation: str = ""
    calibration: str = ""
    lessons: tuple[Lesson, ...]
    terms: tuple[Term, ...] = ()
    facts: tuple[Fact, ...] = ()
    references: tuple[Reference, ...] = ()
    topics: tuple[Topic, ...] = ()
    limits: Limits | None = None
