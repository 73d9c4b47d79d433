"""What learners did with a course, for its author: what is missed, overruled, reported, and slow.

A function of their events. A learner is an installation: nothing here says who it was, and notes
are nobody's business. A reset does not undo what was answered before it; an undoing does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import TypeAlias

from msgspec import Struct

from tutor.course.contents import Doing, doing, questions
from tutor.course.model import AnyQuestion, AnyStep, Course, FreeResponse, Lesson, Question
from tutor.course.pace import step_minutes
from tutor.judging.presenting import content_hash
from tutor.progress.events import (
    Answered,
    Assessed,
    Deed,
    Event,
    Hinted,
    Passed,
    Predicted,
    Reported,
    Revealed,
    Undone,
    Vouched,
)
from tutor.progress.folding import take
from tutor.progress.lesson_progress import Item
from tutor.progress.order import in_order
from tutor.standing import SKIMMED

DEEDS: tuple[type[Deed], ...] = (
    *(Answered, Assessed, Hinted, Revealed, Vouched),
    *(Passed, Predicted, Reported, Undone),
)
"""What is looked at."""

Key: TypeAlias = tuple[str, str]
"""A lesson, and a question or a step of it."""


class Said(Struct, frozen=True):
    """A wrong reply or a false belief, and how often it came."""

    text: str
    times: int


class Asked(Struct, frozen=True, kw_only=True):
    """How a question fared."""

    lesson: str
    question: str
    prompt: str
    learners: int
    missed_by: int
    """Learners who were not right at the first try when they first met it."""
    asked: int
    """All askings, reviews included."""
    first_right: int
    """Askings that were right at the first try, the answer unseen."""
    reworded: int
    """Askings of a wording that is no longer the question's."""
    wrong: tuple[Said, ...]
    """Wrong replies, the commonest first; none of a free response."""
    beliefs: tuple[Said, ...]


class Remark(Struct, frozen=True, kw_only=True):
    """A learner's word: that a reply means the answer, or what is wrong with a question."""

    lesson: str
    question: str
    text: str
    day: str
    reworded: bool
    """The question has been changed since."""


class Timed(Struct, frozen=True, kw_only=True):
    """Minutes that a step took, beside the estimate."""

    step: str
    learners: int
    measured: float
    """The median."""
    estimated: float


class LessonTimes(Struct, frozen=True, kw_only=True):
    """Minutes of a lesson: of the steps that were timed, and of no other."""

    lesson: str
    title: str
    steps: int
    timed: tuple[Timed, ...]
    measured: float
    estimated: float


class Learned(Struct, frozen=True, kw_only=True):
    """All of it."""

    course: str
    learners: int
    answers: int
    since: str
    """The day of the first event, and of the latest; empty where there is none."""
    until: str
    questions: tuple[Asked, ...]
    """The most missed first; those that nobody met are left out."""
    vouched: tuple[Remark, ...]
    reported: tuple[Remark, ...]
    minutes: tuple[LessonTimes, ...]
    gone: int
    """Answers to questions that the course no longer has."""


@dataclass
class Asking:
    """One asking of a question of one learner."""

    learner: str
    item: Item = field(default_factory=Item)
    replies: dict[int, Answered] = field(default_factory=dict)
    """By the number of the try; a reply that the learner vouched for is none of them."""

    @property
    def counts(self) -> bool:
        """Tell whether it was answered, or left for the answer; not only looked at."""
        return bool(self.item.tries or self.item.revealed)

    @property
    def known(self) -> bool:
        """Right at the first try, the answer unseen."""
        first = self.replies.get(1)
        return self.item.known and not (first and first.revealed)


def learned(course: Course, events: Iterable[Event]) -> Learned:
    """Work out what became of a course's questions and steps."""
    counted = [one for one in in_order(events) if one.place.course == course.id]
    asked = _asked(course)
    askings = _askings(counted)
    tried = [one for one in counted if isinstance(one.deed, Answered)]
    days = [one.at[:10] for one in counted]
    return Learned(
        course=course.id,
        learners=len({one.installation for one in counted}),
        answers=len(tried),
        since=min(days, default=""),
        until=max(days, default=""),
        questions=tuple(sorted(_questions(asked, askings), key=_most_missed)),
        vouched=tuple(_remarks(asked, counted, Vouched)),
        reported=tuple(_remarks(asked, counted, Reported)),
        minutes=tuple(_minutes(course, counted)),
        gone=sum(_key(one) not in asked for one in tried),
    )


def _asked(course: Course) -> dict[Key, AnyQuestion]:
    return {
        (lesson.id, one.id): one  # type: ignore[misc]  # every question is one of AnyQuestion
        for lesson in course.lessons
        for one in questions(lesson)
    }


def _key(event: Event) -> Key:
    return event.place.lesson, event.place.question


def _askings(events: Iterable[Event]) -> dict[Key, list[Asking]]:
    """Every asking of each question, in the order in which they began."""
    found: dict[tuple[Key, str, str], Asking] = {}
    for event in events:
        match event.deed:
            case Answered() | Assessed() | Hinted() | Revealed() | Vouched() as deed:
                name = _key(event), event.installation, deed.sitting
                asking = found.setdefault(name, Asking(event.installation))
                asking.item = take(asking.item, deed, event.place.content)
                if isinstance(deed, Answered):
                    asking.replies[deed.attempt] = deed
                elif isinstance(deed, Vouched):
                    asking.replies.pop(deed.attempt, None)
            case _:
                pass
    by_question: dict[Key, list[Asking]] = defaultdict(list)
    for (key, _, _), asking in found.items():
        if asking.counts:
            by_question[key].append(asking)
    return by_question


def _questions(asked: dict[Key, AnyQuestion], askings: dict[Key, list[Asking]]) -> Iterator[Asked]:
    for (lesson, name), question in asked.items():
        if not (found := askings.get((lesson, name))):
            continue
        first_met = {one.learner: one for one in reversed(found)}
        today = content_hash(question)
        wrong = [] if isinstance(question, FreeResponse) else _wrong(found)
        yield Asked(
            lesson=lesson,
            question=name,
            prompt=question.prompt,
            learners=len(first_met),
            missed_by=sum(not one.known for one in first_met.values()),
            asked=len(found),
            first_right=sum(one.known for one in found),
            reworded=sum(one.item.content not in ("", today) for one in found),
            wrong=_commonest(one.said or one.raw for one in wrong),
            beliefs=_commonest(one.misconception for one in wrong if one.misconception),
        )


def _wrong(askings: Iterable[Asking]) -> list[Answered]:
    return [reply for one in askings for reply in one.replies.values() if not reply.right]


def _commonest(texts: Iterable[str]) -> tuple[Said, ...]:
    """Texts with how often they came; those that differ in case and spaces alone are one."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words = " ".join(text.split())
        spelt[words.casefold()][words] += 1
    said = [Said(one.most_common(1)[0][0], one.total()) for one in spelt.values()]
    return tuple(sorted(said, key=lambda one: (-one.times, one.text)))


def _most_missed(one: Asked) -> tuple[float, ...]:
    """First what most learners missed at first sight, then what goes wrong most often later."""
    return -one.missed_by / one.learners, one.first_right / one.asked, -one.asked


def _remarks(
    asked: dict[Key, AnyQuestion], events: Iterable[Event], kind: type[Vouched | Reported]
) -> Iterator[Remark]:
    for event in events:
        match event.deed:
            case Vouched(raw=text) | Reported(text=text) if isinstance(event.deed, kind):
                question = asked.get(_key(event))
                yield Remark(
                    lesson=event.place.lesson,
                    question=event.place.question or event.place.step,
                    text=text,
                    day=event.at[:10],
                    reworded=question is None or content_hash(question) != event.place.content,
                )
            case _:
                pass


def _minutes(course: Course, events: Iterable[Event]) -> Iterator[LessonTimes]:
    """Lessons of which something was timed."""
    spent = _spent(events)
    for lesson in course.lessons:
        steps = (*lesson.steps, *lesson.quiz)
        timed = [one for step in steps if (one := _timed(lesson, step, spent))]
        if timed:
            yield LessonTimes(
                lesson=lesson.id,
                title=lesson.title,
                steps=len(steps),
                timed=tuple(timed),
                measured=round(sum(one.measured for one in timed), 1),
                estimated=round(sum(one.estimated for one in timed), 1),
            )


def _spent(events: Iterable[Event]) -> dict[Key, dict[str, float]]:
    """Seconds by step and learner: of the first time that it was read, guessed at or answered."""
    found: dict[Key, dict[str, float]] = defaultdict(dict)
    sittings: dict[tuple[Key, str], str] = {}
    for event in events:
        place, who = event.place, event.installation
        match event.deed:
            case Passed(seconds=seconds) | Predicted(seconds=seconds) if seconds > 0:
                found[place.lesson, place.step].setdefault(who, seconds)
            case Answered(seconds=seconds, sitting=sitting):
                if sittings.setdefault((_key(event), who), sitting) == sitting:
                    before = found[_key(event)].get(who, 0.0)
                    found[_key(event)][who] = before + seconds
            case _:
                pass
    return found


def _timed(lesson: Lesson, step: AnyStep, spent: dict[Key, dict[str, float]]) -> Timed | None:
    """The minutes of a step; None where nobody took any. What was not read does not count."""
    estimate = step_minutes(step)
    taken = [seconds / 60 for seconds in spent.get((lesson.id, step.id), {}).values()]
    if doing(step) in (Doing.READS, Doing.WATCHES):
        taken = [minutes for minutes in taken if minutes >= SKIMMED * estimate]
    if not taken or (isinstance(step, Question) and not any(taken)):
        return None
    return Timed(
        step=step.id,
        learners=len(taken),
        measured=round(median(taken), 2),
        estimated=round(estimate, 2),
    )
