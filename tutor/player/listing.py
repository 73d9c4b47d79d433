"""The list of a lesson's steps, and going to one of them."""

from tutor.player.commands import Command, Key, number_typed, read_command
from tutor.player.desk import Desk, QuitError
from tutor.screen.lesson_view import step_list
from tutor.screen.terminal import EndOfInputError


def choose_step(desk: Desk, here: int) -> int:
    """List the steps and ask where to go; Enter stays at `here`."""
    desk.say(*step_list(desk.lesson, desk.progress(), here))
    count = len(desk.lesson.steps)
    while True:
        try:
            typed = desk.terminal.ask(f"Go to step (1 to {count}, Enter to stay): ").strip()
        except EndOfInputError:
            if not desk.terminal.is_interactive:
                raise
            return here
        number = number_typed(typed, count)
        if number is not None:
            return number - 1
        match read_command(typed, free_text=False):
            case Command(key=Key.NEXT):
                return here
            case Command(key=Key.QUIT):
                raise QuitError
            case _:
                desk.note_line(f"Type a number from 1 to {count}, or Enter to stay.")
