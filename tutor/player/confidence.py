"""How sure are you? Asked before the verdict, on some questions; Enter leaves it out."""

from tutor.player.commands import Command, Key, read_command
from tutor.player.desk import Desk, QuitError
from tutor.screen.words import dim

LEVELS = {"1": 25, "2": 50, "3": 75, "4": 95}
QUESTION = """\
Before the verdict: how sure are you? It is never scored; it shows you later how well you judge
yourself. 1 guessing, 2 leaning, 3 fairly sure, 4 certain; Enter skips this."""


def ask_confidence(desk: Desk) -> int | None:
    """Ask for a confidence in percent; None when the learner would rather not say."""
    desk.say(dim(QUESTION.replace(chr(10), " ")))
    while True:
        line = desk.terminal.ask().strip()
        if line in LEVELS:
            return LEVELS[line]
        match read_command(line, free_text=False):
            case Command(key=Key.NEXT):
                return None
            case Command(key=Key.QUIT):
                raise QuitError
            case _:
                desk.note_line("Type 1, 2, 3 or 4, or Enter to skip this; q leaves.")
