"""One sync at a time: two that send the same side by side would only wait for each other."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from tutor.errors import RecordsError
from tutor.progress.locking import try_lock

FILE = "sync.lock"


@contextlib.contextmanager
def one_sync(folder: Path) -> Iterator[None]:
    """Keep all other syncs of this machine out; RecordsError where one is under way."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not try_lock(lock):
            hint = "wait until it is done; how far it is: tutor records status"
            raise RecordsError("another sync of yours is under way", hint=hint)
        yield
    finally:
        os.close(lock)
