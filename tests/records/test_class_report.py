"""A teacher's report says what the journals of the class say, whatever came in how often."""

import contextlib
import datetime
import random
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.progress import test_derived_progress as machines
from tests.progress.deeds import COURSE as STUB_ID
from tests.progress.deeds import NOON
from tests.records.classes import BREAD, COURSE, a_class, find, written
from tutor.course.outline import StepOutline
from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Event,
    Place,
    Revealed,
    Vouched,
)
from tutor.progress.journal import Journal
from tutor.progress.order import in_order
from tutor.records.class_report import ClassReport, CourseReport, LearnerReport, LessonDone
from tutor.records.gathering import Gathering
from tutor.records.hand_ins import Unread, files_in, read_files
from tutor.records.known_course import KnownCourse, known
from tutor.records.learner import Learner
from tutor.records.mapping import Scribe
from tutor.records.pile import Pile
from tutor.records.report import Class, Find, class_report, named
from tutor.review.cards import CARDS
from tutor.review.counting import asked_in, held, was_missed
from tutor.review.days import day_of
from tutor.review.mastery import report
from tutor.standing import standings

NOW = NOON + datetime.timedelta(days=3)
AT_HAND = {COURSE.id: known(COURSE), BREAD.id: known(BREAD)}
STEPS = (StepOutline("s-a", "", 1.0, stop=False), StepOutline("s-b", "", 1.0, stop=True))
STUB = KnownCourse(
    STUB_ID,
    replace(
        machines.OUTLINE,
        lessons=tuple(
            replace(one, steps=STEPS, quiz=("q1", "q2")) for one in machines.OUTLINE.lessons
        ),
    ),
)


def told(
    files: Sequence[Path],
    course: Find = AT_HAND.get,
    names: Mapping[str, str] | None = None,
) -> tuple[ClassReport, list[Unread]]:
    with Pile() as pile:
        gathered = Gathering(pile, NOW)
        unread = list(read_files(files_in(files), gathered.take))
        learners = named(pile.learners, names or {})
        return class_report(Class(pile, gathered, learners, course), NOW), unread


def by_the_journal(journal: Journal, name: str, course: KnownCourse) -> LearnerReport | None:
    """A learner's row from what the journal keeps, and by nothing of the report's own."""
    assert course.outline
    progress, cards = journal.lessons(course.id), journal.states(CARDS, course.id)
    done = [one for one in standings(course.outline, progress) if one.state != "new"]
    tallies = [tally for lesson in progress.values() for tally in lesson.tallies.values()]
    times = [event.at for event in counted(journal, course.id)]
    if not times:
        return None
    return LearnerReport(
        name=name,
        pseudonyms=(name,),
        lessons=tuple(
            LessonDone(
                lesson=one.id,
                title=one.title,
                state=one.state,
                steps_done=one.steps_done,
                steps=one.steps,
                quiz=one.quiz_best,
            )
            for one in done
        ),
        finished=sum(one.state == "finished" for one in done),
        questions=sum(tally.answers > 0 for tally in tallies),
        answers=sum(tally.answers for tally in tallies),
        first_tries=sum(tally.first_tries for tally in tallies),
        first_right=sum(tally.first_right for tally in tallies),
        objectives=report(cards, course.outline, day_of(NOW)).objectives,
        beliefs=tuple(sorted(held(cards, asked_in(course.outline)))),
        seconds=round(sum(lesson.seconds for lesson in progress.values()), 1),
        latest=max(times),
    )


def counted(journal: Journal, course: str) -> list[Event]:
    """The events of a course that were not undone, lesson by lesson as a journal has it."""
    events = [event for event in journal.events() if event.place.course == course]
    lessons = {event.place.lesson for event in events}
    return [e for name in lessons for e in in_order(e for e in events if e.place.lesson == name)]


def first_askings(journal: Journal, course: str) -> dict[tuple[str, str], tuple[bool, str | None]]:
    """By question: right at first, and the first reply; looked up from the events, one by one."""
    found: dict[tuple[str, str], tuple[bool, str | None]] = {}
    events = counted(journal, course)
    for name in {(e.place.lesson, e.place.question) for e in events}:
        own = [e.deed for e in events if (e.place.lesson, e.place.question) == name]
        opens = [d for d in own if isinstance(d, Revealed | Assessed) or is_first_try(d)]
        if not opens:
            continue
        sitting = getattr(opens[0], "sitting")  # noqa: B009  the type of what begins an asking
        asking = own[own.index(opens[0]) :]
        asking = [d for d in asking if getattr(d, "sitting", "") == sitting]
        right, words = False, None
        for deed in asking:
            if isinstance(deed, Answered) and words is None and deed.attempt == 1:
                right, words = deed.right and not deed.revealed, deed.said or deed.raw
            elif isinstance(deed, Assessed):
                right = deed.right
            elif isinstance(deed, Vouched) and deed.attempt == 1 and words is not None:
                right = True
        found[name] = right, words
    return found


def is_first_try(deed: object) -> bool:
    return isinstance(deed, Answered) and deed.attempt == 1


def by_the_journals(
    journals: Mapping[str, Journal], course: KnownCourse
) -> dict[tuple[str, str], tuple[int, int, int, Counter[str]]]:
    """Each question: asked, right at first, not known at last, and the wrong first replies."""
    found: dict[tuple[str, str], list[tuple[bool, str | None]]] = {}
    still: Counter[tuple[str, str]] = Counter()
    for journal in journals.values():
        for name, first in first_askings(journal, course.id).items():
            found.setdefault(name, []).append(first)
        for lesson, cards in journal.states(CARDS, course.id).items():
            still.update((lesson, q) for q, card in cards.cards.items() if was_missed(card))
    return {
        name: (
            len(firsts),
            sum(right for right, _ in firsts),
            still[name],
            Counter(key(words) for right, words in firsts if words is not None and not right),
        )
        for name, firsts in found.items()
    }


def key(words: str) -> str:
    return " ".join(words.split()).casefold()


def holds(told: CourseReport, journals: Mapping[str, Journal], course: KnownCourse) -> None:
    """Hold a report against the journals of all its learners."""
    expected = [by_the_journal(journal, name, course) for name, journal in journals.items()]
    assert list(told.learners) == [one for one in expected if one]
    questions = by_the_journals(journals, course)
    for one in told.questions:
        name = one.lesson, one.question
        asked, right, still_open, wrong = questions.pop(name, (0, 0, 0, Counter()))
        assert (one.asked, one.right, one.still_open) == (asked, right, still_open)
        assert Counter({key(said.words): said.learners for said in one.wrong}) == wrong
    assert questions == {}
    chosen = Counter(text for journal in journals.values() for text in traps(journal, course.id))
    assert {one.text: one.chosen for one in told.beliefs} == chosen


def traps(journal: Journal, course: str) -> set[str]:
    """The false beliefs that one learner chose, in whichever lessons."""
    lessons = journal.states(CARDS, course).values()
    return {text for cards in lessons for text in cards.traps}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(machines.recordings | machines.recordings | machines.undoings | machines.imports),
        min_size=1,
        max_size=3,
    ),
    st.randoms(use_true_random=False),
)
def test_the_report_says_what_the_journals_say_whatever_learners_did(
    class_: list[list[tuple[int, int, Place, AnyDeed | int] | None]], rng: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as close:
        files, journals = [], {}
        for number, happenings in enumerate(class_):
            place = Path(folder) / str(number)
            place.mkdir()
            desk = machines.Desk(place, close)
            for happening in happenings:
                desk.do(happening)
            ours, theirs = desk.journals[0], desk.journals[2]
            name = f"learner-{number}"
            files += [handed_in(journal, name, rng) for journal in (ours, theirs)]
            desk.do(None)  # our journal takes in what the other machine has
            journals[name] = ours
        found, unread = told(files, {STUB.id: STUB}.get)
        assert [one for one in unread if one.file.stat().st_size] == []
        assert found.twins == ()
        for one in found.courses:
            holds(one, journals, STUB)
        assert bool(found.courses) == any(counted(j, STUB.id) for j in journals.values())


def handed_in(journal: Journal, name: str, rng: random.Random) -> Path:
    """All that a machine knows, in any order, some of it twice."""
    scribe = Scribe(Learner(name=name, notes=True), find())
    statements = [scribe.statement(event) for event in journal.events()]
    statements += rng.sample(statements, len(statements) // 3)
    rng.shuffle(statements)
    return written(journal.path.with_suffix(".jsonl"), statements)


def test_a_class_of_thirty_with_two_machines_each_is_told_as_their_journals_are(
    tmp_path: Path,
) -> None:
    pupils, files, journals = a_class(30, COURSE, lessons=3), [], {}
    rng = random.Random(5)
    for pupil in pupils:
        statements = pupil.statements(find(COURSE))
        for machine in ("laptop", "desktop"):  # each has two thirds of it: a third is on both
            part = [one for one in statements if rng.random() < 0.8]
            files.append(written(tmp_path / f"{pupil.name}-{machine}.jsonl", part))
        files.append(written(tmp_path / f"{pupil.name}-rest.jsonl", statements))
        journals[pupil.name] = pupil.journal(tmp_path)
    found, unread = told(files)
    assert unread == []
    (course,) = found.courses
    assert course.title == COURSE.title
    holds(course, journals, AT_HAND[COURSE.id])
    assert found.statements.repeated == found.statements.read - sum(len(p.events) for p in pupils)
    for journal in journals.values():
        journal.close()
