"""Placement: at most a dozen questions that tell which lessons a learner may leave out.

Every lesson that was not begun gives one question that is hard to guess. Who answers it at the
first try without a hint is asked a second of that lesson, the rounds going on until the dozen is
full. Two of two let a lesson be left out: at a chance of one in four to guess right, one lesson in
sixteen is let through that is not known. What was answered comes back in reviews, so what is left
out is not taken for known for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tutor.course.model import (
    AnyQuestion,
    Cloze,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    ShortText,
    SingleChoice,
)
from tutor.player.asking import ask
from tutor.player.commands import Command, Key
from tutor.player.desk import Desk, Prompt, QuitError, numbered
from tutor.player.play import Parting
from tutor.progress.events import Skipped
from tutor.review.cards import CARDS
from tutor.screen import placement_view
from tutor.screen.page_head import Head, open_page
from tutor.screen.terminal import EndOfInputError

MOST = 12
"""Questions in all."""
ENOUGH = 2
"""Right answers, and none wrong, that let a lesson be left out."""
HARD_TO_GUESS = (Number, ShortText, Cloze, Ordering, Matching, MultipleChoice)
FOUR = 4
"""Options that a choice needs, where there is nothing harder."""


@dataclass(frozen=True)
class Shown:
    """What a learner has shown of a lesson."""

    asked: int = 0
    right: int = 0

    @property
    def is_known(self) -> bool:
        """Tell whether it may be left out."""
        return self.right >= ENOUGH and self.right == self.asked


def next_lesson(shown: Mapping[str, Shown], lessons: Sequence[str]) -> str | None:
    """The lesson to ask about next; None at the end. Each once first, then those answered right."""
    if sum(one.asked for one in shown.values()) >= MOST:
        return None
    none = Shown()
    waiting = [
        (shown.get(name, none).asked, name)
        for name in lessons
        if shown.get(name, none).asked == shown.get(name, none).right < ENOUGH
    ]
    return min(waiting, key=lambda pair: pair[0])[1] if waiting else None


def candidates(lesson: Lesson) -> list[AnyQuestion]:
    """The questions of a lesson's quiz that are hard to guess."""
    hard: list[AnyQuestion] = [q for q in lesson.quiz if isinstance(q, HARD_TO_GUESS)]
    choices = [q for q in lesson.quiz if isinstance(q, SingleChoice) and len(q.options) >= FOUR]
    return hard if len(hard) >= ENOUGH else [*hard, *choices]


def play_placement(desk: Desk, day: int) -> Parting:
    """Ask, show the evidence, and leave out what the learner agrees to leave out.

    Who left it goes on on the same day, with what was answered.
    """
    lessons = _not_begun(desk)
    if not lessons:
        desk.note_line("Every lesson is begun already, or has too few questions to tell.")
        return Parting.FINISHED
    most = min(MOST, ENOUGH * len(lessons))
    desk.say(*placement_view.start(most, ENOUGH))
    answered = _answered_on(desk, lessons, day)
    shown = {name: Shown(len(rights), sum(rights.values())) for name, rights in answered.items()}
    if shown:
        desk.note_line(placement_view.GOES_ON)
    try:
        _ask_all(desk, _fresh(desk, lessons, answered), shown, most)
        _leave_out(desk, lessons, shown)
    except (QuitError, EndOfInputError):
        return Parting.QUIT
    return Parting.FINISHED


def _not_begun(desk: Desk) -> dict[str, Lesson]:
    """Lessons that were not begun and have questions enough to tell."""
    begun = desk.journal.lessons(desk.course.id)
    return {
        lesson.id: lesson
        for lesson in desk.course.lessons
        if not (lesson.id in begun and (begun[lesson.id].started or begun[lesson.id].skipped))
        and len(candidates(lesson)) >= ENOUGH
    }


def _answered_on(desk: Desk, lessons: Mapping[str, Lesson], day: int) -> dict[str, dict[str, bool]]:
    """The questions of these lessons that were answered on a day, with whether rightly."""
    found: dict[str, dict[str, bool]] = {}
    cards = desk.journal.states(CARDS, desk.course.id)
    for name, lesson in lessons.items():
        known = cards[name].cards if name in cards else {}
        for question in candidates(lesson):
            tries = known[question.id].tries if question.id in known else ()
            if tries and tries[-1].day == day:
                found.setdefault(name, {})[question.id] = tries[-1].right
    return found


def _fresh(
    desk: Desk, lessons: Mapping[str, Lesson], answered: Mapping[str, Mapping[str, bool]]
) -> dict[str, list[AnyQuestion]]:
    """What can be asked of each lesson, in a fresh order."""
    return {
        name: _shuffled(desk, [q for q in candidates(lesson) if q.id not in answered.get(name, ())])
        for name, lesson in lessons.items()
    }


def _ask_all(
    desk: Desk, fresh: dict[str, list[AnyQuestion]], shown: dict[str, Shown], most: int
) -> None:
    lessons = {lesson.id: lesson for lesson in desk.course.lessons}
    while name := next_lesson(shown, list(fresh)):
        before = shown.get(name, Shown())
        question = fresh[name].pop()
        at = replace(desk, lesson=lessons[name])
        _open_page(at, sum(one.asked for one in shown.values()), most)
        sitting = desk.new_sitting()
        ask(at, question, sitting, around=())
        item = at.progress().item(question.id, sitting)
        right = item.known and not item.hints
        shown[name] = Shown(before.asked + 1, before.right + right)


def _shuffled(desk: Desk, found: list[AnyQuestion]) -> list[AnyQuestion]:
    return desk.rng.sample(found, len(found))


def _open_page(desk: Desk, asked: int, most: int) -> None:
    place = f"question {asked + 1} of at most {most}"
    open_page(desk.terminal, Head("Placement", numbered(desk), place, asked / most))


def _leave_out(desk: Desk, lessons: Mapping[str, Lesson], shown: Mapping[str, Shown]) -> None:
    known = [lesson for name, lesson in lessons.items() if shown.get(name, Shown()).is_known]
    desk.terminal.gap()
    rows = [(lessons[name].title, one.right, one.asked) for name, one in shown.items()]
    desk.say(*placement_view.evidence(rows, [lesson.title for lesson in known], desk.called))
    if not known:
        return
    prompt = Prompt(desk, desk.place(), (Key.NEXT,), next_label="leave out")
    while not isinstance(prompt.ask(), Command):
        desk.note_line("Enter leaves them out; q leaves everything as it was.")
    for lesson in known:
        at = replace(desk, lesson=lesson)
        at.record(at.place(), Skipped())
    desk.note_line(placement_view.LEFT_OUT.format(desk.called))
