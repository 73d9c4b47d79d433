"""Going by another name."""

from pathlib import Path

from msgspec.structs import replace

from tutor.progress.locking import Tell, tell_nobody
from tutor.records.learner import Learner, keep, kept
from tutor.records.outbox import Outbox
from tutor.records.outbox_file import FILE, discard


def go_by(folder: Path, learner: Learner, tell: Tell = tell_nobody) -> bool:
    """Let records go under this name from now on; tells whether a store has some under another.

    Statements are frozen with a name in them, so all are written out anew; and where a store may
    have some, under other ids: what it has stays there, under the name that it had.
    """
    before = kept(folder)
    is_known = False
    if before and before.agent != learner.agent:
        file = folder / FILE
        if file.exists():
            with Outbox.open(file, tell) as opened:
                is_known = opened.is_known_to_a_store()
            discard(file)
    renamed = is_known or (before is not None and before.renamed)
    keep(folder, replace(learner, renamed=renamed))
    return is_known
