"""What the journal derives is always what all events together say."""

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.progress.deeds import COURSE, Clock, progress_from_events
from tutor.course.outline import LessonOutline, ObjectiveOutline, Outline, QuestionOutline
from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Buried,
    Depth,
    Drafted,
    Entered,
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
    Suspended,
    Undone,
    Vouched,
)
from tutor.progress.exchange import export_events, import_events
from tutor.progress.fold import Fold
from tutor.progress.journal import Journal
from tutor.review.cards import CARDS
from tutor.review.days import day_of
from tutor.review.folds import FOLDS
from tutor.review.mastery import report
from tutor.review.remembered import LessonCards

lessons = st.sampled_from(["one", "two"])
questions = st.sampled_from(["q1", "q2", "q3"])
sittings = st.sampled_from(["s1", "s2", "s3", "s4", "s5", "s6"])
seconds = st.floats(0, 300).map(lambda value: round(value, 1))
words = st.text(max_size=8)
scores = st.floats(0, 1)
places = st.builds(
    Place,
    course=st.just(COURSE),
    lesson=lessons,
    step=st.sampled_from(["", "s-a", "s-b"]),
    question=questions,
    content=st.sampled_from(["c1", "c2"]),
)
answers = st.builds(
    Answered,
    sitting=sittings,
    seed=st.integers(0, 2**48),
    shown=st.permutations([0, 1, 2]).map(tuple),
    raw=words,
    right=st.booleans(),
    score=scores,
    attempt=st.integers(1, 3),
    hints=st.integers(0, 2),
    revealed=st.booleans(),
    confidence=st.none() | st.integers(0, 100),
    misconception=st.sampled_from(["", "m"]) | words,
    seconds=seconds,
)
deeds: st.SearchStrategy[AnyDeed] = st.one_of(
    answers,
    answers,
    st.builds(Entered),
    st.builds(Passed, seconds=seconds),
    st.builds(Predicted, raw=words, seconds=seconds),
    st.builds(Drafted, raw=words),
    st.builds(
        Assessed,
        sitting=sittings,
        met=st.lists(st.booleans(), max_size=3).map(tuple),
        right=st.booleans(),
        score=scores,
    ),
    st.builds(Hinted, sitting=sittings, number=st.integers(1, 2)),
    st.builds(Revealed, sitting=sittings, skipped=st.booleans()),
    st.builds(Vouched, sitting=sittings, attempt=st.integers(1, 3), raw=words),
    st.builds(
        QuizOpened,
        sitting=sittings,
        items=st.lists(questions, unique=True, max_size=3).map(tuple),
        practice=st.booleans(),
    ),
    st.builds(QuizClosed, sitting=sittings),
    st.builds(Noted, text=words),
    st.builds(Reported, text=words),
    st.builds(Reset),
    st.builds(Buried),
    st.builds(Suspended),
    st.builds(Resumed),
    st.builds(HowSure, wanted=st.booleans()),
    st.builds(Depth, wanted=st.sampled_from(["ask", "show", "skip"])),
)
PULLED = "the plug is pulled"
turns = st.sampled_from([0, 0, 0, 1, 3600 * 5, -2, -1800, -3600 * 5])
recordings = st.tuples(st.integers(0, 2), turns, places, deeds)
undoings = st.tuples(st.integers(0, 2), turns, places, st.integers(0, 30))
imports = st.none()
kills = st.tuples(st.integers(0, 2), turns, places, st.just(PULLED))
QUESTIONS = tuple(
    QuestionOutline(name, 1.0, ("m",), (), ("one/aim",), 0.25) for name in ("q1", "q2", "q3")
)
AIM = ObjectiveOutline("one/aim", "Aim.")
OUTLINE = Outline(
    *(COURSE, "C", "s", ""),
    tuple(LessonOutline(name, name, (), (), 1, QUESTIONS, (AIM,)) for name in ("one", "two")),
)
DAY = day_of(Clock().now) + 3


def cards_from_events(journal: Journal) -> dict[str, LessonCards]:
    """What practice has left, computed from all events at once."""
    events = list(journal.events())
    lessons = {event.place.lesson for event in events}
    return {name: CARDS.of(e for e in events if e.place.lesson == name) for name in lessons}


class PulledPlugError(BaseException):
    """The tutor is gone in the middle of writing."""


class Nothing(Struct):
    """What the fold below never comes to."""


def pull_the_plug(_state: Nothing, _event: object) -> Nothing:
    raise PulledPlugError


PLUG = Fold("plug", 1, Nothing, pull_the_plug)


class Desk:
    """Two windows on one journal, and the journal of another machine."""

    def __init__(self, folder: Path, close: contextlib.ExitStack) -> None:
        paths = (folder / "ours.sqlite3", folder / "ours.sqlite3", folder / "theirs.sqlite3")
        self.clock = Clock()
        self.journals = [
            close.enter_context(Journal.open(p, self.clock, folds=FOLDS)) for p in paths
        ]
        self.export = folder / "export.jsonl"
        self.known: list[str] = []

    def do(self, happening: tuple[int, int, Place, AnyDeed | int | str] | None) -> None:
        """Record a deed, undo the event of a number, or import what the other machine has."""
        if happening is None:
            export_events(self.journals[2], self.export, force=True)
            import_events(self.journals[0], self.export)
            return
        who, turn, place, deed = happening
        self.clock.turn(turn)
        if isinstance(deed, str):
            self.die_writing(who, place)
            return
        if isinstance(deed, int):
            deed = Undone(event=self.known[deed % len(self.known)] if self.known else "none")
        self.known.append(self.journals[who].record(place, deed).id)

    def die_writing(self, who: int, place: Place) -> None:
        """A third window writes an event and is gone before what follows from it is worked out."""
        with contextlib.suppress(PulledPlugError):
            path = self.journals[who].path
            with Journal.open(path, self.clock, folds=(*FOLDS, PLUG)) as journal:
                journal.record(place, Entered())


@settings(max_examples=40, deadline=None)
@given(st.lists(recordings | recordings | recordings | undoings | imports | kills, max_size=30))
def test_progress_is_what_the_events_say_whatever_happened_in_whatever_order(
    happenings: list[tuple[int, int, Place, AnyDeed | int | str] | None],
) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as close:
        desk = Desk(Path(folder), close)
        for happening in happenings:
            desk.do(happening)
        for journal in desk.journals:
            assert journal.faults() == []
            stored = journal.lessons(COURSE)
            assert stored == progress_from_events(journal)
            cards = journal.states(CARDS, COURSE)
            anew = cards_from_events(journal)
            assert cards == anew
            assert report(cards, OUTLINE, DAY) == report(anew, OUTLINE, DAY)
            journal.rebuild()
            assert journal.lessons(COURSE) == stored
            assert journal.states(CARDS, COURSE) == cards


@settings(max_examples=25, deadline=None)
@given(st.lists(recordings | undoings, max_size=20))
def test_an_export_makes_the_same_progress_on_an_empty_machine(
    happenings: list[tuple[int, int, Place, AnyDeed | int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as close:
        desk = Desk(Path(folder), close)
        for happening in happenings:
            desk.do((0, *happening[1:]))
        export_events(desk.journals[0], desk.export)
        import_events(desk.journals[2], desk.export)
        assert desk.journals[2].lessons(COURSE) == desk.journals[0].lessons(COURSE)
        assert list(desk.journals[2].events()) == list(desk.journals[0].events())
