"""Every live demo keeps its contract: it runs for anybody, with nothing, and takes their text."""

import contextlib
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TypeGuard

import msgspec
import pytest

from tutor.catalogue.listing import catalogue, known_name, step_for
from tutor.catalogue.playing import demo_text, run_demo
from tutor.catalogue.recorder import recorded_names
from tutor.catalogue.registry import demonstration, has_use_for_text, is_live, names
from tutor.course.model import Demo
from tutor.course.reading import read_course
from tutor.errors import TutorError, UnknownNameError
from tutor.screen.terminal import Look, terminal_to_text
from tutor.stage.contract import Computed, Live
from tutor.stage.stage import Stage

ROOT = Path(__file__).parents[2]
MOST_RECORDED, NARROW = 3, 60
LIVE = [name for name in names() if is_live(name)]
COMPUTED = [name for name in names() if not is_live(name)]
RECORDED = recorded_names()
each_live = pytest.mark.parametrize("name", LIVE)
BOXES = re.compile(r"[█▏▎▍▌▋▊▉░▒▓─│┌┐└┘├┤]")

NO_USE = frozenset({"benchmark", "reversal"})
"""Demos that measure a fixed set, where another set would be another measurement."""
OWN_TEXT = {
    "rater": "A B B B A D",
    "best-of-n": "4 + 7 + 9 + 5",
    "thinking": "4 7 9 5",
    "patch": "The opposite of hot is | The opposite of wet is",
    "circuit": "hot cold up down",
    "superposition": "1 1 0",
    "loss-mask": "Where is the ferry? | At the harbour.",
    "few-shot": "hot cold; up down; big small; thick",
}
"""Where a text of the learner's own has a form: an example of it."""
ANY_TEXT = "Once upon a time a small dog was lost in the woods"


def step(name: str) -> Demo:
    return Demo(id="here", title="Here", demo=name, notice="Look.")


def played(name: str, text: str = "", *, plain: bool = False) -> Stage:
    terminal = terminal_to_text(NARROW)
    terminal.look = Look(plain=plain)
    stage = Stage(terminal, text)
    run_demo(step(name), stage)
    return stage


once = cache(played)  # nothing configured: what most tests look at


@pytest.mark.parametrize("name", names())
def test_every_file_among_the_demos_ends_in_a_demo_that_says_what_it_is(name: str) -> None:
    demo = demonstration(name)
    assert isinstance(demo, Live | Computed)
    assert demo.title
    assert demo.line.endswith((".", "?", "!"))
    assert issubclass(demo.settings, msgspec.Struct)


@each_live
def test_a_live_demo_needs_no_settings_and_takes_no_unknown_ones(name: str) -> None:
    demo = demonstration(name)
    assert demo.notice, "outside of lessons nobody else says what to notice"
    assert msgspec.convert({}, type=demo.settings) == demo.settings()
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"no-such-setting": "1"}, type=demo.settings)


@each_live
def test_with_nobody_there_and_nothing_chosen_it_shows_a_result_twice_the_same(name: str) -> None:
    first = once(name)
    assert len(first.terminal.text().split()) > 20
    assert first.transcript, "nothing was kept for the notebook"
    assert played(name).terminal.text() == first.terminal.text()
    assert "\x1b" not in first.terminal.text()


@each_live
def test_a_text_of_the_learners_own_changes_what_is_seen(name: str) -> None:
    if not has_use_for_text(name):
        assert name in NO_USE, "all but these are for trying out with words of one's own"
        return
    own = played(name, OWN_TEXT.get(name, ANY_TEXT)).terminal.text()
    if name not in RECORDED:  # those may say that nobody was recorded answering this
        assert own != once(name).terminal.text()


def test_at_most_three_demos_are_recordings() -> None:
    assert set(RECORDED) <= set(LIVE)
    assert len(RECORDED) <= MOST_RECORDED


@each_live
@pytest.mark.parametrize("plain", [False, True])
def test_a_narrow_window_cuts_nothing_off_and_a_screen_reader_hears_no_bars(
    name: str, *, plain: bool
) -> None:
    screen = once(name, plain=plain).terminal.text()
    assert [row for row in screen.splitlines() if len(row) > NARROW] == []
    assert not plain or BOXES.findall(screen) == []


@each_live
@pytest.mark.parametrize(
    "hostile", ["\x1b[2J\x07[bold]x[/bold] \u202e<s>🦜\n```\n# no", "x" * 5000]
)
def test_a_text_that_no_model_ever_saw_breaks_nothing(name: str, hostile: str) -> None:
    stage = Stage(terminal_to_text(NARROW), hostile)
    with contextlib.suppress(TutorError):  # one line with a hint, as the command shows it
        run_demo(step(name), stage)
    assert not set("\x1b\x07\u202e") & set(stage.terminal.text())


def test_a_whole_lesson_never_waits_for_a_slow_demo() -> None:
    demos = ((name, demonstration(name)) for name in LIVE)
    slow = [name for name, demo in demos if isinstance(demo, Live) and demo.slow]
    assert slow
    for name in slow:
        assert f"tutor demo {name}" in demo_text(step(name))


def test_looking_at_the_registry_loads_no_demo_and_no_model() -> None:
    code = "import sys, tutor.stage.spending, tutor.player.play; "
    code += "from tutor.catalogue.registry import names; names(); "
    code += "print([m for m in sys.modules if m in ('numpy', 'httpx') or 'tutor.demos.' in m"
    code += " and 'parts' not in m])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("next-token", "next-token"), ("NEXT_TOKEN", "next-token"), ("few shot", "few-shot")],
)
def test_a_name_is_understood_as_people_type_it(typed: str, meant: str) -> None:
    assert known_name(typed) == meant


def test_a_name_that_is_almost_right_is_offered() -> None:
    with pytest.raises(UnknownNameError, match="no demo 'benchmrak'") as caught:
        known_name("benchmrak")
    assert "benchmark" in caught.value.hint


def test_the_list_names_every_demo_with_its_lessons() -> None:
    course = read_course(ROOT / "lessons")
    found = {one.name: one for one in catalogue(course)}
    assert set(found) == set(names())
    assert all(one.line for one in found.values())
    shown = {(s.demo, lesson.id) for lesson in course.lessons for s in lesson.steps if is_demo(s)}
    assert {(one.name, lesson) for one in found.values() for lesson in one.lessons} == shown
    named = b"".join(file.read_bytes() for file in (ROOT / "lessons").glob("*.yaml")).decode()
    unused = [one.name for one in found.values() if not one.lessons and not one.live]
    assert [name for name in unused if f"tutor demo {name}" not in named] == []


def test_a_computed_demo_by_itself_takes_the_settings_of_its_first_lesson() -> None:
    course = read_course(ROOT / "lessons")
    for name in COMPUTED:
        assert demo_text(step_for(name, course)).strip()
    bare = replace_lessons(course)
    assert demo_text(step_for("gradient-steps", bare)).strip()
    assert step_for("next-token", bare).settings == {}


def is_demo(step: object) -> TypeGuard[Demo]:
    return isinstance(step, Demo)


def replace_lessons(course):  # type: ignore[no-untyped-def]
    first = course.lessons[0]
    steps = tuple(s for s in first.steps if not isinstance(s, Demo))
    return msgspec.structs.replace(course, lessons=(msgspec.structs.replace(first, steps=steps),))
