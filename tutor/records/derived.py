"""What follows from several events: a lesson completed, a quiz passed or failed.

The journal keeps no such thing; a store's own reports look for it (cmi5 §9.3.4 to §9.3.6). A lesson
is completed when home shows it as finished, once until it is reset; each run of its quiz that
counts is passed or failed. Ids are made from names (RFC 4122, version 5), so that two machines
that find out the same make one statement of it.
"""

from collections.abc import Iterable, Iterator

from tutor.progress.events import Event, Passed, QuizClosed, Reset
from tutor.progress.folding import PROGRESS
from tutor.progress.lesson_progress import LessonProgress, Run
from tutor.progress.order import in_order
from tutor.records.iris import Verb
from tutor.records.mapping import Scribe, Statement, duration
from tutor.standing import is_finished

PASS_MARK = 0.8
"""From this share of right answers on a quiz is passed. The tutor itself has no such mark; a store
wants one (what cmi5 §10.2.5 calls masteryScore)."""


def may_end(event: Event) -> bool:
    """Tell whether a lesson or a quiz may have come to its end with this event."""
    return isinstance(event.deed, Passed | QuizClosed)


def derived(events: Iterable[Event], scribe: Scribe) -> Iterator[Statement]:
    """Statements that follow from all events of one lesson, in any order."""
    progress, since, is_done = LessonProgress(), "", False
    for event in in_order(events):
        progress = PROGRESS.take(progress, event)
        if isinstance(event.deed, Reset):
            since, is_done = event.id, False
        if run := _closed(event, progress):
            yield _outcome(event, run, scribe)
        if not is_done and may_end(event) and _is_finished(event, progress, scribe):
            is_done = True
            yield _completed(event, since, progress, scribe)


def _closed(event: Event, progress: LessonProgress) -> Run | None:
    """The run of the quiz that comes to its end with this event and counts."""
    run = progress.result
    if isinstance(event.deed, QuizClosed) and run and run.sitting == event.deed.sitting:
        return run if run.items else None
    return None


def _is_finished(event: Event, progress: LessonProgress, scribe: Scribe) -> bool:
    lesson = scribe.catalogue.lesson(event.place)
    return lesson is not None and is_finished(lesson, progress)


def _outcome(event: Event, run: Run, scribe: Scribe) -> Statement:
    share = run.right / len(run.items)
    is_passed = share >= PASS_MARK
    score = {"scaled": round(share, 4), "raw": run.right, "min": 0, "max": len(run.items)}
    result = {"score": score, "success": is_passed}
    what = Verb.PASSED if is_passed else Verb.FAILED
    key = f"outcome/{scribe.registration(event.place.course)}/{event.id}"
    return scribe.derived(key, event, what, result)


def _completed(event: Event, since: str, progress: LessonProgress, scribe: Scribe) -> Statement:
    key = f"completed/{scribe.registration(event.place.course)}/{event.place.lesson}/{since}"
    result = {"completion": True, "duration": duration(progress.seconds)}
    return scribe.derived(key, event, Verb.COMPLETED, result)
