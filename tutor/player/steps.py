"""One screen for each kind of step."""

import dataclasses

from msgspec.structs import replace

from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    Demo,
    Figure,
    Prediction,
    Recall,
    Recap,
    Worked,
)
from tutor.course.model import (
    Text as TextStep,
)
from tutor.player.asking import ask
from tutor.player.commands import Command, Key
from tutor.player.demonstrating import demonstrate
from tutor.player.desk import MOVES, Desk, Move, Prompt, Typed
from tutor.player.guessing import KEPT, ask_guess, told, version
from tutor.player.guessing_again import ask_today, both, now_place
from tutor.progress.events import Place
from tutor.progress.lesson_progress import Guess, LessonProgress
from tutor.screen import step_view
from tutor.screen.figure_view import FigureView
from tutor.screen.question_view import listed
from tutor.screen.words import Renderable, bold, dim, line


def show_step(desk: Desk, step: AnyStep, progress: LessonProgress, *, first: bool) -> Move:
    """Show one step and wait; tells where to go from it."""
    match step:
        case TextStep():
            desk.say(*step_view.prose(step.text, desk.course, desk.terminal.look))
        case Figure():
            desk.say(FigureView(step, desk.terminal.look, _text_before(desk, step)))
        case Recap():
            desk.say(*step_view.points(step.points, desk.course, desk.terminal.look))
        case Worked():
            return _work(desk, step, first=first)
        case Demo():
            return demonstrate(desk, step, first=first)
        case Recall():
            if (left := _recall(desk, step, first=first)) is not None:
                return left
        case Prediction():
            return _predict(desk, step, progress, first=first)
        case _:
            return _ask(desk, step, progress, first=first)
    return wait(desk, step, first=first)


def _text_before(desk: Desk, step: Figure) -> list[Renderable]:
    """What was read on the page before a drawing, which has room beside it in a wide window."""
    steps = desk.lesson.steps
    index = next(i for i, one in enumerate(steps) if one.id == step.id)
    before = steps[index - 1] if index else None
    if not isinstance(before, TextStep) or before.deeper is not step.deeper:
        return []
    return step_view.prose(before.text, desk.course, desk.terminal.look)


def wait(desk: Desk, step: AnyStep, *, first: bool, next_label: str = "") -> Move:
    """Wait for Enter, or a key that leads elsewhere."""
    back = () if first else (Key.BACK,)
    onward = () if next_label else tuple(desk.ways_out)
    keys = (Key.NEXT, *onward, *back, Key.LIST)
    prompt = Prompt(desk, desk.place(step), keys, next_label=next_label)
    while True:
        match prompt.ask():
            case Command(key=key):
                return MOVES[key]
            case Typed():
                desk.note_line("Nothing is asked here: Enter goes on, ? shows the keys.")


def _work(desk: Desk, step: Worked, *, first: bool) -> Move:
    """Show a worked example line by line."""
    look = desk.terminal.look
    desk.say(*step_view.prose(step.problem, desk.course, look))
    for number, reason in enumerate(step.lines, 1):
        move = wait(desk, step, first=first, next_label="next line")
        if move is not Move.NEXT:
            return move
        desk.say(bold(f"{number}."), *step_view.prose(reason, desk.course, look))
    return wait(desk, step, first=first)


def _recall(desk: Desk, step: Recall, *, first: bool) -> Move | None:
    """Show a guess from an earlier lesson; before that, ask for today's where the step wants it.

    Tells where to go, if the learner goes elsewhere before the end.
    """
    asked = next(lesson for lesson in desk.course.lessons if lesson.id == step.lesson)
    earlier = next(s for s in asked.steps if s.id == step.prediction)
    assert isinstance(earlier, Prediction)
    look = desk.terminal.look
    desk.say(bold(f"You were asked in lesson {desk.course.lessons.index(asked) + 1}:"))
    desk.say(*step_view.prose(earlier.prompt, desk.course, look))
    at = dataclasses.replace(desk, lesson=asked)
    if not step.again:
        _show_guess(at, earlier)
    elif (move := _guess_anew(at, earlier, first=first)) is not None:
        return move
    desk.say(line(), *step_view.prose(step.text, desk.course, look))
    return None


def _show_guess(at: Desk, earlier: Prediction) -> None:
    guess = at.progress().predictions.get(earlier.id)
    if guess:
        at.say(*told("Your guess:", guess, _guess_place(at, earlier), earlier.options))
    else:
        at.say(bold("You made no guess then."))


def _guess_anew(at: Desk, earlier: Prediction, *, first: bool) -> Move | None:
    """Ask what the learner says today, unless that was asked; then show both."""
    guesses = at.progress().predictions
    today = guesses.get(now_place(at, earlier).guess)
    said = today.words if today else ""
    if today is None:
        came = ask_today(at, earlier, (Key.SKIP, *(() if first else (Key.BACK,)), Key.LIST))
        if isinstance(came, Command) and came.key is not Key.SKIP:
            return MOVES[came.key]
        said = came if isinstance(came, str) else ""
    at.say(line(), *both(at, earlier, guesses.get(earlier.id), said))
    return None


def _predict(desk: Desk, step: Prediction, progress: LessonProgress, *, first: bool) -> Move:
    look = desk.terminal.look
    desk.say(dim(KEPT))
    desk.say(*step_view.prose(step.prompt, desk.course, look))
    place = _guess_place(desk, step)
    guess = progress.predictions.get(step.id)
    if guess is None:
        came = _guess(desk, step, place, first=first)
        if isinstance(came, Move):
            return came
        guess = Guess(words=came, content=place.content) if came else None
    desk.terminal.gap()
    if guess:
        desk.say(*told("You guessed:", guess, place, step.options))
    desk.say(*step_view.prose(step.reveal, desk.course, look))
    return wait(desk, step, first=first)


def _guess_place(desk: Desk, step: Prediction) -> Place:
    return replace(desk.place(step), content=version(step.prompt, *step.options))


def _guess(desk: Desk, step: Prediction, place: Place, *, first: bool) -> str | Move:
    """Ask for a guess; skipped, it is empty."""
    if step.options:
        desk.terminal.gap()
        desk.say(listed([(str(n), option) for n, option in enumerate(step.options, 1)]))
    back = () if first else (Key.BACK,)
    keys = (Key.SKIP, *back, Key.LIST)
    came = ask_guess(
        Prompt(desk, desk.place(step), keys, free_text=not step.options), place, step.options
    )
    match came:
        case Command(key=Key.BACK):
            return Move.BACK
        case Command(key=Key.LIST):
            return Move.LIST
        case Command():
            return ""
        case _:
            return came


def _ask(desk: Desk, step: AnyQuestion, progress: LessonProgress, *, first: bool) -> Move:
    """Ask an inline question; a settled one may be answered again."""
    sitting = progress.sittings.get(step.id) or desk.new_sitting()
    while True:
        around = (Key.LIST,) if first else (Key.BACK, Key.LIST)
        move = ask(desk, step, sitting, step=step, around=around)
        if move is not Move.AGAIN:
            return move
        sitting = desk.new_sitting()
        desk.terminal.gap()
