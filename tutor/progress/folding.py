"""Where a learner stands in a lesson: a pure function of events.

`apply` takes one event more; `recompute` takes them all. The journal stores what `apply` yields
and must always store what `recompute` would: raise RULE when either changes its mind.
"""

from collections.abc import Iterable
from typing import assert_never

from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Drafted,
    Entered,
    Event,
    Hinted,
    Noted,
    Passed,
    Place,
    Predicted,
    QuizClosed,
    QuizOpened,
    Reported,
    Reset,
    Revealed,
    Undone,
    Vouched,
)
from tutor.progress.lesson_progress import Item, LessonProgress, Run, Tally

OPEN_RUNS = 4
"""How many unfinished runs of one quiz are remembered: a tutor in each of four windows."""


def recompute(events: Iterable[Event]) -> LessonProgress:
    """Fold all events of one lesson, in any order, into where the learner stands."""
    ordered = sorted(events, key=lambda event: event.moment)
    undone = {e.deed.event: True for e in ordered if isinstance(e.deed, Undone)}
    progress = LessonProgress(undone=undone)
    for event in ordered:
        if event.id not in undone:
            progress = _take(progress, event)
    progress.undone = undone
    progress.through = ordered[-1].moment if ordered else ("", "")
    return progress


def follows(progress: LessonProgress, event: Event) -> bool:
    """Tell whether `apply` may take this event: later than all before, and undoing nothing."""
    return (
        event.moment > progress.through
        and not isinstance(event.deed, Undone)
        and event.id not in progress.undone
    )


def apply(progress: LessonProgress, event: Event) -> LessonProgress:
    """Take in one event that `follows`; the given progress may be changed."""
    undone = progress.undone
    progress = _take(progress, event)
    progress.undone = undone
    progress.through = event.moment
    return progress


def _take(progress: LessonProgress, event: Event) -> LessonProgress:
    if isinstance(event.deed, Undone):
        return progress
    if isinstance(event.deed, Reset):
        return LessonProgress(tallies=progress.tallies, notes=progress.notes)
    progress.started = progress.started or event.at
    progress.latest = event.at
    _take_deed(progress, event.place, event.deed)
    return progress


def _take_deed(progress: LessonProgress, place: Place, deed: AnyDeed) -> None:
    match deed:
        case Entered():
            progress.position = place.step
        case Passed():
            progress.passed[place.step] = True
            progress.seconds += deed.seconds
        case Predicted():
            progress.predictions[place.guess] = deed.raw
            progress.seconds += deed.seconds
        case Answered():
            _answer(progress, place, deed)
        case Drafted():
            progress.drafts[place.question] = deed.raw
        case Assessed():
            item = _item(progress, place, deed.sitting)
            item.assessed = True
            item.first_right, item.score = deed.right, deed.score
            progress.tallies.setdefault(place.question, Tally()).first_right += deed.right
        case Hinted():
            item = _item(progress, place, deed.sitting)
            item.hints = max(item.hints, deed.number)
        case Revealed():
            item = _item(progress, place, deed.sitting)
            item.revealed = not item.found
            item.skipped = deed.skipped
        case Vouched():
            _vouch(progress, place, deed)
        case QuizOpened():
            _open(progress, deed)
        case QuizClosed():
            _close(progress, deed)
        case Noted():
            progress.notes += 1
        case Reported():
            progress.reports += 1
        case Reset() | Undone():
            pass
        case _:
            assert_never(deed)


def _answer(progress: LessonProgress, place: Place, deed: Answered) -> None:
    item = _item(progress, place, deed.sitting)
    progress.drafts.pop(place.question, None)
    if item.tries == 0:
        item.raw, item.score, item.first_right = deed.raw, deed.score, deed.right
        item.confidence = deed.confidence
    item.tries += 1
    item.last, item.seed, item.content = deed.raw, deed.seed, place.content
    item.found = item.found or (deed.right and not item.revealed)
    progress.seconds += deed.seconds
    tally = progress.tallies.setdefault(place.question, Tally())
    tally.answers += 1
    tally.content = place.content
    if deed.attempt == 1:
        tally.first_tries += 1
        tally.first_right += deed.right and not deed.revealed


def _vouch(progress: LessonProgress, place: Place, deed: Vouched) -> None:
    """Count a reply as if it had been judged right when it was given."""
    item = _item(progress, place, deed.sitting)
    if item.tries < deed.attempt:
        return
    item.found, item.revealed, item.vouched = True, False, True  # what was seen, was seen later
    if deed.attempt == 1 and not item.first_right:
        item.first_right, item.score = True, 1.0
        progress.tallies.setdefault(place.question, Tally()).first_right += 1


def _item(progress: LessonProgress, place: Place, sitting: str) -> Item:
    """The asking that an event belongs to; opened when this is its first event."""
    if run := progress.runs.get(sitting):
        return run.answers.setdefault(place.question, Item())
    if progress.sittings.get(place.question) != sitting:
        progress.sittings[place.question] = sitting
        progress.items[place.question] = Item()
    return progress.items[place.question]


def _open(progress: LessonProgress, deed: QuizOpened) -> None:
    progress.position = ""
    progress.runs[deed.sitting] = Run(
        sitting=deed.sitting, items=deed.items, practice=deed.practice
    )
    practices = [name for name, run in progress.runs.items() if run.practice]
    counted = [name for name, run in progress.runs.items() if not run.practice]
    for forgotten in (*practices[:-OPEN_RUNS], *counted[:-OPEN_RUNS]):
        del progress.runs[forgotten]


def _close(progress: LessonProgress, deed: QuizClosed) -> None:
    run = progress.runs.pop(deed.sitting, None)
    if run is None:
        return
    run.closed = True
    progress.last = run
    if not run.practice:
        progress.result = run
        progress.best = max(progress.best, (run.right, len(run.items)), key=_share)


def _share(score: tuple[int, int]) -> float:
    return score[0] / score[1] if score[1] else -1.0
