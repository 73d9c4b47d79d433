"""How long a learner took over each step that is read or watched: a pure function of events."""

from tutor.progress.events import Event, Passed
from tutor.progress.fold import Fold
from tutor.progress.times import NAME, RULE, Times


def _take(times: Times, event: Event) -> Times:
    """Time at a question is kept with its replies; going on from one takes none."""
    if isinstance(event.deed, Passed) and event.deed.seconds > 0:
        times.seconds.setdefault(event.place.step, event.deed.seconds)
    return times


TIMES = Fold(NAME, RULE, Times, _take)
