"""A file written whole, or not at all, and never over another by accident."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tutor.errors import FileError
from tutor.writing import write_whole

SCREEN = "-"


def check_free(file: Path, *, force: bool) -> None:
    """Raise FileError where `file` is there, before anybody works for it; "-" is the screen."""
    if str(file) == SCREEN:
        return
    if file.is_dir():
        raise FileError(f"{file} is a folder", hint="name a file in it")
    if file.is_symlink() or (file.exists() and not file.is_file()):
        hint = "choose another name; a text goes to the screen with -"
        raise FileError(f"{file} is a link or a device, no file", hint=hint)
    if file.exists() and not force:
        raise FileError(f"{file} exists", hint="choose another name, or add --force")


def write_text(file: Path, text: str, *, force: bool) -> None:
    """Write text; to "-", onto the screen."""
    if str(file) == SCREEN:
        sys.stdout.write(text)
    else:
        write_bytes(file, text.encode(), force=force)


def write_lines(file: Path, lines: Iterable[bytes], *, force: bool) -> int:
    """Write lines as they come, however many; returns how many there were. "-" is the screen."""
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for count, line in enumerate(lines, 1):  # noqa: B007  the last number is the count
            yield line

    if str(file) == SCREEN:
        for line in counted():
            sys.stdout.write(line.decode())
    else:
        _write(file, counted(), force=force)
    return count


def write_bytes(file: Path, data: bytes, *, force: bool) -> None:
    """Write beside and rename, so that half a file is never taken for a whole one."""
    if str(file) == SCREEN:
        raise FileError("this is no text for the screen", hint="name a file, as in: course.apkg")
    _write(file, [data], force=force)


def _write(file: Path, parts: Iterable[bytes], *, force: bool) -> None:
    check_free(file, force=force)
    try:
        write_whole(file, parts)
    except OSError as error:
        hint = "choose a folder that can be written"
        raise FileError(f"{file} cannot be written: {error.strerror}", hint=hint) from error
