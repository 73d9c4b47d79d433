"""Events of every kind, drawn at random: any text, any number that a journal can hold."""

from typing import get_args

import hypothesis.strategies as st

from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Depth,
    Drafted,
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
    Revealed,
    Undone,
    Vouched,
)

words = st.text(max_size=40)
whole = st.integers(-(2**53), 2**53)
seconds = st.floats(0, 1e7, allow_nan=False)
share = st.floats(0, 1)
sitting = st.uuids(version=4).map(str)

BARE = {deed: st.builds(deed) for deed in get_args(AnyDeed) if not deed.__struct_fields__}
DEEDS: dict[type, "st.SearchStrategy[AnyDeed]"] = {
    **BARE,
    Passed: st.builds(Passed, seconds=seconds),
    Predicted: st.builds(Predicted, raw=words, seconds=seconds),
    Answered: st.builds(
        Answered,
        sitting=sitting,
        seed=whole,
        shown=st.lists(st.integers(0, 8), max_size=9).map(tuple),
        raw=words,
        said=words,
        right=st.booleans(),
        score=share,
        attempt=st.integers(1, 99),
        hints=st.integers(0, 2),
        revealed=st.booleans(),
        confidence=st.none() | st.integers(0, 100),
        misconception=words,
        seconds=seconds,
    ),
    Drafted: st.builds(Drafted, raw=words),
    Assessed: st.builds(
        Assessed,
        sitting=sitting,
        met=st.lists(st.booleans(), max_size=9).map(tuple),
        right=st.booleans(),
        score=share,
    ),
    Hinted: st.builds(Hinted, sitting=sitting, number=st.integers(1, 2)),
    Revealed: st.builds(Revealed, sitting=sitting, skipped=st.booleans()),
    Vouched: st.builds(Vouched, sitting=sitting, attempt=st.integers(1, 9), raw=words),
    QuizOpened: st.builds(
        QuizOpened,
        sitting=sitting,
        items=st.lists(words, max_size=9).map(tuple),
        practice=st.booleans(),
    ),
    QuizClosed: st.builds(QuizClosed, sitting=sitting),
    Noted: st.builds(Noted, text=words),
    Reported: st.builds(Reported, text=words),
    HowSure: st.builds(HowSure, wanted=st.booleans()),
    Depth: st.builds(Depth, wanted=st.sampled_from(["ask", "show", "skip"])),
    Undone: st.builds(Undone, event=sitting | words),
}
times = st.datetimes().map(lambda one: f"{one.isoformat(timespec='microseconds')}Z")


def places(known: list[Place]) -> "st.SearchStrategy[Place]":
    """Any place, and often one of a course."""
    anywhere = st.builds(
        Place, course=words, lesson=words, step=words, question=words, content=words
    )
    return st.sampled_from(known) | anywhere


def events(known: list[Place]) -> "st.SearchStrategy[Event]":
    return st.builds(
        Event,
        id=st.uuids(version=4).map(str) | words,
        installation=sitting,
        at=times,
        rank=st.just("") | times,
        offset=st.integers(-840, 840),
        place=places(known),
        deed=st.one_of(*DEEDS.values()),
    )
