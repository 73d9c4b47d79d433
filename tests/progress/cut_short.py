"""Repairs that are cut short at every step: each time the files are touched, once.

`python -m tests.progress.cut_short JOURNAL WORK` copies the journal's folder, repairs the copy in
a child that is gone at its n-th touch of a file, looks what is left and repairs again; for n = 1,
2, … until a repair comes to its end. Prints what was lost, if anything; the last line is how often.
"""

import os
import shutil
import sys
from itertools import count
from pathlib import Path

from tests.progress.deeds import Clock
from tutor.progress.journal import Journal
from tutor.progress.rescue import repair
from tutor.progress.salvage import Salvaged, salvage
from tutor.progress.setting_aside import set_aside

TOUCHES = ("open", "os.rename", "os.link", "os.remove", "os.truncate", "sqlite3.connect")
GONE = 9


def readable(path: Path) -> set[str]:
    """Ids of the events that can be read in a file."""
    found: list[Salvaged] = list(salvage(path)) if path.exists() else []
    return {one[1].id for one in found if isinstance(one, tuple)}


def repair_until(path: Path, last: int) -> bool:
    """Repair in a child that is gone at a touch of a file; tells whether it was."""
    child = os.fork()
    if not child:
        touched = count(1)

        def pull_the_plug(event: str, _arguments: object) -> None:
            if event in TOUCHES and next(touched) == last:
                os._exit(GONE)

        sys.addaudithook(pull_the_plug)
        repair(path, Clock())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == GONE


def losses(journal: Path, work: Path, last: int) -> tuple[bool, list[str]]:
    """Cut one repair short: whether it was, and what it cost."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(journal.parent, work)
    path = work / journal.name
    whole = readable(path)
    was_cut = repair_until(path, last)
    left = readable(path).union(*map(readable, set_aside(path)))
    found = [f"cut at {last}: {len(whole - left)} are nowhere to be read"] if whole - left else []
    repair(path, Clock())
    with Journal.open(path) as repaired:
        missing = whole - {event.id for event in repaired.events()}
        found += [f"cut at {last}: {len(missing)} not taken back"] if missing else []
        found += [f"cut at {last}: {fault}" for fault in repaired.faults()]
    if set_aside(path):
        found.append(f"cut at {last}: {set_aside(path)} not looked into")
    return was_cut, found


def main(journal: Path, work: Path) -> None:
    """Cut short at each touch, and tell."""
    for last in count(1):
        was_cut, found = losses(journal, work, last)
        for line in found:
            print(line)
        if not was_cut:
            print(last - 1)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
