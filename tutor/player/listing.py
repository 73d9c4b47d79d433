"""The list of a lesson's steps, and going to one of them."""

from tutor.course.numbering import main_steps, step_numbers
from tutor.player.commands import Command, Key, read_command
from tutor.player.desk import Desk, QuitError, numbered
from tutor.screen.lesson_view import step_list
from tutor.screen.page_head import Head, open_page
from tutor.screen.terminal import EndOfInputError


def choose_step(desk: Desk, here: int) -> int:
    """List the steps and ask where to go; Enter stays at `here`."""
    open_page(desk.terminal, Head(numbered(desk), "All steps", ""))
    desk.say(*step_list(desk.lesson, desk.progress(), here))
    names = step_numbers(desk.lesson.steps)
    which = f"1 to {main_steps(desk.lesson.steps)}"
    while True:
        try:
            typed = desk.terminal.ask(f"Go to step ({which}, Enter to stay): ").strip()
        except EndOfInputError:
            if not desk.terminal.is_interactive:
                raise
            return here
        if typed in names:
            return names.index(typed)
        match read_command(typed, free_text=False):
            case Command(key=Key.NEXT):
                return here
            case Command(key=Key.QUIT):
                raise QuitError
            case _:
                desk.note_line(f"Type a step's number ({which}), or Enter to stay.")
