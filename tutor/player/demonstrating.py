"""A demo with a learner before it: guesses and answers through the usual keys, and the notebook."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tutor.catalogue.playing import demo_text, run_demo
from tutor.catalogue.registry import is_live, is_recorded
from tutor.course.model import Demo
from tutor.errors import NoAnswerError, ProviderError, TutorError
from tutor.player.commands import Command, Key, read_command
from tutor.player.desk import MOVES, Desk, Move, Prompt, QuitError, Typed
from tutor.player.guessing import KEPT, ask_guess, told, version
from tutor.progress.events import Place
from tutor.screen.markdown import markdown
from tutor.screen.question_view import listed
from tutor.screen.terminal import Look, Terminal
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.notebook import Entry, add_to_notebook, in_markdown
from tutor.stage.spending import Spender
from tutor.stage.stage import Stage, fenced


class LeaveError(Exception):
    """The learner goes elsewhere out of the middle of a demo."""

    def __init__(self, move: Move) -> None:
        super().__init__(move)
        self.move = move


def outside(name: str) -> Place:
    """Where the guesses of a demo outside every lesson are kept: they count for none."""
    return Place(course="", lesson="", step=name)


@dataclass
class Audience:
    """The learner at a demo."""

    desk: Desk
    place: Place
    text: str = ""
    """Their own text: another text is another question."""
    ways_out: tuple[Key, ...] = ()
    """Keys that lead away from here, out of the middle."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often each guess was asked for in this run."""
    bars: set[bool] = field(default_factory=set)
    """Bars of keys that were shown: the one for words, the one for digits."""
    has_guessed: bool = False

    @property
    def parting(self) -> str:
        """What is said to who leaves in the middle."""
        return "Left. What you guessed is kept." if self.has_guessed else "Left."

    def guess(self, question: str, options: Sequence[str] = ()) -> str:
        """Ask for a guess and keep it; one made earlier is shown again. Skipped, it is empty."""
        desk, place = self.desk, self._place(question, options)
        desk.terminal.gap()
        desk.say(bold(question))
        if options:
            desk.say(listed([(str(n), option) for n, option in enumerate(options, 1)]))
        earlier = desk.journal.lesson(place.course, place.lesson).predictions.get(place.guess)
        if earlier is not None:
            self.has_guessed = True
            desk.say(*told("You guessed:", earlier, place, options))
            return earlier.words
        desk.say(dim(KEPT))
        came = ask_guess(self._prompt(free_text=not options), place, options)
        if isinstance(came, Command):
            self._obey(came)
            return ""
        self.has_guessed = True
        return came

    def ask(self, question: str) -> str | None:
        """Ask for a line of the learner's own; None when they have had enough."""
        self.desk.say(line(question.rstrip(" >")))
        came = self._prompt(free_text=True).ask()
        if isinstance(came, Command):
            self._obey(came)
            return None
        return came.line.strip()

    def _prompt(self, *, free_text: bool) -> Prompt:
        shows_bar = free_text not in self.bars
        self.bars.add(free_text)
        return Prompt(
            self.desk,
            Place(course=self.place.course, lesson=self.place.lesson, step=self.place.step),
            (Key.SKIP, *self.ways_out),
            free_text=free_text,
            answers=("a", "b") if free_text else (),
            shows_bar=shows_bar,
        )

    def _obey(self, command: Command) -> None:
        """Go where a key leads: elsewhere, or, skipping, on."""
        match command.key:
            case Key.BACK:
                raise LeaveError(Move.BACK)
            case Key.LIST:
                raise LeaveError(Move.LIST)
            case _:
                return

    def _place(self, question: str, options: Sequence[str]) -> Place:
        """A place of its own for each guess, and for each time that it is asked for in one run."""
        whole = version(question, *options, self.text)
        self.asked[whole] += 1
        return Place(
            course=self.place.course,
            lesson=self.place.lesson,
            step=self.place.step,
            question=slug(question),
            content=version(question, *options, self.text, str(self.asked[whole])),
        )


def slug(question: str) -> str:
    """A name for a guess, from its first words."""
    return re.sub(r"[^a-z0-9]+", "-", question.casefold()).strip("-")[:40].strip("-") or "guess"


def agree(terminal: Terminal) -> bool:
    """Ask for a yes before money is spent; anything else is a no."""
    said = terminal.ask("Type yes to ask it, Enter to leave it: ").strip().casefold()
    command = read_command(said, free_text=False)
    if isinstance(command, Command) and command.key is Key.QUIT:
        raise QuitError
    return said in ("y", "yes")


@dataclass
class Performance:
    """A run of a demo, as it can be saved."""

    step: Demo
    stage: Stage


def perform(stage: Stage, step: Demo, spender: Spender) -> Performance:
    """Run a demo. Where the learner's own model fails in the middle, what runs here is shown.

    Where it comes to no answer, NoAnswerError says what to do: no figure is shown for want of one.
    """
    try:
        run_demo(step, stage)
    except ProviderError as error:
        is_shown = isinstance(error, NoAnswerError) and not is_recorded(step.demo)
        if is_shown or not spender.handed:
            spender.tell()
            raise
        spender.tell()
        stage.terminal.say(line(error.message), dim(error.hint))
        stage.terminal.say(dim("What runs here is shown instead."))
        here = Stage(stage.terminal, stage.text, stage.seed, stage.guess, stage.ask)
        run_demo(step, here)
        return Performance(step, here)
    spender.tell()
    return Performance(step, stage)


def demonstrate(desk: Desk, step: Demo, *, first: bool) -> Move:
    """Show a demo step, as often as the learner likes; tells where to go from it."""
    text, seed = "", 1
    back = () if first else (Key.BACK,)
    while True:
        desk.say(bold(step.title))
        audience = Audience(desk, desk.place(step), text, (*back, Key.LIST))
        spender = Spender(desk.terminal, desk.models, lambda: agree(desk.terminal))
        stage = Stage(desk.terminal, text, seed, audience.guess, audience.ask, spender.choose)
        stage = replace(stage, to_unfold="t shows it")
        try:
            shown = perform(stage, step, spender)
        except LeaveError as left:
            return left.move
        except TutorError as error:
            desk.say(line(error.message), dim(error.hint))
            shown = Performance(step, stage)
        desk.say(*notice(step, desk.terminal.look))
        came = _after(desk, shown, back)
        if isinstance(came, Move):
            return came
        text, seed = came.argument or text, seed + 1
        _say_again(desk, text, seed)


def notice(step: Demo, look: Look) -> list[Renderable]:
    """What to notice in what was shown."""
    return [line(), bold("Notice"), markdown(step.notice, look)] if step.notice else []


def _say_again(desk: Desk, text: str, seed: int) -> None:
    desk.terminal.gap()
    with_text = f" with your text: {text}" if text else ""
    desk.say(dim(f"Once more, with seed {seed}{with_text}"))


def _after(desk: Desk, shown: Performance, back: tuple[Key, ...]) -> Move | Command:
    """Wait at the end of a demo: on, elsewhere, saved, or run again (the command)."""
    again = (Key.RUN,) if is_live(shown.step.demo) else ()
    save = (Key.SAVE,) if desk.notebook else ()
    thoughts = (Key.THOUGHTS,) if shown.stage.thoughts else ()
    keys = (Key.NEXT, *desk.ways_out, *again, *save, *thoughts, *back, Key.LIST)
    prompt = Prompt(desk, desk.place(shown.step), keys)
    while True:
        match prompt.ask():
            case Command(key=Key.RUN) as command:
                return command
            case Command(key=Key.SAVE):
                _save(desk, shown)
            case Command(key=Key.THOUGHTS):
                shown.stage.show_thoughts()
            case Command(key=key):
                return MOVES[key]
            case Typed():
                desk.note_line("Nothing is asked here: Enter goes on, ? shows the keys.")


def _save(desk: Desk, shown: Performance) -> None:
    try:
        assert desk.notebook is not None
        said = save(desk.notebook, shown, datetime.datetime.now().astimezone())
    except TutorError as error:
        said = f"Not saved: {error.message}. To mend it, {error.hint}."
    desk.note_line(said)


def save(notebook: Path, shown: Performance, now: datetime.datetime) -> str:
    """Add a run to the notebook; tells where that is. TutorError where it cannot be written."""
    step, stage = shown.step, shown.stage
    whole = [] if is_live(step.demo) and stage.transcript else [fenced(demo_text(step))]
    settings = {name: _written(value) for name, value in step.settings.items()}
    settings["seed"] = str(stage.seed)
    entry = Entry(
        step.title, f"demo {step.demo}", now, settings, [*whole, *stage.transcript], stage.text
    )
    add_to_notebook(notebook, in_markdown(entry))
    return f"Saved in {notebook}"


def _written(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
