"""The learner's notebook: a Markdown file of their own, to which runs of demos are added.

It is only ever added to, an entry with one write, and nothing that a model said can break it.
"""

import contextlib
import datetime
import errno
import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import TutorError
from tutor.screen.streaming import harmless
from tutor.stage.stage import fenced

TITLE = "# My notebook\n"
LONGEST_ENTRY, PAUSE = 3.0, 0.02
"""Seconds that another tutor may take for an entry, and between two looks."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")


@dataclass(frozen=True)
class Entry:
    """One run of a demo, or what else was done and is worth keeping."""

    title: str
    command: str
    """How to do it again, without the program's name: demo next-token."""
    at: datetime.datetime
    settings: Mapping[str, str]
    transcript: Sequence[str]
    """Markdown paragraphs: prompts, replies and what the demo noted."""
    text: str = ""
    """The learner's own text."""


def in_markdown(entry: Entry) -> str:
    """An entry as it stands in the notebook."""
    head = f"## {_one_line(entry.title)}"
    run = f"`tutor {_one_line(entry.command)}`, {entry.at:%Y-%m-%d %H:%M}"
    parts = [head, run]
    if entry.settings:
        parts.append("Settings:")
        parts.append(fenced("\n".join(f"{name}: {it}" for name, it in entry.settings.items())))
    if entry.text:
        parts += ["My text:", fenced(entry.text)]
    parts += [_closed(harmless(paragraph)) for paragraph in entry.transcript]
    return "\n" + "\n\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return " ".join(harmless(text).split())


def _closed(paragraph: str) -> str:
    """A paragraph that ends what it opens; as mere text where it would not."""
    lines, fence = [], ""
    for line in paragraph.split("\n"):
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not found[2].strip():
            fence = ""
        elif not fence:
            line = line.replace("<", "\\<")  # noqa: PLW2901  no HTML: it might never be closed
        lines.append(line)
    return fenced(paragraph) if fence else "\n".join(lines)


def add_to_notebook(path: Path, text: str) -> None:
    """Add an entry; on return it is on disk. All of it or none: TutorError where it cannot be."""
    try:
        _refuse_what_keeps_nothing(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            _wait_for_others(descriptor)
            _append(descriptor, text)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise TutorError(
            f"the notebook {path} cannot be written: {error.strerror}; nothing was added to it",
            hint="make room, or choose another file with TUTOR_NOTEBOOK",
        ) from error


def _refuse_what_keeps_nothing(path: Path) -> None:
    """A pipe would hold us until somebody reads it; a device takes everything and keeps nothing."""
    if path.exists() and not path.is_file():
        raise TutorError(
            f"the notebook {path} cannot be written: it is {_kind(path)}, no file;"
            " nothing was added to it",
            hint="choose a file, as in: export TUTOR_NOTEBOOK=notes.md",
        )


def _kind(path: Path) -> str:
    if path.is_dir():
        return "a folder"
    return "a pipe" if path.is_fifo() else "a device or a socket"


def _append(descriptor: int, text: str) -> None:
    """One write, then to the disk; what was written by half is taken back."""
    size = os.fstat(descriptor).st_size
    data = (text if size else TITLE + text).encode("utf-8", "replace")
    try:
        _write_all(descriptor, data)
        os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    if os.write(descriptor, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _wait_for_others(descriptor: int) -> None:
    """Let a second tutor finish its entry, where the platform can; closing lets the next one in.

    One that holds it longer than any entry takes is not waited for: each entry is a single write.
    """
    with contextlib.suppress(ImportError):
        import fcntl

        for _ in range(int(LONGEST_ENTRY / PAUSE)):
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(PAUSE)
