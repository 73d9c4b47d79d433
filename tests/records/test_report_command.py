"""`tutor records report`: what a teacher gets from thirty files, of which any may be anything."""

import csv
import io
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.player.seat import Seat
from tests.player.test_three_widths import rows, words
from tests.records.classes import BREAD, COURSE, Pupil, a_class, find, written
from tests.records.store_server import SECRET, Store, keeping
from tests.running import tutor, watched
from tutor.progress.exchange import export_events
from tutor.progress.moments import local_now
from tutor.records.access import Access
from tutor.records.class_report import ClassReport
from tutor.records.client import Client
from tutor.records.learner import Learner
from tutor.records.mapping import Scribe, travels

MANY, FEW = 12, 3
ROOT = Path(__file__).parents[2]
FOREIGN = {
    "id": "0f0e0d0c-0b0a-4908-8706-050403020100",
    "actor": {"mbox": "mailto:a@example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
    "object": {"id": "https://example.org/a-video"},
    "timestamp": "2026-11-20T10:00:00Z",
}


def handed_in(folder: Path, pupils: list[Pupil]) -> Path:
    folder.mkdir(exist_ok=True)
    for pupil in pupils:
        written(folder / f"{pupil.name}.jsonl", pupil.statements(find(pupil.course)))
    return folder


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what twelve learners handed in."""
    return handed_in(tmp_path_factory.mktemp("class"), a_class(MANY, COURSE, lessons=1))


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return handed_in(tmp_path / "three", a_class(FEW, COURSE, seed=2, lessons=1))


def told(*arguments: str | Path, **environ: str) -> Any:
    done = tutor("records", "report", *map(str, arguments), "--json", **environ)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def said(*arguments: str | Path, **environ: str) -> str:
    done = tutor("records", "report", *map(str, arguments), **environ)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*arguments: str | Path) -> str:
    done = tutor("records", "report", *map(str, arguments))
    assert done.returncode in (1, 2), done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "hint: " in done.stderr
    return done.stderr


def test_the_first_screen_says_which_three_questions_to_talk_about_and_why(class_: Path) -> None:
    (course,) = told(class_)["courses"]
    asked = {f"{one['lesson']}/{one['question']}": one for one in course["questions"]}
    chosen = [asked[name] for name in course["talk_about"]]
    rest = [one for name, one in asked.items() if name not in course["talk_about"]]
    assert len(chosen) == 3
    assert min(one["still_open"] for one in chosen) >= max(one["still_open"] for one in rest)
    screen = said(class_, COLUMNS="100").splitlines()[:24]
    assert "12 learners" in screen[0]
    assert screen[2] == "Three questions to talk about"
    shown = " ".join(" ".join(screen).split())
    for one in chosen:
        missed = one["asked"] - one["right"]
        assert f"{one['lesson_title']}, {one['question']}: " in shown
        assert f"{missed} of {one['asked']} learners missed it at first (" in shown
        assert f"; {one['still_open']} did not know it when asked last." in shown
        first = one["wrong"][0]
        assert f"{first['learners']} answered “{first['words']}”" in shown


def test_of_three_learners_no_share_is_told(three: Path) -> None:
    (course,) = told(three)["courses"]
    assert {one["low"] for one in course["questions"]} == {None}
    shown = said(three)
    assert "%" not in shown
    assert " of 3 learners missed it at first; " in shown


def test_every_key_of_the_json_is_in_the_manual(class_: Path) -> None:
    manual = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")

    def keys(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from part
        for one in part.values() if isinstance(part, dict) else part:
            if isinstance(one, dict | list):
                yield from keys(one)

    found = told(class_)
    assert {one for one in keys(found) if f"`{one}`" not in manual} == set()
    msgspec.convert(found, ClassReport)


def test_a_row_a_learner_and_a_row_a_question_for_a_spreadsheet(
    class_: Path, tmp_path: Path
) -> None:
    learners, questions = tmp_path / "learners.csv", tmp_path / "questions.csv"
    (course,) = told(class_, "--csv", learners, "--questions-csv", questions)["courses"]
    read = sheet(learners)
    assert [row["learner"] for row in read] == [one["name"] for one in course["learners"]]
    assert [int(row["right at first try"]) for row in read] == [
        one["first_right"] for one in course["learners"]
    ]
    read = sheet(questions)
    assert [row["question"] for row in read] == [one["question"] for one in course["questions"]]
    assert "exists" in refused(class_, "--csv", learners)
    assert said(class_, "--csv", learners, "--force") == ""


def sheet(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


HOSTILE = '=HYPERLINK("http://evil.example","[bold]you[/bold] <b>won</b>")'


def test_a_hostile_name_is_words_everywhere(tmp_path: Path) -> None:
    pupil = a_class(1, COURSE, lessons=1)[0]
    pupil.name = HOSTILE
    file = written(tmp_path / "in.jsonl", pupil.statements(find(COURSE)))
    page = tmp_path / "page.html"
    assert HOSTILE[:17] in said(file)
    row = next(csv.DictReader(io.StringIO(said(file, "--csv", "-"))))
    assert row["learner"] == f"'{HOSTILE}"
    said(file, "--html", page)
    assert "<b>" not in page.read_text(encoding="utf-8")
    roster = tmp_path / "names.csv"
    roster.write_text(f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",\x1b[31mRed\x07\u202eedoc\n')
    shown = said(file, "--names", roster)
    assert "[31mRededoc" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_a_pseudonym_that_a_terminal_would_obey_is_left_out_and_counted(tmp_path: Path) -> None:
    pupil = a_class(1, COURSE, lessons=1)[0]
    pupil.name = "\x1b]0;evil\x07"
    file = written(tmp_path / "in.jsonl", pupil.statements(find(COURSE)))
    assert told(file)["courses"] == []
    assert f"{len(pupil.events)} statements that could not be read" in said(file)


def test_what_others_wrote_is_left_out_with_a_line(three: Path) -> None:
    before = told(three)
    written(three / "other.jsonl", [FOREIGN, {**FOREIGN, "actor": {"objectType": "Group"}}])
    after = told(three)
    assert after["courses"] == before["courses"]
    assert after["statements"]["foreign"] == 2
    assert "2 statements of other programs left out." in said(three)


def test_a_statement_counts_once_however_often_it_comes(three: Path, tmp_path: Path) -> None:
    again = [tmp_path / "a", tmp_path / "b"]
    for folder in again:
        folder.mkdir()
        for file in three.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
    once, thrice = told(three), told(three, *again)
    assert thrice["courses"] == once["courses"]
    assert thrice["statements"]["repeated"] == 2 * once["statements"]["read"]


def test_one_broken_file_of_a_class_is_named_and_the_others_count(three: Path) -> None:
    before = told(three)["courses"]
    (three / "a.json").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    (three / "b.json").write_text("")
    (three / "c.jsonl").write_text("{}\n" + "[" * 100_000 + "\n" + '{"a": 1e999}\n"x"\n')
    good = (three / "learner-00.jsonl").read_text()
    (three / "learner-00.jsonl").write_text(good[:-40])
    done = tutor("records", "report", str(three), "--json")
    assert done.returncode == 0
    for named in ("a.json: holds no", "b.json: holds no", "c.jsonl: holds no"):
        assert named in done.stderr
    line = len(good.splitlines())
    assert f"learner-00.jsonl: 1 is no statement, the first in line {line}" in done.stderr
    after = json.loads(done.stdout)["courses"]
    assert after[0]["learners"][1:] == before[0]["learners"][1:]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("missing.jsonl", None, "cannot be read: No such file"),
        ("thesis.docx", b"PK\x03\x04\x00\xff" * 1000, "holds no statements"),
        ("utf-16.jsonl", b"\xff\xfe\x00\xd8\x00\xd8\n\x00", "is no text"),
        ("page.html", b"<html>\n<p>please sign in\n" * 9, "holds no statements"),
        ("journal.jsonl", b'{"llm_tutor_journal":1}\n', "is a journal"),
    ],
)
def test_a_file_that_is_none_is_one_clear_line(
    tmp_path: Path, name: str, content: bytes | None, expected: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert f"{name}: {expected}" in refused(file)


def test_nothing_to_report_on_says_what_to_type(tmp_path: Path) -> None:
    assert "name hand-in files" in refused()
    assert "holds no hand-in files" in refused(tmp_path)


@pytest.mark.parametrize("form", ["list", "answer of a store", "pretty", "utf-16", "bom"])
def test_a_class_is_read_in_whatever_form_a_store_or_a_shell_gave_it(
    three: Path, tmp_path: Path, form: str
) -> None:
    lines = [line for file in sorted(three.iterdir()) for line in file.read_text().splitlines()]
    whole = [json.loads(line) for line in lines]
    forms = {
        "list": json.dumps(whole).encode(),
        "answer of a store": json.dumps({"statements": whole, "more": ""}).encode(),
        "pretty": json.dumps(whole, indent=2).encode(),
        "utf-16": "\n".join(lines).encode("utf-16"),
        "bom": "\n".join(lines).encode("utf-8-sig"),
    }
    file = tmp_path / "whole.json"
    file.write_bytes(forms[form])
    assert told(file)["courses"] == told(three)["courses"]


def test_a_course_that_is_not_here_is_told_by_the_names_in_the_statements(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "bread", a_class(4, BREAD, seed=3, lessons=1))
    (there,) = told(folder)["courses"]
    assert (there["course"], there["installed"]) == (BREAD.id, False)
    assert [one["title"] for one in there["lessons"]] == [BREAD.lessons[0].title]
    prompts = {one.id: one.prompt for one in BREAD.lessons[0].quiz}
    texts = {one["question"]: one["text"] for one in there["questions"]}
    named = {name for name, prompt in prompts.items() if texts[name] == prompt[:300]}
    assert named or all("{" in prompt for prompt in prompts.values())
    assert all(texts.values())
    assert "This course is not installed here" in said(folder)
    tutor("course", "add", str(ROOT / "tests" / "courses" / "bread"))
    (here,) = told(folder)["courses"]
    assert here["installed"]
    same = ("asked", "right", "still_open", "wrong")
    by_name = {one["question"]: one for one in here["questions"]}
    for one in there["questions"]:
        assert [one[key] for key in same] == [by_name[one["question"]][key] for key in same]


def test_two_courses_are_told_one_after_the_other_or_one_alone(three: Path) -> None:
    for pupil in a_class(2, BREAD, seed=4, lessons=1):
        written(three / f"bread-{pupil.name}.jsonl", pupil.statements(find(BREAD)))
    assert len(told(three)["courses"]) == 2
    tutor("course", "add", str(ROOT / "tests" / "courses" / "bread"))
    (course,) = told(three, "--course", BREAD.id)["courses"]
    assert course["course"] == BREAD.id


def test_the_teachers_own_list_gives_names_and_joins_two_pseudonyms(
    three: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "names.csv"
    roster.write_bytes(
        "Pseudonym;Name\r\nlearner-00;Zoë Brûlé\r\nlearner-01;Zoë Brûlé\r\nlearner-77;X\r\n".encode(
            "cp1252"
        )
    )
    done = tutor("records", "report", str(three), "--names", str(roster), "--json")
    assert "1 of 3 names are of nobody who handed in anything" in done.stderr
    (course,) = json.loads(done.stdout)["courses"]
    assert [one["name"] for one in course["learners"]] == ["learner-02", "Zoë Brûlé"]
    assert course["learners"][1]["pseudonyms"] == ["learner-00", "learner-01"]
    apart = told(three)["courses"][0]["learners"]
    assert course["learners"][1]["answers"] == sum(one["answers"] for one in apart[:2])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("learner-00,A\nlearner-00,B\n", "names.csv:2: 'learner-00' has two names, 'A' and 'B'"),
        ("learner-00\n", "names.csv:1: no pseudonym with a name"),
        ("", "names nobody"),
        (None, "cannot be read"),
    ],
)
def test_a_list_of_names_that_is_none_is_refused(
    three: Path, tmp_path: Path, rows: str | None, expected: str
) -> None:
    roster = tmp_path / "names.csv"
    if rows is not None:
        roster.write_text(rows)
    assert expected in refused(three, "--names", roster)


def test_one_learners_answers_stand_in_their_order(three: Path) -> None:
    found = told(three, "--learner", "learner-01")
    times = [one["at"] for one in found["answers"]]
    assert times == sorted(times)
    row = next(one for one in told(three)["courses"][0]["learners"] if one["name"] == "learner-01")
    assert sum(one["attempt"] > 0 for one in found["answers"]) == row["answers"]
    shown = said(three, "--learner", "LEARNER-01")
    assert shown.startswith("learner-01: ")
    assert "in a review" in shown
    assert "there is: learner-00, learner-01, learner-02" in refused(three, "--learner", "learner")


def test_one_question_has_all_that_was_answered_to_it(class_: Path) -> None:
    name = told(class_)["courses"][0]["talk_about"][0]
    found = told(class_, "--question", name)
    shown = said(class_, "--question", name.partition("/")[2])
    for one in found["wrong"]:
        assert f"“{one['words']}”: {one['learners']} learner" in shown
    assert "no question 'nix'" in refused(class_, "--question", "nix")


def test_answers_handed_in_under_two_names_are_noticed(three: Path) -> None:
    theirs = (three / "learner-00.jsonl").read_text()
    (three / "copied.jsonl").write_text(theirs.replace("learner-00", "copycat"))
    assert "of learner-00" in said(three) or "of copycat" in said(three)
    (pair,) = told(three)["twins"]
    assert {pair["one"], pair["other"]} == {"learner-00", "copycat"}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that the teacher has added."""
    monkeypatch.setenv("TUTOR_RECORDS_SECRET", SECRET)
    with keeping(Store(users={"anna": SECRET, "bob": SECRET})) as found:
        added = tutor("records", "add", "class", found.url, "--user", "anna")
        assert added.returncode == 0, added.stderr
        yield found


def sent(store: Store, pupil: Pupil, user: str = "anna") -> None:
    with Client(Access(store.url, user, SECRET), local_now) as client:
        client.post([json.dumps(one).encode() for one in pupil.statements(find(COURSE))])


def test_a_store_says_the_same_as_the_files(store: Store, three: Path) -> None:
    for pupil in a_class(FEW, COURSE, seed=2, lessons=1):
        sent(store, pupil)
    assert told("--store", "class")["courses"] == told(three)["courses"]
    assert told()["courses"] == told(three)["courses"]


def test_statements_that_another_account_wrote_in_a_learners_name_are_noticed(
    store: Store,
) -> None:
    honest = a_class(1, COURSE, seed=2, lessons=1)[0]
    sent(store, honest)
    forger = a_class(1, COURSE, seed=9, lessons=1)[0]
    assert forger.name == honest.name
    sent(store, forger, user="bob")
    assert told()["mixed"] == [{"name": honest.name, "accounts": 2}]
    assert "2 accounts of the store wrote these statements" in said()


def test_a_store_that_is_down_is_a_clear_line(store: Store) -> None:
    store.users.clear()
    assert "does not take this name and password" in refused("--store", "class")
    assert "no record store called 'nix'" in refused("--store", "nix")


@pytest.mark.parametrize(
    "options",
    [("--json", "--csv", "-"), ("--csv", "-", "--html", "-"), ("--learner", "a", "--html", "b")],
)
def test_what_does_not_go_together_is_refused_before_anything_is_read(
    options: tuple[str, ...],
) -> None:
    done = tutor("records", "report", "nowhere.jsonl", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert not Path("b").exists()


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_report_is_read_at_any_width(home: Path, class_: Path, columns: int) -> None:
    seats = [
        Seat(home, "records", "report", str(class_), columns=width, rows=400)
        for width in (columns, 120)
    ]
    for seat in seats:
        seat.end()
        assert seat.status == 0
    narrow, wide = seats
    assert all(len(line) <= columns for line in rows(narrow))
    assert words(wide) - words(narrow) <= {"share"}
    plain = Seat(home, "records", "report", str(class_), "--plain", columns=columns, rows=600)
    plain.end()
    assert not set("█░▓─") & set("".join(rows(plain)))


def test_many_lines_are_read_in_bounded_memory(tmp_path: Path) -> None:
    """Statements that come again and again, and nonsense; a million: tests.records.many."""
    file, count = tmp_path / "many.jsonl", 60_000
    pupils = a_class(4, COURSE, lessons=2)
    lines = [json.dumps(one) for p in pupils for one in p.statements(find(COURSE))]
    rng = random.Random(1)
    with file.open("w") as out:
        for _ in range(count):
            out.write(rng.choice(lines) if rng.random() < 0.5 else "no statement")
            out.write("\n")
    peak = tmp_path / "peak"
    line = watched(peak, "records", "report", str(file), "--json")
    counts = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)["statements"]
    assert counts["read"] == count
    assert counts["broken"] > count // 3
    assert int(peak.read_text()) < 300_000  # kilobytes


def test_a_journal_is_told_from_a_hand_in_file(home: Path, tmp_path: Path) -> None:
    pupil = a_class(1, COURSE, lessons=1)[0]
    with pupil.journal(tmp_path) as journal:
        export_events(journal, tmp_path / "export.jsonl")
    assert "tutor export xapi FILE" in refused(tmp_path / "export.jsonl")


def test_notes_that_were_kept_back_change_nothing_but_what_they_say(tmp_path: Path) -> None:
    pupils = a_class(FEW, COURSE, seed=2, lessons=1)
    silent = tmp_path / "silent"
    silent.mkdir()
    for pupil in pupils:
        scribe = Scribe(Learner(name=pupil.name), find(COURSE))
        going = [one for one in pupil.events if travels(one, scribe.learner)]
        written(silent / f"{pupil.name}.jsonl", map(scribe.statement, going))
    (quiet,) = told(silent)["courses"]
    (loud,) = told(handed_in(tmp_path / "loud", pupils))["courses"]
    assert {tuple(one["reported"]) for one in quiet["questions"]} == {()}
    keys = ("answers", "first_right", "finished", "objectives", "beliefs")
    for one, other in zip(quiet["learners"], loud["learners"], strict=True):
        assert [one[key] for key in keys] == [other[key] for key in keys]
