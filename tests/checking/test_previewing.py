"""An author sees a lesson while they write it: each save, in place, with what is wrong."""

import shutil
from pathlib import Path

import pytest

from tests.running import tutor
from tutor.checking.check import check_course
from tutor.checking.previewing import Preview, look_at
from tutor.errors import UnknownNameError
from tutor.screen.terminal import terminal_to_text

SHORT = Path(__file__).parents[1] / "courses" / "short"
GEARS = SHORT.with_name("gears")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(SHORT, tmp_path / "short")


def edit(course: Path, old: str, new: str) -> None:
    path = course / "one.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def preview(course: Path, at: str) -> Preview:
    shown = Preview(course, "one", terminal_to_text())
    shown.refresh()
    shown.obey(at)
    shown.show()
    return shown


def test_a_save_is_seen_and_the_place_is_kept_though_steps_came_before_it(course: Path) -> None:
    shown = preview(course, "3")
    assert "3 of 17: guess" in shown.terminal.text()
    before = "  - id: picture\n"
    edit(course, before, f"  - {{id: new, kind: text, text: A new step.}}\n{before}")
    edit(course, "Which word comes next?", "Which word is next?")
    assert shown.has_changed()
    shown.refresh()
    shown.show()
    assert "4 of 18: guess" in shown.terminal.text()
    assert "Which word is next?" in shown.terminal.text()
    assert not shown.has_changed()


def test_a_problem_stands_below_its_step_and_is_counted_elsewhere(course: Path) -> None:
    edit(course, "[One step at a time., How many numbers?]", "[One step at a time.]")
    sight = look_at(course, "one")
    at = [step.id for step in sight.steps].index("q-single")
    assert [one.message for one in sight.problems_at(at)] == ["1 hint"]
    assert "1 hint" in preview(course, str(at + 1)).terminal.text()
    elsewhere = preview(course, "1").terminal.text()
    assert "1 hint" not in elsewhere
    assert "1 problem elsewhere: one.yaml:" in elsewhere


def test_a_file_that_does_not_read_is_told_and_comes_back_where_it_was(course: Path) -> None:
    shown = preview(course, "5")
    text = (course / "one.yaml").read_text(encoding="utf-8")
    edit(course, "kind: demo", "kind: dmeo")
    shown.refresh()
    shown.show()
    assert "did you mean 'demo'?" in shown.terminal.text()
    (course / "one.yaml").write_text(text, encoding="utf-8")
    shown.refresh()
    shown.show()
    assert shown.terminal.text().count("5 of 17: toy") == 2


@pytest.mark.parametrize("broken", ["not a lesson yet", None])
def test_a_lesson_is_seen_while_another_is_half_written_or_not_there(
    tmp_path: Path, broken: str | None
) -> None:
    course = shutil.copytree(GEARS, tmp_path / "gears")
    (course / "speed.yaml").unlink()
    if broken:
        (course / "speed.yaml").write_text(broken, encoding="utf-8")
    for lesson in ("turn", "hill.yaml"):
        sight = look_at(course, lesson)
        assert sight.lesson is not None
        steps = [str(number) for number in range(1, len(sight.steps) + 1)]
        shown = Preview(course, lesson, terminal_to_text())
        shown.refresh()
        for step in steps:
            shown.obey(step)
            shown.show()
        assert "1 problem elsewhere: speed.yaml:1" in shown.terminal.text()
    problems, summary = check_course(course)
    assert {Path(problem.path).name for problem in problems} == {"speed.yaml"}
    assert summary.startswith("1 lesson cannot be read. Of the rest: 2 lessons, ")


def test_every_step_is_shown_with_what_is_said_later(course: Path) -> None:
    keys = "\n" * 16 + "q\n"
    done = tutor("course", "preview", str(course / "one.yaml"), typed=keys)
    assert done.returncode == 0, done
    for words in ("It costs three coins", "| box |", "Mostly mat.", "Not certain at all."):
        assert words in done.stdout
    assert "17 of 17: q-free" in done.stdout


def test_a_lesson_that_is_not_there_is_named_with_those_that_are(course: Path) -> None:
    with pytest.raises(UnknownNameError, match="no lesson 'two'"):
        look_at(course, "two")


@pytest.mark.parametrize("typed", ["foo", "99", "0", "9" * 5000])
def test_a_step_that_is_not_there_is_told_and_the_place_is_kept(course: Path, typed: str) -> None:
    shown = preview(course, "3")
    shown.obey(typed)
    shown.show()
    seen = shown.terminal.text()
    assert f"No step '{typed[:30]}'" in seen
    assert seen.count("3 of 17") == 2
    shown.obey("q-single")
    assert shown.step == "q-single"
    shown.show()
    assert shown.terminal.text().count("No step") == 1


def test_a_lesson_whose_file_is_renamed_stays_on_the_screen(course: Path) -> None:
    shown = Preview(course, "one.yaml", terminal_to_text(), step="q-single")
    shown.refresh()
    (course / "one.yaml").rename(course / "uno.yaml")
    top = course / "course.yaml"
    top.write_text(top.read_text(encoding="utf-8").replace("one.yaml", "uno.yaml"), "utf-8")
    shown.refresh()
    shown.show()
    assert ": q-single" in shown.terminal.text()
