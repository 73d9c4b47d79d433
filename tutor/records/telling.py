"""What stores and syncs have come to, in lines for people."""

import datetime
import shlex
from collections.abc import Iterator, Sequence

from tutor.records.latest import Latest
from tutor.records.learner import Learner
from tutor.records.outbox import Standing
from tutor.records.stores import Added
from tutor.records.sync import Synced
from tutor.screen.bars import counted
from tutor.screen.streaming import harmless

MOST_NAMED = 5
"""Lines on single statements; there may be thousands."""
SLACK = datetime.timedelta(minutes=5)
"""So much may two clocks differ without a word."""
MINUTE = datetime.timedelta(minutes=1)
UNITS = ((datetime.timedelta(days=1), "day"), (datetime.timedelta(hours=1), "hour"))


def went(done: Synced) -> str:
    """What a sync did, in one line."""
    parts = []
    if done.pushed.stored:
        parts.append(f"{counted(done.pushed.stored, 'record')} sent")
    if done.pulled.added:
        parts.append(f"{counted(done.pulled.added, 'event')} from elsewhere added")
    if done.pushed.refused:
        parts.append(f"{counted(done.pushed.refused, 'record')} refused")
    return ", ".join(parts) or "nothing to send, nothing new"


def remarks(done: Synced, store: str) -> Iterator[str]:
    """What the learner should know beyond that."""
    if done.pushed.refused:
        yield f"Why {store} refuses something: tutor records status"
    if done.pulled.conflicts:
        number = counted(done.pulled.conflicts, "event")
        yield f"{number} with a known id and other content left out: ours are kept."
    yield from _named(done.pulled.left_out, "left out")
    if abs(done.ahead) > SLACK:
        yield clock(done.ahead, store)


def clock(ahead: datetime.timedelta, store: str) -> str:
    """Two clocks that differ: whose it is that is wrong, we cannot know."""
    way = "ahead of" if ahead > datetime.timedelta() else "behind"
    return (
        f"This machine's clock is {_long(abs(ahead))} {way} that of {store}. "
        "Nothing was changed; if yours is wrong, set it right."
    )


def _long(off: datetime.timedelta) -> str:
    for unit, name in UNITS:
        if off > unit * 0.9:
            return counted(round(off / unit), name)
    return counted(round(off / MINUTE), "minute")


def _named(lines: Sequence[str], what: str) -> Iterator[str]:
    for line in lines[:MOST_NAMED]:
        yield harmless(f"{what}: {line}")
    if len(lines) > MOST_NAMED:
        yield f"{what}: {len(lines) - MOST_NAMED:,} more"


def added(store: Added, learner: Learner) -> Iterator[str]:
    """What comes next, once a store was added."""
    yield f"{store.name} is added. You are {harmless(learner.name)!r} there."
    yield "To see what would go out: tutor records preview. To send it: tutor records sync"
    yield (
        "On another machine of yours: "
        f"tutor records add {store.name} {store.url} --user {shlex.quote(store.user)}"
        f" --as {shlex.quote(learner.name)}"
    )


def removed(store: Added) -> Iterator[str]:
    """What is left of a store that was forgotten."""
    yield f"{store.name} is forgotten, and its password. What it has of yours stays there."
    if store.kept == "keyring":
        yield f"Your keyring has it still. To delete it: keyring del llm-tutor records/{store.name}"


def standing(store: Added, found: Standing, to_come: int, last: Latest | None) -> Iterator[str]:
    """How far a store has got."""
    yield f"{store.name}: {store.url}, as {store.user}"
    yield f"  on the store   {found.acknowledged:,}"
    yield f"  waiting        {found.waiting + to_come:,}"
    yield f"  refused        {len(found.refused):,}"
    for one in found.refused[:MOST_NAMED]:
        yield harmless(f"    {one.id}: {one.status} {one.reason}".rstrip())
    if len(found.refused) > MOST_NAMED:
        yield f"    and {len(found.refused) - MOST_NAMED:,} more: tutor records status --json"
    yield f"  latest sync    {last.at}, {harmless(last.said)}" if last else "  latest sync    none"
    after = "syncs by itself" if store.auto else "nothing; else: tutor records sync --auto"
    yield f"  after lessons  {after}"
