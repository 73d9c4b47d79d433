"""One small question of each kind, to be judged in tests."""

from pathlib import Path
from typing import Any

from tutor.course.model import (
    AnyQuestion,
    Bet,
    Blank,
    Cloze,
    Criterion,
    Extra,
    FreeResponse,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Ordering,
    Pair,
    ShortText,
    SingleChoice,
    Slip,
    TrueFalse,
    WrongNumber,
    WrongText,
)
from tutor.judging.judge import Verdict, judge
from tutor.judging.presenting import Shown, present
from tutor.judging.replies import Unclear, read_reply

SHORT = Path(__file__).parents[1] / "courses" / "short"
ASKED: dict[str, Any] = {"id": "q", "prompt": "What?", "hints": (), "explanation": "So."}
RIGHT = Option(text="right one", right=True)


def wrong(text: str) -> Option:
    return Option(text=text, feedback=f"Not {text}.", misconception=f"m-{text}")


SINGLE = SingleChoice(options=(wrong("a"), RIGHT, wrong("c")), shuffle=False, **ASKED)
MULTIPLE = MultipleChoice(
    options=(
        Option(text="first", right=True),
        Option(text="second", right=True),
        wrong("third"),
        wrong("fourth"),
    ),
    shuffle=False,
    **ASKED,
)
TRUE_FALSE = TrueFalse(answer=False, feedback="It is false.", misconception="m-true", **ASKED)
NUMBER = Number(
    answer=60.0,
    unit="%",
    tolerance=0.5,
    wrong=(
        WrongNumber(value=40.0, feedback="That is the rest.", misconception="m-rest"),
        WrongNumber(value=0.6, feedback="In percent, please."),
    ),
    feedback="Divide.",
    solution="3 / 5 = {answer} %",
    **ASKED,
)
SHORT_TEXT = ShortText(
    accept=("supervised learning", "teaching"),
    wrong=(WrongText(texts=("unsupervised learning", "teachings"), feedback="The other one."),),
    feedback="Somebody labels.",
    **ASKED,
)
CLOZE = Cloze(
    blanks=(
        Blank(
            accept=("tokens", "pieces of words"),
            wrong=(WrongText(texts=("words",), feedback="Not always.", misconception="m-words"),),
            feedback="What is a text cut into?",
        ),
        Blank(
            accept=("probability",),
            wrong=(WrongText(texts=("certainty", "truth"), feedback="Only how likely."),),
            feedback="Between 0 and 1.",
        ),
    ),
    **{**ASKED, "prompt": "A model reads ____ and gives each candidate a ____."},
)
ONE_BLANK = Cloze(blanks=CLOZE.blanks[1:], **{**ASKED, "prompt": "Each candidate gets a ____."})
ORDERING = Ordering(
    items=("one", "two", "three", "four"),
    slips=(Slip(first="two", second="four", feedback="Two before four.", misconception="m-2-4"),),
    feedback="Count.",
    **ASKED,
)
MATCHING = Matching(
    pairs=(
        Pair(left="L1", right="R1", also=("R2",), feedback="L1 wants R1.", misconception="m-1"),
        Pair(left="L2", right="R2", feedback="L2 wants R2."),
        Pair(left="L3", right="R3", feedback="L3 wants R3."),
    ),
    extra=(Extra(right="R4", feedback="R4 is nobody's.", misconception="m-4"),),
    **ASKED,
)
BET = Bet(options=(wrong("a"), wrong("b"), RIGHT, wrong("d")), **ASKED)
BET_ON_SHARES = Bet(
    options=(wrong("a"), wrong("b"), Option(text="c")), shares=(0.6, 0.3, 0.1), **ASKED
)
FREE = FreeResponse(
    model="A model.",
    rubric=(Criterion(point="this", worth=3), Criterion(point="that")),
    enough=3,
    **ASKED,
)
EVERY: tuple[AnyQuestion, ...] = (
    SINGLE,
    MULTIPLE,
    TRUE_FALSE,
    NUMBER,
    SHORT_TEXT,
    CLOZE,
    ONE_BLANK,
    ORDERING,
    MATCHING,
    BET,
    BET_ON_SHARES,
    FREE,
)


def as_written(question: AnyQuestion) -> Shown:
    """The question with everything in the lesson's order."""
    shown = present(question, 0)
    return Shown(shown.question, 0, tuple(sorted(shown.order)))


def typed(question: AnyQuestion, line: str) -> Verdict:
    """What a line typed at the question in the lesson's order is worth."""
    shown = as_written(question)
    reply = read_reply(shown, line)
    assert not isinstance(reply, Unclear), reply.advice
    return judge(shown.question, reply)
