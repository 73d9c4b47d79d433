"""A sitting at a lesson: the desk set up, the goodbye said."""

from contextlib import contextmanager, suppress
from enum import Enum, auto
from typing import TYPE_CHECKING

from tutor.cli.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.course.model import Lesson
    from tutor.player.desk import Desk
    from tutor.player.play import Parting
    from tutor.progress.journal import Journal


class Part(Enum):
    """What to take of a lesson."""

    ALL = auto()
    QUIZ = auto()
    MISSED = auto()


def sit(room: Room, lesson: "Lesson", part: Part = Part.ALL) -> None:
    """Take a lesson, or its quiz; Ctrl-C leaves as politely as q, and exits with 130."""
    from tutor.player.ending import show_ending
    from tutor.player.play import Parting
    from tutor.progress.moments import local_now
    from tutor.review.days import day_of
    from tutor.screen import goodbye_view
    from tutor.screen.terminal import EndOfInputError

    with _at_work(room) as journal:
        desk = room.desk(journal, lesson)
        try:
            ending = _take(desk, part)
        except KeyboardInterrupt:
            room.terminal.say(*goodbye_view.left(room.called))
            raise
        if ending is Parting.FINISHED:
            now = local_now()
            with suppress(EndOfInputError):  # who has read enough of the page
                show_ending(desk, day_of(now), f"{now.day} {now:%b}")
    if ending is Parting.QUIT:
        room.terminal.say(*goodbye_view.left(room.called))


@contextmanager
def _at_work(room: Room) -> "Iterator[Journal]":
    """The journal; at the end a sync begins, where the learner wants one, that nobody waits for."""
    from tutor.records import unseen

    try:
        with room.journal() as journal:
            yield journal
    finally:
        unseen.begin(room.settings.records, room.settings.course.absolute())


def _take(desk: "Desk", part: Part) -> "Parting":
    from tutor.player import play

    match part:
        case Part.ALL:
            return play.play(desk)
        case Part.QUIZ:
            return play.play_quiz(desk)
        case Part.MISSED:
            return play.play_missed(desk)


class Repeat(Enum):
    """What to ask across lessons."""

    DUE = auto()
    PRACTICE = auto()
    SUSPENDED = auto()
    PLACEMENT = auto()


def review_all(room: Room) -> None:
    """Ask what is due in each course at hand, one after the other, until somebody leaves."""
    from tutor.cli.everywhere import rooms_with_due
    from tutor.player.play import Parting
    from tutor.screen import review_view

    asked = False
    for other, title in rooms_with_due(room):
        asked = True
        room.terminal.say(*review_view.course(title))
        if review_at(other) is Parting.QUIT:
            return
    if not asked:
        room.terminal.say(*review_view.nothing_anywhere())


def review_at(room: Room, how: Repeat = Repeat.DUE) -> "Parting":
    """Ask across lessons; Ctrl-C leaves as politely as q, and exits with 130."""
    from tutor.player.play import Parting
    from tutor.screen import goodbye_view

    goodbye = goodbye_view.reviewed(
        room.called if how is Repeat.PLACEMENT else f"{room.called} review"
    )
    with _at_work(room) as journal:
        try:
            ending = _repeat(room.desk(journal), how)
        except KeyboardInterrupt:
            room.terminal.say(*goodbye)
            raise
    if ending is Parting.QUIT:
        room.terminal.say(*goodbye)
    elif how in (Repeat.DUE, Repeat.PRACTICE):
        room.terminal.say(*goodbye_view.after_review(room.called))
    return ending


def look_back_at(room: Room, lesson: "Lesson") -> None:
    """Ask a lesson's first guesses anew; Ctrl-C leaves as politely as q, and exits with 130."""
    from tutor.player.play import Parting
    from tutor.player.then_and_now import play_then_and_now
    from tutor.screen import goodbye_view

    goodbye = goodbye_view.reviewed(f"{room.called} then {lesson.id}")
    with _at_work(room) as journal:
        try:
            ending = play_then_and_now(room.desk(journal), lesson)
        except KeyboardInterrupt:
            room.terminal.say(*goodbye)
            raise
    room.terminal.say(
        *(goodbye if ending is Parting.QUIT else goodbye_view.after_review(room.called))
    )


def _repeat(desk: "Desk", how: Repeat) -> "Parting":
    from tutor.player import placing, reviewing
    from tutor.progress.moments import local_now
    from tutor.review.days import day_of

    match how:
        case Repeat.DUE:
            return reviewing.play_review(desk, day_of(local_now()))
        case Repeat.PRACTICE:
            return reviewing.play_practice(desk, day_of(local_now()))
        case Repeat.SUSPENDED:
            return reviewing.bring_back(desk)
        case Repeat.PLACEMENT:
            return placing.play_placement(desk, day_of(local_now()))
