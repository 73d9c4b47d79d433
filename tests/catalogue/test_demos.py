"""Every live demo keeps its contract: it runs for anybody, with nothing, and takes their text."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TypeGuard

import msgspec
import pytest
from rich.cells import cell_len

from tests.demos.hostile import HOSTILE, TYPED
from tests.demos.playing import SMALL, flat, guessing, play, small, stage_of, typing
from tests.known_courses import shipped
from tutor.catalogue.listing import catalogue, known_name, step_for
from tutor.catalogue.playing import demo_text, run_demo
from tutor.catalogue.recorder import recorded_names
from tutor.catalogue.registry import demonstration, has_use_for_text, is_live, names
from tutor.course.model import Demo
from tutor.errors import TutorError, UnknownNameError
from tutor.screen import encoding
from tutor.stage.contract import Computed, Live
from tutor.stage.recording import recorded
from tutor.stage.stage import Stage

ROOT = Path(__file__).parents[2]
MOST_RECORDED, NARROW = 3, 60
LIVE = [name for name in names() if is_live(name)]
COMPUTED = [name for name in names() if not is_live(name)]
RECORDED = recorded_names()
each_live = pytest.mark.parametrize("name", LIVE)
SHADES = frozenset("█▏▎▍▌▋▊▉░▒▓─│┌┐└┘├┤␣⏎")
SIGNS = frozenset("·×")
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

NO_USE = frozenset({"benchmark", "reversal"})
"""Demos that measure a fixed set, where another set would be another measurement."""
COUNTING = frozenset(
    {
        "benchmark", "checked-rewards", "false-premise", "few-shot", "graded-prompt", "growing-up",
        "retrieval", "reversal", "sizes", "steer", "sycophancy", "thinking",
    }
)  # fmt: skip
"""Demos that ask a set of questions again and again, whatever else they are asked."""
UNGUESSED = frozenset({"loss-mask"})
SPEECHLESS = frozenset(
    {
        "chunks", "extract", "injection", "loss-mask", "rater", "sizes", "superposition",
        "system-prompt", "think-first", "tokens",
    }
)  # fmt: skip
"""Demos in which the built-in model says nothing."""
SIGNED = frozenset({"best-of-n", "extract", "injection", "system-prompt"})
"""Demos that multiply, or say when a recording was made."""
IN_COLUMNS = frozenset({"best-of-n", "reversal", "thinking"})
"""Demos whose rows stand in columns of blanks under --plain, too."""
DOTTED = frozenset(
    {"circuit", "first-words", "growing-up", "lens", "next-token", "patch", "sizes", "temperature"}
)
"""Demos whose rows may be wider in ASCII, where … and ⏎ take three signs and two."""
READING = (
    "ablate",
    "attention",
    "be-the-model",
    "first-words",
    "lens",
    "next-token",
    "steer",
    "temperature",
)
OWN_TEXTS: dict[str, tuple[str, ...]] = {
    "first-words": ("The dog", "The sea"),
    "next-token": ("The dog", "The sea"),
    "be-the-model": ("The dog barks.", "The sea is blue."),
    "tokens": ("lantern", "strawberry jam"),
    "temperature": ("The dog", "The sea"),
    "attention": ("The dog saw the dog.", "The sea is blue."),
    "mask": ("Where does the owl live?", "Tell me a story."),
    "false-premise": ("What does the blorf eat?", "Who is Ottokar?"),
    "few-shot": ("cat kitten; dog puppy; cow", "Mira baker; Oren", "hot cold; up down; thick"),
    "sycophancy": ("bats are blind", "the sky is green"),
    "rater": ("A B B B A D",),
    "best-of-n": ("4 + 7 + 9 + 5",),
    "thinking": ("4 7 9 5",),
    "patch": ("The opposite of hot is | The opposite of wet is",),
    "circuit": ("hot cold up down",),
    "superposition": ("1 1 0",),
    "graded-prompt": ("Sort the animal: {animal}.",),
    "retrieval": ("Then Max carried the {thing} to the jar.",),
    "chunks": ("What limits an agent?",),
    "loss-mask": ("Where is the ferry? | At the harbour.",),
    "checked-rewards": ("4 + 7 + 9 + 5",),
    "group-advantage": ("4 + 7 + 9 + 5",),
    "two-replies": ("Where is the ferry?", "What is 17 + 25?"),
}
"""Where a text of the learner's own has a form, or where two must differ: examples of it."""
ANY_TEXT = ("Once upon a time a small dog was lost in the woods",)


def step(name: str) -> Demo:
    return Demo(id="here", title="Here", demo=name, notice="Look.")


@cache  # with its own settings and nothing configured: what many tests look at
def once(name: str) -> Stage:
    stage = stage_of(width=NARROW)
    run_demo(step(name), stage)
    return stage


@cache
def seen(name: str, text: str = "", *, width: int = NARROW, plain: bool = False) -> str:
    return small(name, text, width=width, plain=plain)


def texts_for(name: str) -> tuple[str, ...]:
    """Texts of the learner's own, and none; only none where a text costs a whole counting."""
    return ("",) if name in COUNTING else ("", *OWN_TEXTS.get(name, ANY_TEXT)[:1])


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
def test_with_nobody_there_and_nothing_chosen_it_shows_a_result(name: str) -> None:
    screen = once(name).terminal.text()
    assert len(screen.split()) > 20
    assert once(name).transcript, "nothing was kept for the notebook"
    assert "\x1b" not in screen
    assert [row for row in screen.splitlines() if cell_len(row) > NARROW] == []


@each_live
def test_the_same_seed_shows_the_same_screen(name: str) -> None:
    assert small(name, seed=5) == small(name, seed=5, kind=Stage)


@each_live
def test_a_text_of_the_learners_own_changes_what_is_seen(name: str) -> None:
    if not has_use_for_text(name):
        assert name in NO_USE, "all but these are for trying out with words of one's own"
        return
    texts = ("", *OWN_TEXTS.get(name, ANY_TEXT))
    screens = {seen(name, text) for text in texts}
    # a recording may say that nobody was recorded answering this
    assert len(screens) == len(texts) or name in RECORDED


def test_at_most_three_demos_are_recordings() -> None:
    assert set(RECORDED) <= set(LIVE)
    assert len(RECORDED) <= MOST_RECORDED


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_reply_is_never_mistaken_for_a_live_one(name: str) -> None:
    words = flat(once(name).terminal.text())
    recording = recorded(name).recording
    assert f"RECORDED · {recording.model} · {recording.date}" in words
    assert "LIVE" not in words


@each_live
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", [40, NARROW, 100])
def test_nothing_is_wider_than_the_window_even_in_ascii(
    name: str, width: int, *, plain: bool
) -> None:
    handler = encoding.register()
    for text in texts_for(name):
        screen = seen(name, text, width=width, plain=plain)
        assert [row for row in screen.splitlines() if cell_len(row) > width] == []
        plainest = screen.encode("ascii", handler).decode()
        if name == "tokens" and not text:  # which shows other scripts, for which ASCII has nothing
            continue
        asked = screen.count("?") + screen.count("\N{REPLACEMENT CHARACTER}")  # a broken byte
        assert plainest.count("?") == asked, "a sign has no stand-in"
        if name in DOTTED:
            plainest = plainest.replace("...", "…").replace("\\n", "⏎")
        assert [row for row in plainest.splitlines() if len(row.rstrip()) > width] == []


@each_live
def test_a_screen_reader_hears_words_instead_of_bars_and_columns(name: str) -> None:
    for text in texts_for(name):
        screen = seen(name, text, plain=True)
        assert not SHADES & set(screen)
        assert not SIGNS & set(screen) or name in SIGNED
        assert "\n\n\n" not in screen
        columns = [row for row in screen.splitlines() if "   " in row.strip()]
        assert columns == [] or name in IN_COLUMNS


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (name, kind)
        for name in LIVE
        for kind in (("markup", "ten thousand letters") if name in COUNTING else HOSTILE)
    ],
)
def test_no_text_of_the_learners_breaks_a_demo_or_commands_the_terminal(
    name: str, kind: str
) -> None:
    stage = stage_of(HOSTILE[kind], plain=True, guess=guessing(0))
    refused = ""
    try:
        play(name, stage, **SMALL.get(name, {}))
    except TutorError as error:  # one line with a hint, as the command shows it
        refused = error.message
    shown = stage.terminal.text() + refused
    assert shown.strip()
    assert not COMMANDS.search(shown + "".join(stage.transcript))
    if kind.startswith("ten thousand") and name not in {"extract", "reversal"}:
        assert "10,0" in shown
        assert "a demo takes 2,000" in flat(shown)


@each_live
def test_nothing_that_is_typed_later_breaks_it_either(name: str) -> None:
    stage = stage_of(ask=typing(*TYPED), guess=guessing(1))
    assert not COMMANDS.search(play(name, stage, **SMALL.get(name, {})))


@pytest.mark.parametrize("name", READING)
def test_a_text_beyond_the_context_is_refused_in_plain_words(name: str) -> None:
    assert "this model's context takes" in small(name, "owl, " * 150)


@pytest.mark.parametrize("name", [name for name in LIVE if name not in UNGUESSED])
def test_a_guess_is_asked_for_once_and_comes_back_beside_the_result(name: str) -> None:
    asked: list[str] = []
    assert "ou guessed" in flat(small(name, guess=guessing(0, asked)))
    assert len(asked) == 1
    assert "You guessed" not in flat(seen(name))


@pytest.mark.parametrize("name", [name for name in LIVE if name not in SPEECHLESS])
def test_where_the_small_model_speaks_its_limits_are_said(name: str) -> None:
    assert "A tiny model" in flat(seen(name))


@pytest.mark.parametrize(
    "name", ["next-token", "be-the-model", "tokens", "temperature", "attention"]
)
def test_the_notebook_says_which_demo_it_was(name: str) -> None:
    stage = stage_of(OWN_TEXTS[name][0])
    play(name, stage)
    assert name in stage.transcript[0]


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("next-token", {"prompts": ()}),
        ("be-the-model", {"bets": ("50 50",)}),
        ("tokens", {"word": ""}),
        ("temperature", {"top_p": 0.0}),
        ("attention", {"layer": -1}),
        ("sycophancy", {"items": 17}),
        ("few-shot", {"shots": (0, 9)}),
    ],
)
def test_a_lesson_cannot_set_what_makes_no_sense(name: str, settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"give|bets|does not lie"):
        demonstration(name).settings(**settings)


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
    course = shipped()
    found = {one.name: one for one in catalogue(course)}
    assert set(found) == set(names())
    assert all(one.line for one in found.values())
    shown = {(s.demo, lesson.id) for lesson in course.lessons for s in lesson.steps if is_demo(s)}
    assert {(one.name, lesson) for one in found.values() for lesson in one.lessons} == shown
    named = b"".join(file.read_bytes() for file in (ROOT / "lessons").glob("*.yaml")).decode()
    unused = [one.name for one in found.values() if not one.lessons and not one.live]
    assert [name for name in unused if f"tutor demo {name}" not in named] == []


def test_a_computed_demo_by_itself_takes_the_settings_of_its_first_lesson() -> None:
    course = shipped()
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
