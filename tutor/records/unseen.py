"""A sync that nobody sees: a process of its own, begun after a lesson, that ends by itself.

Learning never waits for it. Where it is killed, or comes to nothing, nothing is lost: what was not
confirmed waits, and `tutor records status` says how it went.
"""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

from tutor.errors import RecordsError

MOST_SECONDS = 300
"""After so long it ends, whatever it waits for."""
QUIETLY = "--quietly"


def begin(folder: Path, course: Path) -> None:
    """Start it, where the learner wants one; a machine that cannot start it does without."""
    if not _is_wanted(folder):
        return
    words = [sys.executable, "-m", "tutor", "--course", str(course), "records", "sync", QUIETLY]
    apart = {"creationflags": _APART} if os.name == "nt" else {"start_new_session": True}
    with contextlib.suppress(OSError):
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **apart,
        )
        process.returncode = 0  # nobody waits for it, and Python need not warn of that


_APART = 0x00000008 | 0x00000200
"""Windows: DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP; the window may be closed."""


def _is_wanted(folder: Path) -> bool:
    if not folder.exists():  # who has no store waits for no import
        return False
    from tutor.records.stores import added_in

    with contextlib.suppress(RecordsError):  # tutor records status tells of it
        return any(store.auto for store in added_in(folder))
    return False


def end_in_time() -> None:
    """End this process after a while, whatever it waits for."""
    timer = threading.Timer(MOST_SECONDS, os._exit, (1,))
    timer.daemon = True
    timer.start()
