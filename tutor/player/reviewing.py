"""What is due, across lessons: asked one by one with a reason, and told at the end when it returns.

Each question is asked in a sitting of its own, so that numbers and the order of options are fresh.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tutor.course.contents import questions
from tutor.course.model import AnyQuestion, Lesson
from tutor.course.outlining import outline
from tutor.player.asking import ask
from tutor.player.commands import Command, Key
from tutor.player.confidence import EVERY, is_wanted
from tutor.player.desk import Desk, Move, Prompt, QuitError, numbered
from tutor.player.play import Parting
from tutor.progress.events import (
    Answered,
    Assessed,
    Buried,
    Event,
    Hinted,
    Resumed,
    Revealed,
    Suspended,
    Undone,
    Vouched,
)
from tutor.progress.folding import AtQuestion, take
from tutor.progress.lesson_progress import Item
from tutor.progress.order import in_order
from tutor.review.cards import CARDS
from tutor.review.counting import CAP, Asked, Due, asked_in, forecast, reviewed_on
from tutor.review.queue import due, missed_today, weakest
from tutor.review.remembered import Card, LessonCards
from tutor.screen import review_view
from tutor.screen.page_head import Head, open_page
from tutor.screen.terminal import EndOfInputError
from tutor.screen.words import line

LOOK_AHEAD = 365
"""Days in which the next question is looked for, when none is due."""
AT_QUESTION = (Answered, Assessed, Hinted, Revealed, Vouched)
"""Deeds of one asking, which an undoing takes back together."""


@dataclass
class Review:
    """A sitting at what is due on a day."""

    desk: Desk
    day: int
    course: list[Asked]
    practice: bool = False
    asked: list[tuple[Due, str]] = field(default_factory=list)
    """What was asked, with its sitting; empty where it was put off instead."""

    def cards(self) -> dict[str, LessonCards]:
        """The cards as the journal has them now."""
        return self.desk.journal.states(CARDS, self.desk.course.id)

    def card(self, one: Due) -> Card:
        """What is remembered of a question."""
        found = self.cards().get(one.lesson) or LessonCards()
        return found.cards.get(one.question) or Card()

    def at(self, one: Due) -> tuple[Desk, AnyQuestion]:
        """A desk at the lesson of a question, and the question."""
        lesson = next(found for found in self.desk.course.lessons if found.id == one.lesson)
        return replace(self.desk, lesson=lesson), _question(lesson, one.question)


def _question(lesson: Lesson, name: str) -> AnyQuestion:
    return next(q for q in questions(lesson) if q.id == name)  # type: ignore[return-value]


def play_review(desk: Desk, day: int) -> Parting:
    """Ask what is due, then more if the learner wants; when nothing is, offer practice."""
    return _play(Review(desk, day, asked_in(outline(desk.course))))


def play_practice(desk: Desk, day: int) -> Parting:
    """Practise what is least remembered, due or not."""
    return _play(Review(desk, day, asked_in(outline(desk.course)), practice=True))


def _play(review: Review) -> Parting:
    try:
        queue = _first_round(review)
        while queue:
            _go_through(review, queue)
            queue = _end_round(review)
    except (QuitError, EndOfInputError):
        if review.asked:
            _tell_result(review)
        return Parting.QUIT
    return Parting.FINISHED


def _first_round(review: Review) -> list[Due]:
    lessons = review.cards()
    if review.practice:
        queue = _to_practise(review, lessons)
    else:
        queue = due(lessons, review.course, review.day)
    if queue:
        minutes = sum(_minutes(review, one) for one in queue)
        review.desk.say(*review_view.start(len(queue), minutes, practice=review.practice))
        if is_wanted(review.desk):
            review.desk.say(review_view.how_sure(EVERY))
        return queue
    return _when_nothing_is_due(review, lessons)


def _to_practise(review: Review, lessons: dict[str, LessonCards]) -> list[Due]:
    """The least remembered; where all was asked today, what was missed of it, once."""
    asked = {(one.lesson, one.question) for one, _ in review.asked}
    missed = missed_today(lessons, review.course, review.day)
    again = [one for one in missed if (one.lesson, one.question) not in asked]
    return weakest(lessons, review.course, review.day) or again


def _minutes(review: Review, one: Due) -> float:
    name = (one.lesson, one.question)
    return next(a.minutes for a in review.course if (a.lesson, a.question) == name)


def _when_nothing_is_due(review: Review, lessons: dict[str, LessonCards]) -> list[Due]:
    """Say when the next question comes; offer more of today, or the weakest matter."""
    more = due(lessons, review.course, review.day, reviewed_on(review.day, lessons) + CAP)
    practice = [] if more or review.practice else _to_practise(review, lessons)
    counts = forecast(lessons, review.course, review.day, LOOK_AHEAD)
    review.desk.say(*review_view.nothing_due(counts, len(more), len(practice)))
    if not more and not practice:
        return []
    prompt = Prompt(review.desk, review.desk.place(), (Key.NEXT,), next_label="go on")
    _wait_for(prompt)
    review.practice = bool(practice)
    return more or practice


def _go_through(review: Review, queue: Sequence[Due]) -> None:
    """Ask the questions of a round; an undoing leads back by one."""
    first, index = len(review.asked), 0
    sitting = review.desk.new_sitting()
    while index < len(queue):
        one = queue[index]
        _open_page(review, one, index, len(queue))
        move = _ask(review, one, sitting)
        if move is Move.UNDO and not _can_undo(review, sitting, first):
            review.desk.note_line("There is nothing to take back in this round.")
            continue  # with the same numbers in the same order
        match move:
            case Move.UNDO:
                index = _undo(review, one, sitting, index)
            case Move.LATER:
                _put_off(review, one, sitting, Buried(), review_view.PUT_OFF)
                index += 1
            case Move.NEVER:
                said = review_view.SUSPENDED.format(review.desk.called)
                _put_off(review, one, sitting, Suspended(), said)
                index += 1
            case _:
                review.asked.append((one, sitting))
                index += 1
        sitting = review.desk.new_sitting()


def _ask(review: Review, one: Due, sitting: str) -> Move:
    """Ask a question; what was answered of it counts, whoever leaves in the middle."""
    desk, question = review.at(one)
    desk.asks_how_sure = len(review.asked) % EVERY == 0
    try:
        return ask(desk, question, sitting, around=(Key.UNDO, Key.LATER, Key.NEVER))
    except (QuitError, EndOfInputError):
        if sitting in _items(review):
            review.asked.append((one, sitting))
        raise


def _can_undo(review: Review, sitting: str, first: int) -> bool:
    """Tell whether something was done at this question, or asked before it in this round."""
    return len(review.asked) > first or sitting in _items(review)


def _open_page(review: Review, one: Due, index: int, count: int) -> None:
    desk, _ = review.at(one)
    title = "Practice" if review.practice else "Review"
    place = f"question {index + 1} of {count}"
    open_page(desk.terminal, Head(title, numbered(desk), place, index / count))
    belief = one.belief if one.belief in _beliefs(review, one) else ""
    desk.say(review_view.reason(belief, review.card(one), review.day), line())


def _beliefs(review: Review, one: Due) -> tuple[str, ...]:
    """The false beliefs that a question can show."""
    name = (one.lesson, one.question)
    return next(a.misconceptions for a in review.course if (a.lesson, a.question) == name)


def _undo(review: Review, one: Due, sitting: str, index: int) -> int:
    """Take back what was done at this question, or else at the one before; ask that anew."""
    if _take_back(review, one, sitting):
        review.desk.note_line("Taken back. Once more, with fresh numbers or a fresh order:")
        return index
    before, sitting = review.asked.pop()
    _take_back(review, before, sitting)
    review.desk.note_line("The one before is taken back. Once more:")
    return index - 1


def _take_back(review: Review, one: Due, sitting: str) -> bool:
    """Undo every deed of one asking, or the putting off of a question; tells if there was one."""
    journal, found = review.desk.journal, False
    kinds = AT_QUESTION if sitting else (Buried, Suspended)
    while event := journal.latest(*kinds):
        if event.place.question != one.question or _sitting(event) != sitting:
            break
        journal.record(event.place, Undone(event=event.id))
        found = True
        if not sitting:
            break
    return found


def _items(review: Review) -> dict[str, Item]:
    """How each asking went by its sitting, whatever another window was told of the same question.

    A lesson's progress remembers only the latest asking of a question.
    """
    items: dict[str, Item] = {}
    for event in in_order(review.desk.journal.events(*AT_QUESTION, Undone)):
        if isinstance(event.deed, AtQuestion):
            before = items.get(event.deed.sitting, Item())
            items[event.deed.sitting] = take(before, event.deed, event.place.content)
    return items


def _sitting(event: Event) -> str:
    return event.deed.sitting if isinstance(event.deed, AtQuestion) else ""


def _put_off(review: Review, one: Due, sitting: str, deed: Buried | Suspended, said: str) -> None:
    """Keep that a question is not wanted; what was answered of it stays."""
    desk, question = review.at(one)
    if sitting in _items(review):
        review.asked.append((one, sitting))
    desk.record(desk.place(question=question), deed)
    review.asked.append((one, ""))
    desk.note_line(said)


def _end_round(review: Review) -> list[Due]:
    """Tell how it went; returns more questions, when there are some and the learner wants them."""
    _tell_result(review)
    lessons = review.cards()
    if review.practice:
        more = _to_practise(review, lessons)
    else:
        cap = reviewed_on(review.day, lessons) + CAP
        more = due(lessons, review.course, review.day, cap)
    if not more:
        return []
    review.desk.say(*review_view.more(len(more), practice=review.practice))
    keys = (Key.NEXT, Key.MORE)
    prompt = Prompt(review.desk, review.desk.place(), keys, next_label="leave it there")
    return more if _wait_for(prompt) is Key.MORE else []


def _wait_for(prompt: Prompt) -> Key:
    while not isinstance(came := prompt.ask(), Command):
        prompt.desk.note_line("Type one of the keys above; ? shows them all.")
    return came.key


def _tell_result(review: Review) -> None:
    answered = [(one, sitting) for one, sitting in review.asked if sitting]
    items = _items(review)
    known = sum(items.get(sitting, Item()).known for _, sitting in answered)
    days = []
    for one, _ in answered:
        memory = review.card(one).memory
        days += [max(1, memory.due - review.day)] if memory else []
    review.desk.terminal.gap()
    review.desk.say(*review_view.result(known, len(answered), days))


def suspended(lessons: dict[str, LessonCards], course: Sequence[Asked]) -> list[Asked]:
    """The questions that the learner wants no more, in the course's order."""
    none = LessonCards()
    return [
        asked
        for asked in course
        if (card := lessons.get(asked.lesson, none).cards.get(asked.question)) and card.suspended
    ]


def bring_back(desk: Desk) -> Parting:
    """List what is suspended; a number brings a question back."""
    review = Review(desk, 0, asked_in(outline(desk.course)))
    try:
        while found := suspended(review.cards(), review.course):
            ones = [Due(asked.lesson, asked.question) for asked in found]
            prompts = [review.at(one)[1].prompt for one in ones]
            desk.say(*review_view.suspended(prompts))
            if not desk.terminal.is_interactive:
                return Parting.FINISHED
            typed = desk.terminal.ask("Number to bring back (Enter leaves): ").strip()
            if not (typed.isdecimal() and 1 <= int(typed) <= len(ones)):
                return Parting.FINISHED
            at, question = review.at(ones[int(typed) - 1])
            at.record(at.place(question=question), Resumed())
            desk.note_line("Brought back.")
    except EndOfInputError:
        return Parting.QUIT
    desk.note_line("No question is suspended.")
    return Parting.FINISHED
