"""A file written whole or not at all, for its owner only."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file in one step; OSError where it cannot be, and then nothing is left behind."""
    written = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as out:
            written = Path(out.name)  # mkstemp: mode 600 from the beginning
            out.writelines(parts)
            out.flush()
            os.fsync(out.fileno())
        written.replace(path)
    except BaseException:
        if written:  # also on Ctrl-C: no copy of a key may lie about under another name
            written.unlink(missing_ok=True)
        raise


def write_private(path: Path, content: bytes) -> None:
    """The same in a folder of the tutor's own, which is made where it is not there yet."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, [content])
