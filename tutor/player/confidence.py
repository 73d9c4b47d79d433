"""How sure are you? Asked before the verdict by a rule that is announced; it can be switched off.

The rule: in a quiz at the questions that its author marked; in a review at every third question,
beginning with the first, unless it is a bet, which says so itself, or in the learner's own words,
which they judge themselves.
"""

from tutor.course.model import AnyQuestion, Bet, FreeResponse
from tutor.player.commands import Command, Key, read_command
from tutor.player.desk import Desk, QuitError
from tutor.progress.events import HowSure
from tutor.screen.bars import key_bar
from tutor.screen.words import dim

LEVELS = {"1": 25, "2": 50, "3": 75, "4": 95}
EVERY = 3
"""In a review, one question of so many."""
QUESTION = "Before the verdict: how sure are you?"
TERMS = """\
It changes no mark, only the day on which the question comes back. tutor progress shows how well you
judge yourself."""
KEYS = (
    ("1", "guessing"),
    ("2", "leaning"),
    ("3", "fairly sure"),
    ("4", "certain"),
    ("Enter", "skip"),
    ("x", "never ask this"),
)
ENDED = "Not asked again. To have it back: tutor progress sure on"


def is_asked(desk: Desk, question: AnyQuestion) -> bool:
    """Tell whether the learner is asked how sure they are of this question."""
    if isinstance(question, Bet | FreeResponse):
        return False
    return (question.confidence or desk.asks_how_sure) and is_wanted(desk)


def is_wanted(desk: Desk) -> bool:
    """Tell whether the learner wants such questions: yes, until they say no."""
    said = desk.journal.latest(HowSure)
    return said is None or (isinstance(said.deed, HowSure) and said.deed.wanted)


def _has_said(desk: Desk) -> bool:
    """Tell whether the learner has answered this in the lesson, and so knows its terms."""
    progress = desk.progress()
    runs = [run.answers for run in (progress.run, progress.result) if run]
    items = (item for answers in (progress.items, *runs) for item in answers.values())
    return any(item.confidence is not None for item in items)


def ask_confidence(desk: Desk) -> int | None:
    """Ask for a confidence in percent; None when the learner would rather not say."""
    terminal = desk.terminal
    said = QUESTION if _has_said(desk) else f"{QUESTION} {TERMS.replace(chr(10), ' ')}"
    desk.say(dim(said), key_bar(KEYS, terminal.look, terminal.width))
    while True:
        line = terminal.ask().strip()
        if line in LEVELS:
            return LEVELS[line]
        match read_command(line, free_text=False):
            case Command(key=Key.NEXT):
                return None
            case Command(key=Key.NEVER):
                desk.record(desk.place(), HowSure(wanted=False))
                desk.note_line(ENDED)
                return None
            case Command(key=Key.QUIT):
                raise QuitError
            case _:
                desk.note_line("Type 1, 2, 3 or 4, or Enter to skip this; q leaves.")
