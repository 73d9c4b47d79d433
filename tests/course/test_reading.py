"""What an author is told about a faulty course; tests/course/bad holds one fault a file.

The first line of each says what is expected: `# line:column message | fix`, both as they begin.
"""

import re
import shutil
import time
from pathlib import Path

import pytest

from tutor.course.model import Facts, Lesson
from tutor.course.problems import Problem
from tutor.course.reading import read_course, read_course_files, read_document
from tutor.course.tree import MAX_BYTES, MAX_PROBLEMS
from tutor.errors import CourseError

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
SHORT = Path(__file__).parents[1] / "courses" / "short"
LESSON = (SHORT / "one.yaml").read_text(encoding="utf-8")
TERM = "{term: token, lesson: one, meaning: x}"
FACT = "{id: price, text: x, source: y, checked_on: 2026-01-01}"
BOOK = "{id: R01, title: x}"
GUTTER = len("    1 | ")

each_fault = pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)


def lines_of(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8-sig", errors="replace").split("\n")


def the_problem(path: Path) -> Problem:
    (problem,) = read_document(path, Lesson).problems
    return problem


def problems_with(tmp_path: Path, text: str | bytes) -> list[Problem]:
    path = tmp_path / "lesson.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path, Lesson).problems


def read_text(tmp_path: Path, text: str | bytes) -> Lesson:
    path = tmp_path / "lesson.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    document = read_document(path, Lesson)
    assert not document.problems
    lesson = document.value
    assert isinstance(lesson, Lesson)
    return lesson


@each_fault
def test_a_fault_is_named_where_it_stands_and_told_how_to_mend(path: Path) -> None:
    expected = re.fullmatch(r"# (\d+):(\d+) (.+?) \| (.+)", lines_of(path)[0])
    assert expected is not None
    problem = the_problem(path)
    assert (problem.line, problem.column) == (int(expected[1]), int(expected[2]))
    assert problem.message.startswith(expected[3])
    assert problem.fix.startswith(expected[4])


@each_fault
def test_a_fault_is_shown_with_its_line_and_a_caret_under_it(path: Path) -> None:
    problem = the_problem(path)
    shown = str(problem).split("\n")
    lines = lines_of(path)
    assert shown[0].startswith(f"{path}:{problem.line}:{problem.column}: ")
    assert shown[-1] == f"    fix: {problem.fix}"
    if problem.line == len(lines):  # the end of the file has nothing to show
        return
    fault = lines[problem.line - 1][problem.column - 1 :][:1]
    caret = shown[2].index("^")
    assert shown[1].startswith(f"{problem.line:>5} | ")
    assert caret >= GUTTER
    assert shown[1][caret : caret + 1] == (
        fault if fault.isprintable() else "\N{REPLACEMENT CHARACTER}"
    )


@each_fault
def test_no_fault_brings_a_control_character_to_the_authors_terminal(path: Path) -> None:
    assert all(char.isprintable() or char == "\n" for char in str(the_problem(path)))


def test_faults_of_several_files_are_told_at_once(tmp_path: Path) -> None:
    course = shutil.copytree(SHORT, tmp_path / "course")
    for name, old, new in [
        ("one.yaml", "kind: figure", "kind: figur"),
        ("one.yaml", "stop: true", "stop: yes"),
        ("one.yaml", "worth: 2", "worth: two"),
        ("facts.yaml", "2026-11-21", "yesterday"),
        ("glossary.yaml", "meaning:", "meening:"),
        ("references.yaml", "title:", "titel:"),
    ]:
        path = course / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_course(course)
    told = re.findall(r"^\S+/(\w+)\.yaml:\d+:\d+: ", caught.value.message, re.MULTILINE)
    assert told == ["facts", *["glossary"] * 2, *["one"] * 3, *["references"] * 2]
    assert caught.value.message.startswith("the course has 8 problems")
    assert caught.value.hint


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "12:30", "3.10", "0123", "1e3", "0x1F", "2026-11-21", ".5", "true"]
)
def test_bare_words_stay_what_the_author_wrote(tmp_path: Path, word: str) -> None:
    assert read_text(tmp_path, LESSON.replace("One of each", word, 1)).title == word


def test_a_quoted_null_is_a_word(tmp_path: Path) -> None:
    assert read_text(tmp_path, LESSON.replace("One of each", '"null"', 1)).title == "null"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_editors_of_any_system_can_write_lessons(tmp_path: Path, mark: bytes, end: bytes) -> None:
    data = mark + LESSON.encode().replace(b"\n", end)
    assert read_text(tmp_path, data) == read_text(tmp_path, LESSON)


def test_a_windows_file_has_its_faults_at_the_same_place(tmp_path: Path) -> None:
    text = LESSON.replace("kind: figure", "kind: figur")
    (unix,) = problems_with(tmp_path, text)
    (windows,) = problems_with(tmp_path, text.replace("\n", "\r\n"))
    assert unix == windows


def test_a_file_larger_than_the_bound_is_not_parsed(tmp_path: Path) -> None:
    (problem,) = problems_with(tmp_path, LESSON + "#" * MAX_BYTES)
    assert problem.message == "larger than 1,000,000 bytes"


@pytest.mark.parametrize(
    "options",
    ["[" + "a, " * 100_000 + "a]", "[" + ", ".join(map(str, range(100_000))) + "]"],
    ids=["all alike", "all different"],
)
def test_a_file_full_of_options_is_read_in_bounded_time(tmp_path: Path, options: str) -> None:
    text = LESSON.replace("[mat, moon]", options)
    assert len(text) < MAX_BYTES
    started = time.process_time()
    assert len(problems_with(tmp_path, text)) <= MAX_PROBLEMS
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("one.yaml", "{fact:price}", "{fact:prise}", "one.yaml: no fact 'prise'"),
        ("one.yaml", "[R01]", "[R02]", "one.yaml: no reference 'R02'"),
        ("one.yaml", "[token]", "[tokn]", "one.yaml: no glossary term 'tokn'"),
        ("one.yaml", "quiz:", "reading: [{reference: R9, why: x}]\nquiz:", "one.yaml: no ref"),
        ("glossary.yaml", "lesson: one", "lesson: two", "glossary.yaml: no lesson 'two'"),
        ("glossary.yaml", "terms:", f"terms:\n  - {TERM}", "glossary.yaml: 'token' stands"),
        ("facts.yaml", "facts:", f"facts:\n  - {FACT}", "facts.yaml: 'price' stands here twice"),
        (
            "references.yaml",
            "references:",
            f"references:\n  - {BOOK}",
            "references.yaml: 'R01' st",
        ),
        ("course.yaml", "format: 1", "format: 2", "course.yaml: this is course format 2"),
        ("course.yaml", "[one.yaml]", "[one.yaml, two.yaml]", "two.yaml: cannot be read"),
        ("course.yaml", "[one.yaml]", "[../one.yaml]", "course.yaml: '../one.yaml' is not a"),
        ("course.yaml", ": facts.yaml", ": ../facts.yaml", "course.yaml: '../facts.yaml' is not"),
        ("course.yaml", "[one.yaml]", "[one.yaml, one.yaml]", "course.yaml: 'one.yaml' stands"),
        ("course.yaml", "glossary.yaml", "words.yaml", "words.yaml: cannot be read"),
    ],
)
def test_what_files_say_of_each_other_must_fit(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    course = shutil.copytree(SHORT, tmp_path / "course")
    text = (course / name).read_text(encoding="utf-8")
    changed = text[: text.index(old)].count("\n") + 1
    (course / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = read_course_files(course).problems
    (problem,) = [p for p in found if f"{Path(p.path).name}: {p.message}".startswith(told)]
    assert not told.startswith(name) or abs(problem.line - changed) <= 2


def test_an_inventory_item_names_an_objective_that_its_lesson_has(tmp_path: Path) -> None:
    course = shutil.copytree(SHORT, tmp_path / "course")
    with (course / "course.yaml").open("a", encoding="utf-8") as syllabus:
        syllabus.write("inventory: inventory.yaml\n")
    item = "topics:\n  - {id: T1, lesson: one, objective: kindness, text: Kinds}\n"
    (course / "inventory.yaml").write_text(item, encoding="utf-8")
    (problem,) = read_course_files(course).problems
    assert problem.message == "no objective 'kindness' in lesson 'one'"
    assert problem.fix == "use one of: kinds"
    assert (problem.line, problem.column) == (2, 38)


def test_two_lessons_cannot_share_an_id(tmp_path: Path) -> None:
    course = shutil.copytree(SHORT, tmp_path / "course")
    shutil.copy(course / "one.yaml", course / "two.yaml")
    syllabus = (course / "course.yaml").read_text(encoding="utf-8")
    (course / "course.yaml").write_text(syllabus.replace("[one.yaml]", "[one.yaml, two.yaml]"))
    (problem,) = read_course_files(course).problems
    assert problem.path.endswith("two.yaml")
    assert (problem.line, problem.column) == (1, 5)


@pytest.mark.parametrize("missing", ["nowhere", "."])
def test_a_folder_without_a_course_says_which_file_is_missing(tmp_path: Path, missing: str) -> None:
    with pytest.raises(CourseError, match=r"course\.yaml:1:1: cannot be read"):
        read_course(tmp_path / missing)


def test_a_folder_where_a_file_is_meant_is_told(tmp_path: Path) -> None:
    (problem,) = read_document(tmp_path, Facts).problems
    assert "cannot be read" in problem.message
