"""The quiz: one run over its items, the result, and another run over what was missed."""

from enum import Enum, auto
from functools import partial

from msgspec.structs import replace

from tutor.player.asking import ask, seed_of
from tutor.player.commands import Command, Key, number_typed
from tutor.player.confidence import is_asked
from tutor.player.desk import Desk, Move, Prompt, Typed, numbered
from tutor.player.listing import choose_step
from tutor.progress.events import Entered, QuizClosed, QuizOpened
from tutor.progress.lesson_progress import Run
from tutor.screen.page_head import Head, open_page
from tutor.screen.quiz_view import Result, how_sure, quiz_start, result_item, summary


class Kind(Enum):
    """Which run of the quiz to go on with."""

    ANY = auto()
    COUNTED = auto()
    PRACTICE = auto()


def take_quiz(desk: Desk, kind: Kind = Kind.ANY) -> int | None:
    """Go on with the run under way, or start one; at its end, practise until content.

    Returns a step's index when the learner went into the lesson from the list.
    """
    run = _run_under_way(desk, kind) or _open(desk, tuple(q.id for q in desk.lesson.quiz))
    while True:
        chosen = _go_through(desk, run)
        if chosen is not None:
            return chosen
        desk.record(desk.place(), QuizClosed(sitting=run.sitting))
        missed = _show_result(desk, _as_kept(desk, run))
        if not missed:
            return None
        run = _open(desk, missed, practice=True)


def practise_missed(desk: Desk) -> bool:
    """Go on with a practice, or open one over what the latest run missed; False for neither."""
    if _run_under_way(desk, Kind.PRACTICE):
        return True
    last = desk.progress().last
    known = {question.id for question in desk.lesson.quiz}
    missed = [i for i in (last.items if last else ()) if i in known and not _known(last, i)]
    if missed:
        _open(desk, tuple(missed), practice=True)
    return bool(missed)


def _known(run: Run | None, item: str) -> bool:
    return run is not None and item in run.answers and run.answers[item].known


def _run_under_way(desk: Desk, kind: Kind) -> Run | None:
    """The latest run of a kind that is not at its end; items that left the course are dropped."""
    known = {question.id for question in desk.lesson.quiz}
    for run in reversed(desk.progress().runs.values()):
        left = tuple(item for item in run.items if item in known)
        if left and (kind is Kind.ANY or run.practice is (kind is Kind.PRACTICE)):
            return run if left == run.items else _go_on_with(desk, run, left)
    return None


def _open(desk: Desk, items: tuple[str, ...], *, practice: bool = False) -> Run:
    run = Run(sitting=desk.new_sitting(), items=items, practice=practice)
    return _go_on_with(desk, run, items)


def _go_on_with(desk: Desk, run: Run, items: tuple[str, ...]) -> Run:
    opened = QuizOpened(sitting=run.sitting, items=items, practice=run.practice)
    desk.record(desk.place(), opened)
    return replace(run, items=items)


def _as_kept(desk: Desk, run: Run) -> Run:
    """The run with every answer that the journal has of it, this window's and others'."""
    progress = desk.progress()
    return replace(run, answers={name: progress.item(name, run.sitting) for name in run.items})


def _go_through(desk: Desk, run: Run) -> int | None:
    questions = {question.id: question for question in desk.lesson.quiz}
    desk.record(desk.place(), Entered())  # no step: the learner is in the quiz
    if not run.answers:
        chosen = _announce(desk, run)
        if chosen is not None:
            return chosen
    start = run.next
    index = run.items.index(start) if start else len(run.items)
    while index < len(run.items):
        question = questions[run.items[index]]
        _open_page(desk, run, index)
        around = (Key.BACK, Key.LIST) if index else (Key.LIST,)
        move = ask(desk, question, run.sitting, around=around)
        if move is Move.LIST:
            chosen = _step_from_list(desk)
            if chosen is not None:
                return chosen
        else:
            index += -1 if move is Move.BACK else 1
    return None


def _step_from_list(desk: Desk) -> int | None:
    stay = len(desk.lesson.steps)
    chosen = choose_step(desk, stay)
    return None if chosen == stay else chosen


def _announce(desk: Desk, run: Run) -> int | None:
    """Say what is coming, and wait for the learner to be ready; or to list and choose a step."""
    look = desk.terminal.look
    open_page(desk.terminal, Head(numbered(desk), "Practice" if run.practice else "Quiz", ""))
    desk.say(*quiz_start(desk.lesson, len(run.items), look, desk.pace, practice=run.practice))
    asked = [q for q in desk.lesson.quiz if q.id in run.items and is_asked(desk, q)]
    if asked:
        desk.say(how_sure(len(asked)))
    prompt = Prompt(desk, desk.place(), (Key.NEXT, Key.LIST), next_label="start")
    while True:
        match prompt.ask():
            case Command(key=Key.LIST):
                chosen = _step_from_list(desk)
                if chosen is not None:
                    return chosen
            case Command():
                return None
            case _:
                desk.note_line("Enter starts the quiz; q leaves, and tutor brings you back here.")


def _open_page(desk: Desk, run: Run, index: int) -> None:
    count = len(run.items)
    place, title = f"question {index + 1} of {count}", "Practice" if run.practice else "Quiz"
    open_page(desk.terminal, Head(numbered(desk), title, place, index / count))


def _show_result(desk: Desk, run: Run) -> tuple[str, ...]:
    """Show the result; gives the items to practise, or none."""
    questions = {question.id: question for question in desk.lesson.quiz}
    seeds = {name: seed_of(run.sitting, questions[name]) for name in run.items}
    result, count = Result(desk.course, desk.lesson, run, seeds), len(run.items)
    head = Head(numbered(desk), "Result", f"{run.right} of {count}", run.right / count)
    open_page(desk.terminal, head)
    desk.say(*summary(result, desk.terminal.look))
    missed = tuple(name for name in run.items if not _known(run, name))
    keys = (Key.NEXT, Key.MISSED) if missed else (Key.NEXT,)
    prompt = Prompt(desk, desk.place(), keys)
    while True:
        match prompt.ask():
            case Command(key=Key.MISSED):
                return missed
            case Command():
                return ()
            case Typed(line=typed) if number := number_typed(typed.strip(), len(run.items)):
                item = result_item(result, number, desk.terminal.look)
                prompt.beside(partial(desk.say, *item))
            case _:
                desk.note_line("Enter goes on; a number shows that item.")
