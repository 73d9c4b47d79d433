"""A guess before the facts, in a lesson's step or in a demo: asked for, kept in words, shown again.

It is on disk before the first byte of what it is held against.
"""

import hashlib
from collections.abc import Sequence

from tutor.player.commands import Command, number_typed
from tutor.player.desk import Prompt
from tutor.progress.events import Place, Predicted
from tutor.progress.lesson_progress import Guess
from tutor.screen.words import Renderable, bold, dim

KEPT = "Your guess first. It is kept, and never scored."
OWN_WORDS = "Type your guess, then Enter."
REWORDED = "The question read differently then."


def version(*words: str) -> str:
    """Tell versions of what was asked apart: a hash over all that the learner read."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def ask_guess(prompt: Prompt, place: Place, options: Sequence[str] = ()) -> str | Command:
    """Ask until there is a guess, or one of the screen's keys; where it is kept is `place`.

    An option can be typed by its number or by its words. What comes back, and is kept, is words.
    """
    prompt.answers = (*prompt.answers, *map(str.casefold, options))
    while True:
        came = prompt.ask()
        if isinstance(came, Command):
            return came
        words = in_words(came.line, options)
        if words:
            prompt.desk.record(place, Predicted(raw=words, seconds=round(came.seconds, 1)))
            return words
        number = f"Type a number from 1 to {len(options)}, or an option's words."
        prompt.desk.note_line(number if options else OWN_WORDS)


def in_words(typed: str, options: Sequence[str]) -> str:
    """The option that was typed, by number or words; what was typed where there are none.

    Empty where it is none of them.
    """
    typed = typed.strip()
    if not options:
        return typed
    number = number_typed(typed.rstrip(".)"), len(options))
    if number is not None:
        return options[number - 1]
    return next((option for option in options if _bare(option) == _bare(typed)), "")


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .\"'")


def told(opening: str, guess: Guess, place: Place, options: Sequence[str] = ()) -> list[Renderable]:
    """Tell an earlier guess, and whether the question at `place` has been reworded since."""
    if not guess.content:  # kept as a digit, as older journals are
        return [bold(f"{opening} {in_words(guess.words, options) or guess.words}")]
    reworded = [dim(REWORDED)] if guess.content != place.content else []
    return [bold(f"{opening} {guess.words}"), *reworded]
