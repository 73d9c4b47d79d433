"""Journals as files of lines: carried, merged, refused."""

import datetime
import json
import os
import random
from pathlib import Path

import msgspec
import pytest

from tests.progress.deeds import COURSE, Clock, answered, fill, place
from tutor.errors import JournalError
from tutor.progress.events import Event, Noted, Reset
from tutor.progress.exchange import export_events, import_events, steps_of_import
from tutor.progress.journal import Journal, Merged

HEADER = '{"llm_tutor_journal":1}'


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of three answers."""
    path = tmp_path / "theirs.sqlite3"
    fill(path, 3)
    file = tmp_path / "export.jsonl"
    with Journal.open(path) as journal:
        assert export_events(journal, file) == 3
    return file


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.sqlite3"
    fill(path, 2)
    return path


def event_line(**changes: object) -> str:
    event = {
        "id": "11111111-2222-4333-8444-555555555555",
        "installation": "99999999-2222-4333-8444-555555555555",
        "at": "2026-11-21T10:00:00.000000Z",
        "offset": 60,
        "place": {"course": COURSE, "lesson": "one"},
        "deed": {"deed": "noted", "text": "hello"},
    }
    return json.dumps({name: value for name, value in {**event, **changes}.items() if value != ""})


def test_an_export_is_one_json_object_a_line(export: Path) -> None:
    lines = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {"llm_tutor_journal": 1}
    assert [line["deed"]["raw"] for line in lines[1:]] == ["answer 0", "answer 1", "answer 2"]


def test_an_import_twice_is_the_same_as_once(export: Path, ours: Path) -> None:
    with Journal.open(ours) as journal:
        assert import_events(journal, export) == Merged(added=3, known=0, conflicts=0)
        once = journal.lessons(COURSE)
        assert import_events(journal, export) == Merged(added=0, known=3, conflicts=0)
        assert journal.lessons(COURSE) == once
        assert len(list(journal.events())) == 5
        assert journal.faults() == []


def test_the_order_of_two_imports_does_not_matter(export: Path, ours: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    with Journal.open(ours) as journal:
        export_events(journal, other)
    progress = []
    for number, files in enumerate(([export, other], [other, export])):
        with Journal.open(tmp_path / f"{number}.sqlite3") as journal:
            for file in files:
                import_events(journal, file)
            progress.append(journal.lessons(COURSE))
    assert progress[0] == progress[1]


def test_an_imported_reset_leaves_what_came_after_it(ours: Path, tmp_path: Path) -> None:
    clock = Clock()
    with Journal.open(tmp_path / "theirs.sqlite3", clock) as theirs:
        clock.turn(3600)
        theirs.record(place(), Reset())
        export_events(theirs, tmp_path / "reset.jsonl")
    clock.turn(3600)
    with Journal.open(ours, clock) as journal:
        journal.record(place(question="later"), answered())
        import_events(journal, tmp_path / "reset.jsonl")
        assert list(journal.lesson(COURSE, "one").items) == ["later"]


def test_of_two_contents_with_one_id_ours_is_kept(export: Path, ours: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.jsonl"
    text = export.read_text(encoding="utf-8")
    forged.write_text(text.replace("answer 1", "forged"), encoding="utf-8")
    with Journal.open(ours) as journal:
        import_events(journal, export)
        before = list(journal.events())
        assert import_events(journal, forged) == Merged(added=0, known=2, conflicts=1)
        assert list(journal.events()) == before


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not an event"),
        ("[]", "not an event"),
        ("null", "not an event"),
        ("\xff", "not an event"),
        (event_line(deed={"deed": "flown"}), "not an event"),
        (event_line(deed={"deed": "answered", "raw": "1"}), "not an event"),
        (event_line(place={"course": COURSE}), "not an event"),
        (event_line(id=""), "not an event"),
        (event_line(id=7), "not an event"),
        (event_line(colour="red"), "not an event"),
        (event_line(offset=10**30), "not an event"),
        (event_line(offset=1.5), "not an event"),
        (event_line(deed={**json.loads(event_line())["deed"], "text": None}), "not an event"),
        (
            event_line(
                deed={"deed": "answered", "sitting": "s", "seed": 10**30, "raw": "1"}
                | {"right": True, "score": 1, "attempt": 1}
            ),
            "not an event",
        ),
    ],
)
def test_a_bad_line_imports_nothing(export: Path, ours: Path, line: str, complaint: str) -> None:
    with export.open("a", encoding="latin-1") as file:
        file.write(line + "\n")
    with Journal.open(ours) as journal:
        before = list(journal.events())
        with pytest.raises(JournalError, match=complaint) as caught:
            import_events(journal, export)
        assert f"{export}:5: " in caught.value.message
        assert list(journal.events()) == before
        assert journal.faults() == []
        journal.record(place(), answered())


def lasting(seconds: float) -> str:
    return event_line(deed={"deed": "passed", "seconds": seconds})


def sure_by(percent: int) -> str:
    deed = msgspec.to_builtins(answered(confidence=percent))
    return event_line(deed=deed)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (event_line(at="yesterday"), "line 5: 'yesterday' is no time in UTC from 1970 to 20"),
        (event_line(at="2026-11-21"), "is no time in UTC"),
        (event_line(at="2026-13-41T10:00:00.000000Z"), "is no time in UTC"),
        (event_line(at="9999-12-31T23:59:59.999999Z"), "is no time in UTC from 1970 to 20"),
        (event_line(at="2090-01-01T00:00:00.000000Z"), "is no time in UTC from 1970 to 20"),
        (event_line(at="1969-12-31T23:59:59.999999Z"), "is no time in UTC from 1970 to 20"),
        (event_line(at="2026-11-21T10:00:00.000000+00:00"), "is no time in UTC"),
        (event_line(rank="zzzz"), "rank 'zzzz' is no time in UTC from 1970 to 20"),
        (event_line(rank="9999-12-31T23:59:59.999999Z"), "is no time in UTC from 1970 to 20"),
        (event_line(offset=99_999_999), "a local time 99999999 minutes off UTC is nobody's"),
        (event_line(offset=-99_999_999), "minutes off UTC"),
        (lasting(1e300), "nothing takes 1e+300 seconds"),
        (lasting(-1), "nothing takes -1 seconds"),
        (sure_by(9_999), "nobody is 9999 % sure"),
        (sure_by(-1), "nobody is -1 % sure"),
    ],
)
def test_an_event_that_cannot_have_been_so_is_left_out_and_named_and_the_rest_taken(
    export: Path, ours: Path, line: str, complaint: str
) -> None:
    with export.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n{event_line(id='another')}\n")
    with Journal.open(ours) as journal:
        merged = import_events(journal, export)
        assert merged.added == 4
        (said,) = merged.left_out
        assert complaint in said
        assert len(list(journal.events())) == 6


def test_one_answer_under_a_clock_decades_ahead_costs_no_other_on_the_way(tmp_path: Path) -> None:
    clock = Clock(datetime.datetime.now(datetime.UTC))
    file = tmp_path / "export.jsonl"
    with Journal.open(tmp_path / "theirs.sqlite3", clock) as journal:
        journal.record(place("before"), answered())
        clock.turn(31 * 366 * 86_400)
        journal.record(place("ahead"), answered())
        clock.turn(-31 * 366 * 86_400)
        journal.record(place("after"), answered())
        export_events(journal, file)
    with Journal.open(tmp_path / "ours.sqlite3") as journal:
        merged = import_events(journal, file)
        assert merged.added == 2
        assert [line.split(":")[0] for line in merged.left_out] == ["line 3"]
        assert set(journal.lessons(COURSE)) == {"before", "after"}


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(ours: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with Journal.open(ours) as journal, pytest.raises(JournalError, match="is no file"):
        import_events(journal, tmp_path / "pipe")


@pytest.mark.parametrize("seed", range(60))
def test_an_export_damaged_on_the_way_is_imported_whole_or_not_at_all(
    export: Path, ours: Path, seed: int
) -> None:
    rng = random.Random(seed)
    data = bytearray(export.read_bytes())
    for _ in range(rng.randint(1, 3)):
        data[rng.randrange(len(data))] = rng.choice(b'0123456789-{}[]":,xZ\n\\ \xff')
    export.write_bytes(data)
    with Journal.open(ours) as journal:
        before = list(journal.events())
        try:
            added = import_events(journal, export).added
        except JournalError:
            added = 0
        assert list(journal.events())[: len(before)] == before
        assert len(list(journal.events())) == len(before) + added
        assert journal.faults() == []
        journal.record(place(), answered())


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        ("", "not an export"),
        ("{}", "not an export"),
        ("SQLite format 3", "not an export"),
        ('{"llm_tutor_journal":"1"}', "not an export"),
        ('{"llm_tutor_journal":2}', "newer tutor"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    ours: Path, tmp_path: Path, first: str, complaint: str
) -> None:
    file = tmp_path / "strange"
    file.write_text(f"{first}\n{event_line()}\n", encoding="utf-8")
    with Journal.open(ours) as journal:
        with pytest.raises(JournalError, match=complaint):
            import_events(journal, file)
        assert len(list(journal.events())) == 2


def test_a_handwritten_line_is_taken(ours: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(f"{HEADER}\n{event_line()}\n\n", encoding="utf-8")
    with Journal.open(ours) as journal:
        assert import_events(journal, file).added == 1
        noted: Event = list(journal.events())[-1]
        assert noted.deed == Noted(text="hello")


def test_the_same_line_twice_is_one_event(ours: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(f"{HEADER}\n{event_line()}\n{event_line()}", encoding="utf-8")
    with Journal.open(ours) as journal:
        assert import_events(journal, file) == Merged(added=1, known=1, conflicts=0)


def test_an_export_never_overwrites_a_file_unasked(export: Path, ours: Path) -> None:
    before = export.read_bytes()
    with Journal.open(ours) as journal:
        with pytest.raises(JournalError, match="exists") as caught:
            export_events(journal, export)
        assert "--force" in caught.value.hint
        assert export.read_bytes() == before
        assert export_events(journal, export, force=True) == 2
    assert export.read_bytes() != before


def test_an_export_to_nowhere_leaves_nothing_behind(ours: Path, tmp_path: Path) -> None:
    with Journal.open(ours) as journal, pytest.raises(JournalError, match="cannot be written"):
        export_events(journal, tmp_path / "nowhere" / "file")
    assert not (tmp_path / "nowhere").exists()


def test_a_journal_not_begun_exports_a_header(tmp_path: Path) -> None:
    assert export_events(None, tmp_path / "file") == 0
    assert (tmp_path / "file").read_text(encoding="utf-8") == HEADER + "\n"


def test_an_export_can_go_down_a_pipe(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Journal.open(ours) as journal:
        assert export_events(journal, Path("-")) == 2
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_missing_file_is_told(ours: Path, tmp_path: Path) -> None:
    with Journal.open(ours) as journal, pytest.raises(JournalError, match="cannot be read"):
        import_events(journal, tmp_path / "none")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with a mark"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_a_windows_shell_made_of_an_export_is_read(
    ours: Path, tmp_path: Path, encoding: str, ends: str
) -> None:
    deed = {"deed": "noted", "text": "naïve ≈ 🙂"}
    text = ends.join([HEADER, event_line(deed=deed), ""])
    if encoding.endswith(" with a mark"):
        encoding, text = "utf-16-be", "\ufeff" + text
    file = tmp_path / "file"
    file.write_bytes(text.encode(encoding))
    with Journal.open(ours) as journal:
        assert import_events(journal, file).added == 1
        assert list(journal.events())[-1].deed == Noted(text="naïve ≈ 🙂")


@pytest.mark.parametrize("data", [b"\xff\xfe{", b"\xff\xfe\x00\xd8\x00\x00", b"\xfe\xff\x00"])
def test_what_is_no_text_is_refused_in_one_line(ours: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    with Journal.open(ours) as journal, pytest.raises(JournalError, match="is not an export"):
        import_events(journal, file)


def test_a_line_without_an_end_does_not_fill_the_memory(ours: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(HEADER + "\n" + " " * 9_000_000 + "x" * 9_000_000, encoding="utf-8")
    with Journal.open(ours) as journal, pytest.raises(JournalError, match="not an event"):
        import_events(journal, file)


def test_an_import_shows_how_far_it_has_come(export: Path, ours: Path) -> None:
    seen: list[int] = []
    with Journal.open(ours) as journal:
        import_events(journal, export, seen.append)
    assert 0 < sum(seen) <= steps_of_import(export)


BEYOND_TIME = "9999-12-31T23:59:59.999999Z"


@pytest.mark.parametrize("at", [BEYOND_TIME, "zzzz", "", "0001-01-01T00:00:00.000000Z"])
@pytest.mark.parametrize("rank", ["", BEYOND_TIME, "zzzz"])
def test_the_order_survives_whatever_times_are_in_the_file(ours: Path, at: str, rank: str) -> None:
    """Older tutors took in such times: what is done now still comes after what was done before."""
    strange = Event(
        id="1", installation="2", at=at, rank=rank, offset=0, place=place(), deed=answered("before")
    )
    with Journal.open(ours, Clock()) as journal:
        journal.merge([strange])
        for number in range(3):
            journal.record(place(), answered(f"after {number}"))
            assert journal.lesson(COURSE, "one").items["q1"].last == f"after {number}"
        journal.record(place(), Reset())
        assert journal.lesson(COURSE, "one").items == {}
        assert journal.faults() == []


def test_an_export_of_a_clock_that_was_far_ahead_can_be_imported(tmp_path: Path) -> None:
    ahead = Clock(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=29 * 365))
    with Journal.open(tmp_path / "ahead.sqlite3", ahead) as theirs:
        theirs.record(place(), answered())
        ahead.turn(-86400)
        assert theirs.record(place(), answered()).rank
        export_events(theirs, tmp_path / "ahead.jsonl")
    with Journal.open(tmp_path / "ours.sqlite3") as journal:
        assert import_events(journal, tmp_path / "ahead.jsonl").added == 2
