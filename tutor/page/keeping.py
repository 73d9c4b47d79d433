"""Writing a page to a file: whole or not at all, and over nothing but a page of ours."""

from pathlib import Path

from tutor.errors import FileError
from tutor.page.progress_page import GENERATOR
from tutor.writing import write_whole

HINT = "choose another name, as in: tutor progress --html progress.html"
HEAD = 4096
"""Characters within which a page says who wrote it."""


def write_page(file: Path, page: str, generator: str = GENERATOR, hint: str = HINT) -> None:
    """Write a page, over none but an older one of its generator.

    FileError where it cannot be, and then what was there stays as it was.
    """
    try:
        _refuse_what_is_not_ours(file, generator, hint)
        write_whole(file, [page.encode()])
    except OSError as error:
        room = "make room, or choose a file in a folder that can be written"
        raise FileError(f"{file} cannot be written: {error.strerror}", hint=room) from error


def _refuse_what_is_not_ours(file: Path, generator: str, hint: str) -> None:
    if file.is_dir():
        raise FileError(f"{file} is a folder", hint=f"name a file in it: {file / 'page.html'}")
    if not file.exists():
        return
    if not file.is_file():
        raise FileError(f"{file} is a pipe or a device, no file", hint=hint)
    with file.open(encoding="utf-8", errors="replace") as opened:
        if f'content="{generator}"' not in opened.read(HEAD):
            raise FileError(
                f"{file} exists, and is no page of the tutor's to be replaced", hint=hint
            )
