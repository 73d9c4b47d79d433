"""What became of the journal's file, in words."""

from collections.abc import Iterator, Sequence

from tutor.progress.journal import Ahead
from tutor.progress.rescue import Repair, Rescue, Returned
from tutor.screen.bars import counted
from tutor.screen.streaming import harmless

NAMED = 5
"""No more events than these are named one by one."""


def rescued(rescue: Rescue) -> str:
    """What became of a damaged journal, on one line."""
    if rescue.aside is None:
        return "the journal's file was empty, as if cut off; a new journal takes its place"
    said = f"the journal was damaged. {counted(rescue.saved, 'event')} went into a new one"
    lost = f", {rescue.lost} could not be read" if rescue.lost else ""
    return f"{said}{lost}. The damaged file is kept as {rescue.aside}; run: tutor progress repair"


def left_out(lines: Sequence[str]) -> Iterator[str]:
    """Events of an import that were not believed: how many, and some by their lines."""
    if lines:
        yield f"{counted(len(lines), 'event')} left out, which cannot have been so:"
    yield from (f"  {harmless(line)}" for line in lines[:NAMED])
    if len(lines) > NAMED:
        yield f"  and {len(lines) - NAMED} more"


def dated_ahead(ahead: Ahead) -> Iterator[str]:
    """That a clock was wrong once: else nobody would know why a question does not come back."""
    if ahead.events:
        these = f"{counted(ahead.events, 'event')} dated in the future, up to {ahead.latest[:10]}"
        yield f"{harmless(these)}: a clock was wrong; what was answered then is due only after that"


def repaired(done: Repair) -> Iterator[str]:
    """What a repair did, line by line."""
    if done == Repair():
        yield "The journal is sound: nothing to repair."
    if done.rescue:
        saved = counted(done.rescue.saved, "event")
        yield f"The journal was damaged. A new one with {saved} has taken its place."
        if done.rescue.lost:
            yield f"Not saved, because it could not be read: {counted(done.rescue.lost, 'event')}."
    if done.rebuilt:
        lessons = counted(len(done.rebuilt), "lesson")
        yield f"Progress of {lessons} was computed anew from the events."
    for one in done.returned:
        lost = f", {one.lost} could not be read" if one.lost else ""
        taken = f"{counted(one.added, 'event')} taken back, {one.known} were there already{lost}"
        yield f"From the file that was set aside: {taken}."
        yield _what_is_left(one)


def _what_is_left(one: Returned) -> str:
    """What to do with the file: one of which nothing was read may still hold every answer."""
    if one.added + one.known == 0:
        said = "Nothing in it could be read, which does not mean that it is empty. Keep it"
    else:
        said = "What can be read of it is in your journal. It stays until you delete it"
    return f"{said}: {one.aside}{f' and {one.log}' if one.log else ''}"
