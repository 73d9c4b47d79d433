"""How the latest sync with each store went, for whoever asks later."""

import contextlib
from pathlib import Path

import msgspec

from tutor.writing import write_private

FILE = "synced.json"


class Latest(msgspec.Struct, frozen=True):
    """The latest sync with a store."""

    at: str
    """Local time, as it is shown."""
    said: str
    """What came of it, in a line."""


def read(folder: Path) -> dict[str, Latest]:
    """The latest sync with each store, by its name; none of a file that cannot be read."""
    with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode((folder / FILE).read_bytes(), type=dict[str, Latest])
    return {}


def note(folder: Path, store: str, latest: Latest) -> None:
    """Keep how it went; where that cannot be written, nothing hangs on it."""
    with contextlib.suppress(OSError):
        write_private(folder / FILE, msgspec.json.encode({**read(folder), store: latest}))
