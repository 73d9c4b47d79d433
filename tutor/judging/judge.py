"""Replies to verdicts. Nothing here knows of screens, clocks or chance."""

import math
from dataclasses import dataclass
from typing import NamedTuple, TypeVar, assert_never

from tutor.course.model import (
    AnyQuestion,
    Bet,
    Cloze,
    FreeResponse,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Ordering,
    ShortText,
    SingleChoice,
    TrueFalse,
)
from tutor.judging.blanks import short_answers
from tutor.judging.lexicon import NO_LEXICON, Lexicon
from tutor.judging.presenting import POINTS, number_of, right_sides, shares, whole_points
from tutor.judging.quoting import quoted
from tutor.judging.replies import (
    Amount,
    Choice,
    Fillings,
    Matches,
    Prose,
    Reply,
    Stakes,
    Ticks,
    Truth,
    Words,
)
from tutor.judging.replies import (
    Ordered as Order,
)
from tutor.judging.short_text import meaning
from tutor.sums.information import cross_entropy

R = TypeVar("R")
ROUNDING = 1e-9


@dataclass(frozen=True)
class Verdict:
    """What a reply is worth: `score` between 0 and 1, and what to say to it (Markdown)."""

    right: bool
    score: float
    feedback: str = ""
    misconception: str = ""


RIGHT = Verdict(right=True, score=1.0)


def judge(question: AnyQuestion, reply: Reply, lexicon: Lexicon = NO_LEXICON) -> Verdict:
    """Judge a reply to a question whose parameters are drawn; short answers by the course's words.

    A free response is not judged here: it scores nothing until the learner has assessed it.
    """
    match question:
        case SingleChoice():
            return _judge_choice(question, _as(Choice, reply))
        case MultipleChoice():
            return _judge_ticks(question, _as(Ticks, reply))
        case TrueFalse():
            wrong = Verdict(False, 0.0, question.feedback, question.misconception)
            return RIGHT if _as(Truth, reply).value is question.answer else wrong
        case Number():
            return _judge_amount(question, _as(Amount, reply).value)
        case ShortText():
            return _judge_words(question, _as(Words, reply).text, lexicon)
        case Cloze():
            return _judge_fillings(question, _as(Fillings, reply), lexicon)
        case Ordering():
            return _judge_sequence(question, _as(Order, reply))
        case Matching():
            return _judge_matches(question, _as(Matches, reply))
        case Bet():
            return _judge_stakes(question, _as(Stakes, reply))
        case FreeResponse():
            _as(Prose, reply)
            return Verdict(False, 0.0)
        case _:
            assert_never(question)


def _as(kind: type[R], reply: Reply) -> R:
    """The reply, if it is of the kind that the question takes."""
    if not isinstance(reply, kind):
        raise TypeError(f"{kind.__name__} expected, {type(reply).__name__} given")
    return reply


def assess(question: FreeResponse, met: tuple[bool, ...]) -> Verdict:
    """Count the rubric points that the learner found in the response."""
    points = sum(c.worth for c, is_met in zip(question.rubric, met, strict=True) if is_met)
    total = sum(criterion.worth for criterion in question.rubric)
    said = f"{points} of {total} points; {question.enough} are enough."
    return Verdict(points >= question.enough, points / total, said)


def _judge_choice(question: SingleChoice, reply: Choice) -> Verdict:
    option = question.options[reply.option]
    return RIGHT if option.right else Verdict(False, 0.0, option.feedback, option.misconception)


def _judge_ticks(question: MultipleChoice, reply: Ticks) -> Verdict:
    pairs = list(enumerate(question.options))
    wrong = [option for i, option in pairs if i in reply.options and not option.right]
    missing = [option for i, option in pairs if i not in reply.options and option.right]
    if not wrong and not missing:
        return RIGHT
    score = 1 - (len(wrong) + len(missing)) / len(pairs)
    said = [_about_tick(option) for option in wrong]
    if missing:
        said.append("One that fits is missing." if len(missing) == 1 else "Some are missing.")
    tag = next((option.misconception for option in wrong if option.misconception), "")
    return Verdict(False, score, "\n\n".join(said), tag)


def _about_tick(option: Option) -> str:
    return f"{quoted(option.text)}: {option.feedback}"


def _judge_amount(question: Number, value: float) -> Verdict:
    answer = number_of(question.answer)
    if _is_near(value, answer, question.tolerance):
        return RIGHT
    for wrong in question.wrong:
        if _is_near(value, number_of(wrong.value), max(wrong.tolerance, question.tolerance)):
            return Verdict(False, 0.0, wrong.feedback, wrong.misconception)
    return Verdict(
        False, 0.0, " ".join(filter(None, [_distance(value, answer), question.feedback]))
    )


def _is_near(value: float, target: float, tolerance: float) -> bool:
    return abs(value - target) <= tolerance + ROUNDING * max(1.0, abs(target))


def _distance(value: float, answer: float) -> str:
    """A word on how a number misses, without telling where the answer is."""
    ratio = value / answer if answer else 0.0
    if math.isclose(ratio, -1, rel_tol=1e-3):
        return "Check the sign."
    if ratio <= 0 or math.isinf(ratio):
        return ""
    power = math.log10(ratio)
    if abs(power) > 0.5 and math.isclose(power, round(power), abs_tol=0.005):  # noqa: PLR2004
        return "The digits fit, the power of ten does not."
    if 0.95 < ratio < 1.05:  # noqa: PLR2004
        return "Close: check the rounding."
    return ""


def _judge_words(question: ShortText, text: str, lexicon: Lexicon) -> Verdict:
    said = meaning(question, text, lexicon)
    if said.slip_of:
        return Verdict(True, 1.0, f"Taken as {quoted(said.slip_of)}: mind the spelling.")
    if said.right:
        return RIGHT
    if said.mistake:
        return Verdict(False, 0.0, said.mistake.feedback, said.mistake.misconception)
    return Verdict(False, 0.0, question.feedback)


def _judge_fillings(question: Cloze, reply: Fillings, lexicon: Lexicon) -> Verdict:
    blanks = zip(short_answers(question), reply.words, strict=True)
    verdicts = [_judge_words(blank, words.text, lexicon) for blank, words in blanks]
    if len(verdicts) == 1:
        return verdicts[0]
    right = all(verdict.right for verdict in verdicts)
    fit = sum(verdict.right for verdict in verdicts)
    told = [
        f"Blank {number}: {verdict.feedback}"
        for number, verdict in enumerate(verdicts, 1)
        if verdict.feedback and verdict.right is right
    ]
    if not right:
        told.insert(0, f"{fit} of {len(verdicts)} fit.")
    tag = next((verdict.misconception for verdict in verdicts if verdict.misconception), "")
    return Verdict(right, fit / len(verdicts), "\n\n".join(told), tag)


def _judge_sequence(question: Ordering, reply: Order) -> Verdict:
    place = {item: position for position, item in enumerate(reply.items)}
    count = len(question.items)
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    kept = sum(place[a] < place[b] for a, b in pairs)
    if kept == len(pairs):
        return RIGHT
    for slip in question.slips:
        first, second = question.items.index(slip.first), question.items.index(slip.second)
        if place[first] > place[second]:
            return Verdict(False, kept / len(pairs), slip.feedback, slip.misconception)
    return Verdict(False, kept / len(pairs), question.feedback)


def _judge_matches(question: Matching, reply: Matches) -> Verdict:
    sides = right_sides(question)
    extras = {extra.right: extra for extra in question.extra}
    said: list[str] = []
    tags: list[str] = []
    for pair, index in zip(question.pairs, reply.rights, strict=True):
        side = sides[index]
        if side != pair.right and side not in pair.also:
            mistake = extras.get(side, pair)
            said.append(f"{quoted(pair.left)}: {mistake.feedback}")
            tags.append(mistake.misconception)
    if not said:
        return RIGHT
    count = len(question.pairs)
    told = "\n\n".join([f"{count - len(said)} of {count} fit.", *said])
    tag = next(filter(None, tags), "")
    return Verdict(right=False, score=1 - len(said) / count, feedback=told, misconception=tag)


class Loss(NamedTuple):
    """What a bet costs on average, in bits, beside an even spread and the best there is."""

    bits: float
    even: float
    best: float


def loss(question: Bet, reply: Stakes) -> Loss:
    """The expected log loss of a bet; no points count as one, or they would cost infinitely."""
    real = shares(question)
    bits, best = (
        cross_entropy(real, [max(one, 1) / POINTS for one in points])
        for points in (reply.points, whole_points(real))
    )
    return Loss(bits, math.log2(len(real)), best)


def _judge_stakes(question: Bet, reply: Stakes) -> Verdict:
    """Score by expected log loss, -sum p log2 q: 1 for the best spread, 0 for an even one."""
    real = shares(question)
    bits, even, best = loss(question, reply)
    cost = f"Your loss: {bits:z.2f} bits. An even spread costs {even:.2f}, the best {best:z.2f}."
    score = min(1.0, max(0.0, (even - bits) / (even - best))) if even > best else 1.0
    if bits < even - ROUNDING:
        return Verdict(right=True, score=score, feedback=cost)
    over = [points / POINTS - share for points, share in zip(reply.points, real, strict=True)]
    option = question.options[over.index(max(over))]
    said = option.feedback or "More points than that belong elsewhere."
    return Verdict(
        right=False, score=score, feedback=f"{said}\n\n{cost}", misconception=option.misconception
    )
