"""The lessons, with what was done of each."""

from tutor.cli.room import Room


def list_lessons(room: Room) -> None:
    """Show them, a line each."""
    from tutor.screen import course_view
    from tutor.standing import standings

    standing = standings(room.outline, room.progress())
    terminal = room.terminal
    terminal.say(*course_view.lessons(standing, terminal.look, terminal.width))
