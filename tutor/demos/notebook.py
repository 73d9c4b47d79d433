"""The learner's notebook: a Markdown file of their own, to which runs of demos are added.

It is only ever added to, an entry with one write, and nothing that a model said can break it.
"""

import contextlib
import datetime
import errno
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.demos.stage import fenced
from tutor.errors import TutorError
from tutor.screen.streaming import harmless

TITLE = "# My notebook: how language models work\n"
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")


@dataclass(frozen=True)
class Entry:
    """One run of a demo."""

    title: str
    demo: str
    at: datetime.datetime
    settings: Mapping[str, str]
    transcript: Sequence[str]
    """Markdown paragraphs: prompts, replies and what the demo noted."""
    text: str = ""
    """The learner's own text."""


def in_markdown(entry: Entry) -> str:
    """An entry as it stands in the notebook."""
    head = f"## {_one_line(entry.title)}"
    run = f"`tutor demo {_one_line(entry.demo)}`, {entry.at:%Y-%m-%d %H:%M}"
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
    """Let a second tutor finish its entry, where the platform can; closing lets the next one in."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
