"""A guess made again, once the facts are known: kept beside the first, and shown below it."""

from collections.abc import Sequence

from msgspec.structs import replace as with_fields

from tutor.course.model import Prediction
from tutor.player.commands import Command, Key
from tutor.player.desk import Desk, Prompt
from tutor.player.guessing import REWORDED, ask_guess, in_words, version
from tutor.progress.events import Place
from tutor.progress.lesson_progress import Guess
from tutor.screen import then_view
from tutor.screen.question_view import listed
from tutor.screen.words import Renderable
from tutor.standing import NOW


def ask_today(at: Desk, step: Prediction, keys: Sequence[Key]) -> str | Command:
    """Ask what the learner says today; it is kept."""
    if step.options:
        at.terminal.gap()
        at.say(listed([(str(n), option) for n, option in enumerate(step.options, 1)]))
    prompt = Prompt(at, at.place(step), tuple(keys), free_text=not step.options)
    return ask_guess(prompt, now_place(at, step), step.options)


def both(at: Desk, step: Prediction, then: Guess | None, today: str) -> list[Renderable]:
    """The first guess, above what is said today."""
    started = at.progress().started[:10]
    reworded = then is not None and bool(then.content) and then.content != version_of(step)
    words = first_words(then, step.options) if then else ""
    return then_view.both(words, started, today, note=REWORDED if reworded else "")


def first_words(then: Guess, options: Sequence[str]) -> str:
    """A guess in words, as it was made first."""
    return then.words if then.content else in_words(then.words, options) or then.words


def version_of(step: Prediction) -> str:
    """Which version of a guess's question this is."""
    return version(step.prompt, *step.options)


def now_place(at: Desk, step: Prediction) -> Place:
    """Where what is said today is kept, beside the first guess."""
    return with_fields(at.place(step), question=NOW, content=version_of(step))
