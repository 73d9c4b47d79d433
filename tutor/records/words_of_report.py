"""What a report says in words, on the screen and on the page alike."""

from collections.abc import Iterator

from tutor.records.class_report import (
    BeliefShared,
    ClassReport,
    Mixed,
    ObjectiveMet,
    QuestionAsked,
    Said,
    Twins,
)
from tutor.screen.bars import counted
from tutor.screen.streaming import harmless
from tutor.screen.words import cut

PROMPT, REPLY, BELIEF = 110, 60, 160
"""Characters of a question, of a reply, of a belief."""
REPLIES = 2
"""Wrong replies that are told of a question."""


def quoted(words: str) -> str:
    """Somebody's words, on one line, as theirs."""
    return f"“{' '.join(harmless(words).split())}”"


def talk_told(one: QuestionAsked) -> Iterator[str]:
    """Which question, then why it is worth talking about, a sentence or two at a time."""
    asks = f": {cut(harmless(one.text), PROMPT)}" if one.text else ""
    yield f"{harmless(one.lesson_title)}, {harmless(one.question)}{asks}"
    missed = f"{one.missed} of {counted(one.asked, 'learner')} missed it at first{_range(one)}"
    yield f"{missed}; {one.still_open} did not know it when asked last."
    if one.wrong:
        yield f"{_replies(one.wrong)}."
    if one.beliefs:
        first = one.beliefs[0]
        held = counted(first.learners, "learner")
        yield f"Behind it: {quoted(cut(first.words, BELIEF))} ({held})."


def _range(one: QuestionAsked) -> str:
    """The share of misses, and how far it is known; nothing where the class is small."""
    if one.low is None or one.high is None:
        return ""
    share, low, high = one.missed / one.asked, 1 - one.high, 1 - one.low
    return f" ({_percent(share)}; 95 % interval {round(100 * low)} to {_percent(high)})"


def _replies(wrong: tuple[Said, ...]) -> str:
    first, *rest = wrong[:REPLIES]
    said = f"{first.learners} answered {quoted(cut(first.words, REPLY))}"
    return ", ".join([said, *(f"{one.learners} {quoted(cut(one.words, REPLY))}" for one in rest)])


def share_told(one: QuestionAsked) -> str:
    """The share that was right, with its interval; a dash where the class is too small for it."""
    if one.low is None or one.high is None:
        return "–"
    span = f"{round(100 * one.low)} to {_percent(one.high)}"
    return f"{_percent(one.right / one.asked)} ({span})"


def belief_told(one: BeliefShared, learners: int) -> str:
    """A belief, and how many hold it."""
    chosen = f"chosen by {one.chosen} of {learners}"
    return f"{quoted(cut(one.text, BELIEF))}: {chosen}, by {one.stands} not put right since"


def objective_told(one: ObjectiveMet) -> str:
    """An objective, and how many are short of it."""
    of = f"{one.below} of {counted(one.learners, 'learner')}"
    return f"{one.text} ({of} would get less than half right today)"


def doubts_told(one: QuestionAsked) -> str:
    """What learners object to in a question."""
    told = []
    if one.vouched:
        count = sum(said.learners for said in one.vouched)
        says = "learner says that a reply means" if count == 1 else "learners say that replies mean"
        told.append(f"{count} {says} the same as the answer: {_words(one.vouched)}")
    if one.reported:
        count = sum(said.learners for said in one.reported)
        told.append(f"{counted(count, 'report')}: {_words(one.reported)}")
    return f"{harmless(f'{one.lesson}/{one.question}')}: {'; '.join(told)}"


def _words(said: tuple[Said, ...]) -> str:
    shown = ", ".join(quoted(cut(one.words, REPLY)) for one in said[:REPLIES])
    return f"{shown} …" if len(said) > REPLIES else shown


def counts_told(found: ClassReport) -> list[str]:
    """What became of statements that say nothing here, and what is odd about others."""
    counts, told = found.statements, []
    if counts.foreign:
        told.append(f"{counted(counts.foreign, 'statement')} of other programs left out.")
    if counts.broken:
        said = "that could not be read, altered or of a newer tutor, left out."
        told.append(f"{counted(counts.broken, 'statement')} {said}")
    if counts.repeated:
        told.append(f"{counted(counts.repeated, 'statement')} came more than once, counted once.")
    return told + [_twins(one) for one in found.twins] + [_mixed(one) for one in found.mixed]


def _twins(found: Twins) -> str:
    came = f"{counted(found.answers, 'answer')} of {harmless(found.one)} came as well under the"
    why = "One person? Give both names one in --names. Else somebody handed in another's file."
    return f"{came} name {harmless(found.other)}. {why}"


def _mixed(found: Mixed) -> str:
    return f"{harmless(found.name)}: {found.accounts} accounts of the store wrote these statements."


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
