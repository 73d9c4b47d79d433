"""`tutor look` in a real terminal: it comes, it goes, and leaves the screen as it found it."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pexpect
import pytest

from tests.running import tutor

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
"""What a terminal is sent to show another screen, and to show the old one again."""
CRASHING = """
import datetime, sys
from pathlib import Path
from tutor.looking.app import run
from tutor.looking.keeping import Keeper
from tutor.looking.opening import opened_bench
from tutor.tinylm.growing.keeping import Nursery

def broken() -> datetime.datetime:
    raise ValueError("a clock that stands still")

notebook = Path(sys.argv[1])
bench, keeper = opened_bench("raw", "", 1, notebook, Nursery(notebook.parent))
try:
    run(bench, Keeper(keeper.notebook, broken))
except ValueError as error:
    print("told outside:", error)
"""


def spawned(
    *arguments: str,
    size: tuple[int, int] = (24, 80),
    more: Mapping[str, str] = MappingProxyType({}),
) -> "pexpect.spawn[str]":
    environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}
    return pexpect.spawn(
        sys.executable, list(arguments), env=environ, dimensions=size, encoding="utf-8", timeout=60
    )


def look(*arguments: str) -> "pexpect.spawn[str]":
    child = spawned("-m", "tutor", "look", *arguments)
    child.expect_exact("attention")
    return child


def ended(child: "pexpect.spawn[str]") -> str:
    """All that came until the end; the child's exit code is known then."""
    child.expect(pexpect.EOF)
    child.close()
    return child.before or ""


def test_it_starts_follows_a_key_and_leaves_the_screen_as_it_was() -> None:
    child = look("The opposite of wet is")
    child.send("3")
    child.expect_exact("together")
    child.send("q")
    rest = ended(child)
    assert LEAVE in rest
    assert child.exitstatus == 0
    assert "Traceback" not in rest


def test_what_is_typed_ahead_gets_where_it_belongs() -> None:
    child = look("The opposite of wet is")
    child.send("/ not\r3")  # at once: before the field is there, and behind its Enter
    child.expect_exact("“not”")
    child.expect_exact("together")
    child.send("q")
    ended(child)
    assert child.exitstatus == 0


def test_ctrl_c_leaves_with_the_code_that_scripts_know() -> None:
    child = look()
    child.send("\x03")
    assert LEAVE in ended(child)
    assert child.exitstatus == 128 + signal.SIGINT


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_go_it_restores_the_screen_first(number: signal.Signals) -> None:
    child = look()
    child.kill(number)
    rest = ended(child)
    assert LEAVE in rest
    assert child.exitstatus == 128 + signal.SIGTERM
    assert "Traceback" not in rest


def test_a_fault_inside_restores_the_screen_before_a_word_is_said(tmp_path: Path) -> None:
    child = spawned("-c", CRASHING, str(tmp_path / "notebook.md"))
    child.expect_exact("attention")
    child.send("e")
    rest = ended(child)
    assert rest.index(LEAVE) < rest.index("told outside: a clock that stands still")
    assert "Traceback" not in rest


@pytest.mark.parametrize(
    ("arguments", "environ", "size", "words"),
    [
        ((), {}, (24, 40), "needs 58 columns and 18 rows; these are 40 and 24"),
        ((), {"NO_COLOR": "1"}, (24, 80), "this terminal shows none"),
        ((), {"TERM": "dumb"}, (24, 80), "this terminal shows none"),
        (("--plain",), {}, (24, 80), "--plain has none"),
        (("--model", "gpt"), {}, (24, 80), "no model 'gpt'"),
        (("--model", "mine"), {}, (24, 80), "no model of yours"),
    ],
)
def test_where_it_cannot_be_shown_it_says_what_to_use_instead(
    arguments: tuple[str, ...], environ: dict[str, str], size: tuple[int, int], words: str
) -> None:
    child = spawned("-m", "tutor", "look", *arguments, size=size, more=environ)
    said = " ".join(ended(child).split())
    assert words in said
    assert ENTER not in said
    assert "hint: " in said
    assert child.exitstatus in (1, 2)


def test_without_a_terminal_it_names_the_demos_that_show_the_same() -> None:
    done = tutor("look")
    assert done.returncode == 1
    assert "needs a terminal" in done.stderr
    assert "tutor demo lens" in done.stderr
    assert done.stdout == ""


def test_nothing_else_loads_textual() -> None:
    code = "import sys, tutor.cli.app, tutor.cli.look, tutor.cli.demo, tutor.catalogue.registry;"
    code += "from tutor.catalogue.registry import names, demonstration;"
    code += "[demonstration(name) for name in names()]; import tutor.looking.bench;"
    code += "print([name for name in sys.modules if name.startswith('textual')])"
    child = spawned("-c", code)
    assert ended(child).strip() == "[]"
