"""Calls without a single option that are made often: they run without typer.

Importing typer takes longer than such a call. With any option, typer reads the words as ever.
"""

from collections.abc import Callable, Mapping

from tutor.cli.room import Room


def home() -> None:
    """`tutor`: where you are, what is next."""
    from tutor.cli.home import home

    home(Room())


def lessons() -> None:
    """`tutor lessons`."""
    from tutor.cli.listing import list_lessons

    list_lessons(Room())


DIRECT: Mapping[tuple[str, ...], Callable[[], None]] = {(): home, ("lessons",): lessons}
