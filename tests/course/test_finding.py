"""Which course is opened, and that its compiled copy is never taken for what it is not."""

import random
import runpy
import shutil
from pathlib import Path

import msgspec
import pytest

from tutor.course import builtin
from tutor.course.builtin import builtin_course
from tutor.course.finding import find_lesson, load_course, load_outline
from tutor.course.model import Course, Lesson
from tutor.course.outlining import outline
from tutor.course.reading import read_course
from tutor.errors import CourseError, UnknownNameError

ROOT = Path(__file__).parents[2]
SHORT = ROOT / "tests" / "courses" / "short"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SHORT, tmp_path / "course")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def the_copy(cache: Path, kind: str = "course") -> Path:
    (copy,) = cache.glob(f"{kind}-*")
    return copy


def test_the_compiled_copy_holds_the_whole_course(folder: Path, cache: Path) -> None:
    first = load_course(folder, cache)
    assert first == load_course(folder, cache) == read_course(folder)


def test_an_unchanged_course_is_not_compiled_again(folder: Path, cache: Path) -> None:
    load_course(folder, cache)
    written = the_copy(cache).stat().st_ino
    load_course(folder, cache)
    assert the_copy(cache).stat().st_ino == written


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("course.yaml", "A short course", "A changed course"),
        ("one.yaml", "A box with", "A chest with"),
        ("glossary.yaml", "The unit of text", "The atom of text"),
        ("facts.yaml", "three coins", "four coins"),
        ("references.yaml", "Vaswani et al.", "Vaswani and others"),
    ],
)
def test_a_change_in_any_file_is_seen_at_once(
    folder: Path, cache: Path, name: str, old: str, new: str
) -> None:
    before = load_course(folder, cache)
    change(folder / name, old, new)
    after = load_course(folder, cache)
    assert after != before
    assert new.encode() in msgspec.json.encode(after)


def test_a_fault_is_told_although_a_good_copy_lies_in_the_cache(folder: Path, cache: Path) -> None:
    load_course(folder, cache)
    change(folder / "one.yaml", "kind: figure", "kind: figur")
    with pytest.raises(CourseError, match="unknown kind 'figur'"):
        load_course(folder, cache)


def test_a_fault_in_a_file_that_is_not_listed_harms_nobody(folder: Path, cache: Path) -> None:
    (folder / "draft.yaml").write_text("not: [finished", encoding="utf-8")
    assert load_course(folder, cache).id == "short"


def test_two_courses_share_a_cache(folder: Path, cache: Path, tmp_path: Path) -> None:
    other = shutil.copytree(SHORT, tmp_path / "other")
    change(other / "course.yaml", "A short course", "Another course")
    for _ in range(2):
        assert load_course(folder, cache).title == "A short course"
        assert load_course(other, cache).title == "Another course"


KINDS = {"course": load_course, "outline": load_outline}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, 1, 500, -1, -300])
def test_half_a_copy_is_ignored(folder: Path, cache: Path, size: int, kind: str) -> None:
    load = KINDS[kind]
    whole = load(folder, cache)
    copy = the_copy(cache, kind)
    copy.write_bytes(copy.read_bytes()[:size])
    assert load(folder, cache) == whole


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(20))
def test_a_copy_with_one_wrong_byte_is_ignored(
    folder: Path, cache: Path, seed: int, kind: str
) -> None:
    load = KINDS[kind]
    whole = load(folder, cache)
    copy = the_copy(cache, kind)
    data = bytearray(copy.read_bytes())
    data[random.Random(seed).randrange(len(data))] ^= 1
    copy.write_bytes(data)
    assert load(folder, cache) == whole


def test_an_outline_is_that_of_the_course_also_after_a_change(folder: Path, cache: Path) -> None:
    assert load_outline(folder, cache) == outline(load_course(folder, cache))
    change(folder / "course.yaml", "title: ", "title: New ")
    assert load_outline(folder, cache).title.startswith("New ")
    assert load_outline(folder, cache) == outline(load_course(folder, cache))


def test_a_cache_that_cannot_be_written_only_costs_time(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "cache"
    file.write_text("no folder", encoding="utf-8")
    assert load_course(folder, file / "deeper") == load_course(folder, file) == read_course(folder)


def test_nothing_but_the_copy_is_left_in_the_cache(folder: Path, cache: Path) -> None:
    for name in ("One", "Two", "Three"):
        change(folder / "course.yaml", "title: ", f"title: {name} ")
        load_course(folder, cache)
    assert the_copy(cache).suffix == ".msgpack"


def test_in_a_checkout_its_own_lessons_win() -> None:
    assert builtin_course() == ROOT / "lessons"


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (["pyproject.toml", "lessons/course.yaml"], "lessons"),
        (["lessons/course.yaml"], "tutor/lessons"),
        (["pyproject.toml"], "tutor/lessons"),
        ([], "tutor/lessons"),
    ],
    ids=["checkout", "somebody's lessons", "somebody's project", "wheel"],
)
def test_a_stale_copy_never_wins_nor_does_a_stranger(
    tmp_path: Path, beside: list[str], expected: str
) -> None:
    code = tmp_path / "tutor" / "course" / "builtin.py"
    for path in [code, *(tmp_path / name for name in beside)]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    shutil.copy(builtin.__file__, code)
    assert runpy.run_path(str(code))["builtin_course"]() == tmp_path / expected


def course_of(*lessons: tuple[str, str]) -> Course:
    short = read_course(SHORT).lessons[0]
    made = tuple(msgspec.structs.replace(short, id=name, title=title) for name, title in lessons)
    return Course(id="c", title="C", summary="S", lessons=made)


THREE = course_of(("monster", "A tamed monster?"), ("mask", "The mask"), ("cherry", "Mice"))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("1", "monster"),
        ("3", "cherry"),
        ("mask", "mask"),
        ("MASK", "mask"),
        (" mask ", "mask"),
        ("mo", "monster"),
        ("che", "cherry"),
        ("a tamed", "monster"),
        ("The", "mask"),
    ],
)
def test_a_lesson_is_found_by_number_name_or_beginning(word: str, found: str) -> None:
    assert find_lesson(THREE, word).id == found


def test_a_whole_name_wins_over_a_longer_one() -> None:
    course = course_of(("mask-two", "B"), ("mask", "A"))
    assert find_lesson(course, "mask").id == "mask"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("0", "give a number from 1 to 3"),
        ("4", "give a number from 1 to 3"),
        ("0000000012", "give a number from 1 to 3"),
        ("9" * 5_000, "give a number from 1 to 3"),
        ("", "give a number from 1 to 3"),
        ("m", "give a number from 1 to 3"),
        ("-1", "give a number from 1 to 3"),
        ("²", "give a number from 1 to 3"),
        ("mosnter", "did you mean 'monster'?"),
        ("chery", "did you mean 'cherry'?"),
    ],
)
def test_a_wrong_name_is_answered_with_a_suggestion(word: str, hint: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_lesson(THREE, word)
    assert caught.value.hint.startswith(hint)


def test_lessons_are_frozen() -> None:
    lesson: Lesson = THREE.lessons[0]
    with pytest.raises(AttributeError):
        lesson.title = "Changed"  # type: ignore[misc]
