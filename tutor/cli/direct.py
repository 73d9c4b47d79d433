"""Calls that are made often and need no words read: they run without typer.

Importing typer takes longer than such a call. With any other word, typer reads them as ever.
"""

import sys
from collections.abc import Callable, Mapping

from tutor import __version__
from tutor.cli.room import Room


def home() -> None:
    """`tutor`: where you are, what is next."""
    _load_msgspec()
    from tutor.cli.home import home

    home(Room())


def lessons() -> None:
    """`tutor lessons`."""
    _load_msgspec()
    from tutor.cli.listing import list_lessons

    list_lessons(Room())


def due() -> None:
    """`tutor due`."""
    _load_msgspec()
    from tutor.cli.waiting import print_due

    print_due(Room())


def version() -> None:
    """`tutor --version`."""
    print(f"llm-tutor {__version__}")


def _load_msgspec() -> None:
    """Import msgspec without typing_extensions, which takes a fifth of the whole start.

    msgspec takes it where it finds it, and needs nothing of it from Python 3.11 on.
    """
    absent = "typing_extensions" not in sys.modules
    if absent:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # as if not installed
    import msgspec  # noqa: F401

    if absent:
        del sys.modules["typing_extensions"]


DIRECT: Mapping[tuple[str, ...], Callable[[], None]] = {
    (): home,
    ("lessons",): lessons,
    ("due",): due,
    ("--version",): version,
}
