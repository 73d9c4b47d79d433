"""Then and now: a lesson's first guesses beside what the learner says today.

Asked once, a month after the lesson or later: each guess anew before the first one is shown, for
who reads an old answer repeats it. What is said today is kept as a guess of its own.
"""

from dataclasses import replace

from tutor.course.model import Lesson, Prediction
from tutor.player.commands import Command, Key
from tutor.player.desk import Desk, Prompt, QuitError, numbered
from tutor.player.guessing_again import ask_today, both, first_words, now_place
from tutor.player.play import Parting
from tutor.screen import step_view, then_view
from tutor.screen.page_head import Head, open_page
from tutor.screen.terminal import EndOfInputError
from tutor.screen.words import line

MOST = 5
"""Guesses of a lesson that are asked anew."""


def play_then_and_now(desk: Desk, lesson: Lesson) -> Parting:
    """Ask a lesson's guesses anew, one by one, each then shown beside the first."""
    at = replace(desk, lesson=lesson)
    asked = _to_ask(at)
    if not asked:
        desk.note_line(then_view.nothing(lesson.title))
        return Parting.FINISHED
    desk.say(*then_view.start(len(asked), lesson.title))
    try:
        changed = sum(_ask_anew(at, one, n, len(asked)) for n, one in enumerate(asked, 1))
    except (QuitError, EndOfInputError):
        return Parting.QUIT
    desk.say(*then_view.result(changed, len(asked)))
    return Parting.FINISHED


def _to_ask(at: Desk) -> list[Prediction]:
    """The guesses that were made and not asked anew, those with options first."""
    guesses = at.progress().predictions
    steps = [step for step in at.lesson.steps if isinstance(step, Prediction)]
    made = [step for step in steps if step.id in guesses]
    waiting = [step for step in made if now_place(at, step).guess not in guesses]
    chosen = sorted(waiting, key=lambda step: not step.options)[:MOST]
    return [step for step in waiting if step in chosen]


def _ask_anew(at: Desk, step: Prediction, number: int, count: int) -> bool:
    """Ask, show both and the facts; tells whether the answer changed."""
    look = at.terminal.look
    head = Head("Then and now", numbered(at), f"{number} of {count}", number / count)
    open_page(at.terminal, head)
    at.say(*step_view.prose(step.prompt, at.course, look))
    came = ask_today(at, step, (Key.SKIP,))
    at.terminal.gap()
    then = at.progress().predictions[step.id]
    said = came if isinstance(came, str) else ""
    at.say(*both(at, step, then, said), line())
    at.say(*step_view.prose(step.reveal, at.course, look))
    prompt = Prompt(at, at.place(step), (Key.NEXT,))
    while not isinstance(prompt.ask(), Command):
        at.note_line("Nothing is asked here: Enter goes on.")
    return bool(said) and said != first_words(then, step.options)
