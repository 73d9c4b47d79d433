"""A lesson from where the learner left it to its end: the step loop."""

from collections.abc import Sequence
from enum import Enum, auto

from tutor.course.contents import Doing, doing
from tutor.course.model import AnyStep
from tutor.course.numbering import main_steps, place_in
from tutor.player.between import between, on_coming_back
from tutor.player.commands import Command, Key
from tutor.player.desk import IDLE_SECONDS, Desk, Move, Prompt, QuitError, numbered
from tutor.player.listing import choose_step
from tutor.player.quiz import Kind, practise_missed, take_quiz
from tutor.player.steps import show_step
from tutor.player.way import way_through
from tutor.progress.events import Entered, Passed
from tutor.screen.lesson_view import lesson_intro
from tutor.screen.page_head import Head, open_page
from tutor.screen.terminal import EndOfInputError
from tutor.screen.words import Renderable
from tutor.standing import Stand, stand


class Parting(Enum):
    """How a sitting at a lesson ended."""

    FINISHED = auto()
    QUIT = auto()


def play(desk: Desk) -> Parting:
    """Take the lesson from where it was left. Quitting is an ending, not an error."""
    place = stand(desk.lesson, desk.progress())
    try:
        while place.quiz or (_play_steps(desk, place.step) and _wants_quiz(desk)):
            chosen = take_quiz(desk)
            if chosen is None:
                break
            place = Stand(chosen)  # the list in the quiz leads back into the lesson
    except (QuitError, EndOfInputError):
        return Parting.QUIT
    return Parting.FINISHED


def play_quiz(desk: Desk, kind: Kind = Kind.COUNTED) -> Parting:
    """Take the lesson's quiz by itself; its list leads into the lesson."""
    try:
        chosen = take_quiz(desk, kind)
        if chosen is not None:
            _play_steps(desk, chosen)
            take_quiz(desk, kind)
    except (QuitError, EndOfInputError):
        return Parting.QUIT
    return Parting.FINISHED


def play_missed(desk: Desk) -> Parting:
    """Practise what the latest run of the quiz missed."""
    if not practise_missed(desk):
        desk.note_line("Nothing was missed in the latest quiz, or there was none yet.")
        return Parting.QUIT
    return play_quiz(desk, Kind.PRACTICE)


def _play_steps(desk: Desk, index: int) -> bool:
    """Go through the steps; tells whether the quiz comes next."""
    before = on_coming_back(desk, index)
    while index < len(desk.lesson.steps):
        following = _take_step(desk, index, before)
        before, index = between(desk, index, following), following
    return bool(desk.lesson.quiz)


def _take_step(desk: Desk, index: int, before: Sequence[Renderable]) -> int:
    """Show a step, under what is said before it, until it is left; tells which one comes next."""
    step, way = desk.lesson.steps[index], way_through(desk, desk.lesson)
    _open_page(desk, index)
    desk.say(*(before if index else lesson_intro(desk.lesson, desk.pace)))
    desk.record(desk.place(step), Entered())
    started = desk.monotonic()
    desk.ways_out = way.ways_out(index)
    try:
        move = show_step(desk, step, desk.progress(), first=index == 0)
    finally:
        desk.ways_out = {}
    match move:
        case Move.BACK:
            return way.before(index, desk.progress().passed)
        case Move.LIST:
            return choose_step(desk, index)
        case _:
            seconds = _reading_seconds(step, desk.monotonic() - started)
            desk.record(desk.place(step), Passed(seconds=seconds))
            return way.after(index, move)


def _wants_quiz(desk: Desk) -> bool:
    """Someone who reads a finished lesson again need not take its quiz again."""
    progress = desk.progress()
    if progress.run or not progress.result:
        return True
    taken = f"{progress.result.right}/{len(progress.result.items)}"
    desk.note_line(f"You have taken this quiz: {taken}. Enter takes it again, q leaves.")
    while not isinstance(Prompt(desk, desk.place(), (Key.NEXT,)).ask(), Command):
        desk.note_line("Enter takes the quiz again, q leaves.")
    return True


def _reading_seconds(step: AnyStep, elapsed: float) -> float:
    """Time at a question is counted with its replies; here only reading counts."""
    is_reading = doing(step) in (Doing.READS, Doing.WATCHES)
    return round(min(elapsed, IDLE_SECONDS), 1) if is_reading else 0.0


def _open_page(desk: Desk, index: int) -> None:
    steps = desk.lesson.steps
    section = next((s.section for s in reversed(steps[: index + 1]) if s.section), "")
    done = main_steps(steps[:index]) / main_steps(steps)
    open_page(desk.terminal, Head(numbered(desk), section, place_in(steps, index), done))
