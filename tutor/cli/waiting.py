"""What is due, as a number: for a shell's prompt or a status bar."""

from tutor.cli.room import Room


def print_due(room: Room) -> None:
    """Print how many questions are due; nothing when none is."""
    if count := room.waiting().count:
        print(count)
