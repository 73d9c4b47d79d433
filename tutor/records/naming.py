"""Going by another name, which is possible for as long as no store knows the first one."""

from pathlib import Path

from tutor.errors import RecordsError
from tutor.progress.locking import Tell, tell_nobody
from tutor.records import outbox
from tutor.records.learner import Learner, keep, kept
from tutor.records.outbox import Outbox


def go_by(folder: Path, learner: Learner, tell: Tell = tell_nobody) -> None:
    """Let records go under this name from now on, and notes along with them or not.

    Statements are frozen with a name in them. Those that no store has are written out anew; where
    one has some, RecordsError: the same answers under two names would be two learners.
    """
    before = kept(folder)
    file = folder / outbox.FILE
    if before and before.agent != learner.agent and file.exists():
        with Outbox.open(file, tell) as opened:
            if opened.is_known_to_a_store():
                raise RecordsError(
                    f"your records are in a store as {before.name!r} already",
                    hint=f"go by that name here and on your other machines: --as {before.name}",
                )
        outbox.discard(file)
    keep(folder, learner)
