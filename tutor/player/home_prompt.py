"""What can be typed at home."""

from enum import Enum, auto

from tutor.player.commands import Command, Key, number_typed, read_command
from tutor.screen.bars import key_bar
from tutor.screen.terminal import EndOfInputError, Terminal
from tutor.screen.words import line


class HomeChoice(Enum):
    """What to do next; a number instead means that lesson."""

    GO_ON = auto()
    LOOK_BACK = auto()
    """To the first guesses of a month ago."""
    QUIT = auto()


def ask_where(
    terminal: Terminal, lessons: int, best: str, *, looks_back: bool = False
) -> HomeChoice | int:
    """Ask at home; `best` is what Enter does, empty where that was said. Ctrl-D leaves.

    Where a month-old lesson offers its guesses, `looks_back`, t leads to them.
    """
    numbers = "1" if lessons == 1 else f"1-{lessons}"
    if best:
        others = [(numbers, "that lesson")] if lessons > 1 else []
        back = [("t", "then and now")] if looks_back else []
        keys = [("Enter", best), *others, *back, ("q", "quit")]
        terminal.say(key_bar(keys, terminal.look, terminal.width))
    while True:
        try:
            typed = terminal.ask().strip()
        except EndOfInputError:
            return HomeChoice.QUIT
        number = number_typed(typed, lessons)
        if number is not None:
            return number
        match read_command(typed, free_text=False):
            case Command(key=Key.NEXT):
                return HomeChoice.GO_ON
            case Command(key=Key.THOUGHTS) if looks_back:
                return HomeChoice.LOOK_BACK
            case Command(key=Key.QUIT):
                return HomeChoice.QUIT
            case _:
                said = f"Type Enter to go on, {numbers} for a lesson, q to leave."
                terminal.say(line(said + " More: tutor --help"))
