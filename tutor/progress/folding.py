"""Where a learner stands in a lesson: a pure function of events.

The journal stores what comes of them, event by event, and must always store what `recompute`
would: raise RULE when the function changes its mind. Nothing else works out where a learner stands:
whoever has recorded an event reads the journal again.
"""

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from msgspec.structs import replace

from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Buried,
    Depth,
    Drafted,
    Entered,
    Event,
    Hinted,
    HowSure,
    Noted,
    Passed,
    Place,
    Predicted,
    QuizClosed,
    QuizOpened,
    Reported,
    Reset,
    Resumed,
    Revealed,
    Skipped,
    Suspended,
    Undone,
    Vouched,
)
from tutor.progress.fold import Fold
from tutor.progress.lesson_progress import NAME, RULE, Guess, Item, LessonProgress, Run, Tally

AtQuestion: TypeAlias = Answered | Assessed | Hinted | Revealed | Vouched
"""What can happen while a question is asked."""

OPEN_RUNS = 8
"""How many unfinished runs of one quiz are remembered: a tutor in each of eight windows."""


def recompute(events: Iterable[Event]) -> LessonProgress:
    """Fold all events of one lesson, in any order, into where the learner stands."""
    return PROGRESS.of(events)


def _take(progress: LessonProgress, event: Event) -> LessonProgress:
    if isinstance(event.deed, Reset):
        return LessonProgress(tallies=progress.tallies, notes=progress.notes)
    if not _is_review(progress, event):
        progress.started = progress.started or event.at
        progress.latest = event.at
    _take_deed(progress, event.place, event.deed)
    return progress


def _is_review(progress: LessonProgress, event: Event) -> bool:
    """Tell whether a question was asked again outside the lesson: one is not in the lesson then."""
    match event.deed:
        case Answered() | Assessed() | Hinted() | Revealed() | Vouched():
            return not event.place.step and event.deed.sitting not in progress.runs
        case Buried() | Suspended() | Resumed() | HowSure() | Depth() | Skipped():
            return True
        case _:
            return False


PROGRESS = Fold(NAME, RULE, LessonProgress, _take)


def _take_deed(progress: LessonProgress, place: Place, deed: AnyDeed) -> None:
    match deed:
        case Answered() | Assessed() | Hinted() | Revealed() | Vouched():  # most deeds are one
            _take_at_question(progress, place, deed)
        case Entered():
            progress.position = place.step
        case Passed():
            progress.passed[place.step] = True
            progress.seconds += deed.seconds
        case Predicted():
            progress.predictions[place.guess] = Guess(words=deed.raw, content=place.content)
            progress.seconds += deed.seconds
        case Drafted():
            progress.drafts[place.question] = deed.raw
        case QuizOpened():
            _open(progress, deed)
        case QuizClosed():
            _close(progress, deed)
        case Noted():
            progress.notes += 1
        case Reported():
            progress.reports += 1
        case Skipped():
            progress.skipped = True
        case Reset() | Undone() | Buried() | Suspended() | Resumed() | HowSure() | Depth():
            pass
        case _:
            assert_never(deed)


def take(item: Item, deed: AtQuestion, content: str = "") -> Item:
    """How an asking of a question stands after one deed more; `content` as in `Place`."""
    match deed:
        case Answered():
            return _take_answer(item, deed, content)
        case Assessed():
            return replace(item, assessed=True, first_right=deed.right, score=deed.score)
        case Hinted():
            return replace(item, hints=max(item.hints, deed.number))
        case Revealed():
            return replace(item, revealed=not item.found, skipped=deed.skipped)
        case Vouched():
            return _take_word(item, deed) if deed.attempt <= item.tries else item
        case _:
            assert_never(deed)


def _take_answer(item: Item, deed: Answered, content: str) -> Item:
    found = item.found or (deed.right and not item.revealed)
    first = item if item.tries else _take_first_answer(item, deed)
    return replace(
        first,
        tries=item.tries + 1,
        found=found,
        last=deed.raw,
        last_said=deed.said,
        seed=deed.seed,
        content=content,
    )


def _take_first_answer(item: Item, deed: Answered) -> Item:
    return replace(
        item,
        raw=deed.raw,
        said=deed.said,
        score=deed.score,
        first_right=deed.right,
        confidence=deed.confidence,
    )


def _take_word(item: Item, deed: Vouched) -> Item:
    """Count a reply as if it had been judged right when it was given."""
    if deed.attempt == 1 and not item.first_right:
        item = replace(item, first_right=True, score=1.0)
    return replace(item, found=True, revealed=False, vouched=True)  # what was seen, was seen later


def _take_at_question(progress: LessonProgress, place: Place, deed: AtQuestion) -> None:
    answers = _askings(progress, place.question, deed.sitting)
    before = answers.get(place.question) or Item()
    after = answers[place.question] = take(before, deed, place.content)
    tally = progress.tallies.get(place.question) or Tally()
    match deed:
        case Answered():
            progress.drafts.pop(place.question, None)
            progress.seconds += deed.seconds
            tally = _count(tally, deed, place.content)
        case Assessed():
            tally = replace(tally, first_right=tally.first_right + deed.right)
        case Vouched():
            gained = after.first_right and not before.first_right
            tally = replace(tally, first_right=tally.first_right + gained)
        case _:
            return
    progress.tallies[place.question] = tally


def _count(tally: Tally, deed: Answered, content: str) -> Tally:
    first = deed.attempt == 1
    return Tally(
        answers=tally.answers + 1,
        first_tries=tally.first_tries + first,
        first_right=tally.first_right + (first and deed.right and not deed.revealed),
        content=content,
    )


def _askings(progress: LessonProgress, question: str, sitting: str) -> dict[str, Item]:
    """Where an asking belongs: in a run of the quiz, or to the steps, where it ousts an older."""
    if run := progress.runs.pop(sitting, None):
        progress.runs[sitting] = run  # the latest used is the last to be forgotten
        return run.answers
    if progress.sittings.get(question) != sitting:
        progress.sittings[question] = sitting
        progress.items.pop(question, None)
    return progress.items


def _open(progress: LessonProgress, deed: QuizOpened) -> None:
    progress.position = ""
    before = progress.runs.pop(deed.sitting, None)
    progress.runs[deed.sitting] = Run(
        sitting=deed.sitting,
        items=deed.items,
        practice=deed.practice,
        answers=before.answers if before else {},
    )
    practices = [name for name, run in progress.runs.items() if run.practice]
    counted = [name for name, run in progress.runs.items() if not run.practice]
    for forgotten in (*practices[:-OPEN_RUNS], *counted[:-OPEN_RUNS]):
        del progress.runs[forgotten]


def _close(progress: LessonProgress, deed: QuizClosed) -> None:
    run = progress.runs.pop(deed.sitting, None)
    if run is None:
        return
    progress.last = run
    if not run.practice:
        progress.result = run
        progress.best = max(progress.best, (run.right, len(run.items)), key=_share)


def _share(score: tuple[int, int]) -> float:
    return score[0] / score[1] if score[1] else -1.0
