"""One screen for each kind of step."""

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
from tutor.player.desk import Desk, Move, Prompt, Typed
from tutor.progress.events import Predicted
from tutor.progress.lesson_progress import Item, LessonProgress
from tutor.screen import step_view
from tutor.screen.question_view import listed
from tutor.screen.words import bold, dim, line

OWN_WORDS = "Type your guess, then Enter."


def show_step(desk: Desk, step: AnyStep, progress: LessonProgress, *, first: bool) -> Move:
    """Show one step and wait; tells where to go from it."""
    match step:
        case TextStep():
            desk.say(*step_view.prose(step.text, desk.course, desk.terminal.look))
        case Figure():
            desk.say(*step_view.figure(step, desk.terminal.look, desk.terminal.width))
        case Recap():
            desk.say(*step_view.points(step.points, desk.course, desk.terminal.look))
        case Worked():
            return _work(desk, step, first=first)
        case Demo():
            return demonstrate(desk, step, first=first)
        case Recall():
            _recall(desk, step)
        case Prediction():
            return _predict(desk, step, progress, first=first)
        case _:
            return _ask(desk, step, progress, first=first)
    return wait(desk, step, first=first)


def wait(desk: Desk, step: AnyStep, *, first: bool, next_label: str = "") -> Move:
    """Wait for Enter, or a key that leads elsewhere."""
    back = () if first else (Key.BACK,)
    keys = (Key.NEXT, *back, Key.LIST)
    prompt = Prompt(desk, desk.place(step), keys, next_label=next_label)
    while True:
        match prompt.ask():
            case Command(key=Key.BACK):
                return Move.BACK
            case Command(key=Key.LIST):
                return Move.LIST
            case Command():
                return Move.NEXT
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


def _recall(desk: Desk, step: Recall) -> None:
    """Show a guess from an earlier lesson, or say that there was none."""
    guess = desk.journal.lesson(desk.course.id, step.lesson).predictions.get(step.prediction)
    asked = next(lesson for lesson in desk.course.lessons if lesson.id == step.lesson)
    earlier = next(s for s in asked.steps if s.id == step.prediction)
    assert isinstance(earlier, Prediction)
    look = desk.terminal.look
    desk.say(bold(f"You were asked in lesson {desk.course.lessons.index(asked) + 1}:"))
    desk.say(*step_view.prose(earlier.prompt, desk.course, look))
    said = f"Your guess: {_in_words(earlier, guess)}" if guess else "You made no guess then."
    desk.say(bold(said), line(), *step_view.prose(step.text, desk.course, look))


def _predict(desk: Desk, step: Prediction, progress: LessonProgress, *, first: bool) -> Move:
    look = desk.terminal.look
    desk.say(dim("Your guess first. It is kept, and never scored."))
    desk.say(*step_view.prose(step.prompt, desk.course, look))
    guess = progress.predictions.get(step.id)
    if guess is None:
        came = _guess(desk, step, first=first)
        if isinstance(came, Move):
            return came
        guess = came
    desk.terminal.gap()
    if guess:
        desk.say(bold(f"You guessed: {_in_words(step, guess)}"))
    desk.say(*step_view.prose(step.reveal, desk.course, look))
    return wait(desk, step, first=first)


def _guess(desk: Desk, step: Prediction, *, first: bool) -> str | Move:
    if step.options:
        desk.terminal.gap()
        desk.say(listed([(str(n), option) for n, option in enumerate(step.options, 1)]))
    back = () if first else (Key.BACK,)
    prompt = Prompt(desk, desk.place(step), (Key.SKIP, *back, Key.LIST), free_text=not step.options)
    while True:
        came = prompt.ask()
        if isinstance(came, Command) and came.key is Key.SKIP:
            return ""
        if isinstance(came, Command):
            return Move.BACK if came.key is Key.BACK else Move.LIST
        line = came.line.strip()
        if line and (not step.options or _is_option(step, line)):
            desk.record(desk.place(step), Predicted(raw=line, seconds=round(came.seconds, 1)))
            return line
        hint = f"Type a number from 1 to {len(step.options)}." if step.options else OWN_WORDS
        desk.note_line(hint)


def _is_option(step: Prediction, line: str) -> bool:
    return line in {str(number) for number in range(1, len(step.options) + 1)}


def _in_words(step: Prediction, guess: str) -> str:
    return step.options[int(guess) - 1] if step.options and _is_option(step, guess) else guess


def _ask(desk: Desk, step: AnyQuestion, progress: LessonProgress, *, first: bool) -> Move:
    """Ask an inline question; a settled one may be answered again."""
    sitting = progress.sittings.get(step.id) or desk.new_sitting()
    item = progress.items.get(step.id) or Item()
    while True:
        move = ask(desk, step, sitting, item, step=step, can_go_back=not first)
        if move is not Move.AGAIN:
            return move
        sitting, item = desk.new_sitting(), Item()
        desk.terminal.gap()
