"""Long lists wait for their reader, and never for a pipe."""

import pytest
from rich.text import Text

from tests.screen.screens import PLAIN, RICH, Wire
from tutor.screen.paging import say_in_pages
from tutor.screen.terminal import Look, Terminal, open_terminal

GROUPS = [[Text(f"term {n}"), Text("meaning " * 20), Text("")] for n in range(12)]


@pytest.fixture(autouse=True)
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "20")


def reader(*keys: str, look: Look = RICH, tty: bool = True) -> tuple[Terminal, Wire, list[str]]:
    """A terminal of twenty lines, and the lines that its reader has not typed yet."""
    wire, left = Wire(tty=tty), list(keys)

    def read(_: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    terminal = open_terminal(plain=look.plain, out=wire)
    return Terminal(terminal.console, terminal.look, read, echo=False), wire, left


@pytest.mark.parametrize("look", [RICH, PLAIN])
def test_a_long_list_waits_after_each_screenful(look: Look) -> None:
    terminal, wire, left = reader("", "", "", "", look=look)
    say_in_pages(terminal, GROUPS)
    said = wire.text()
    assert all(f"term {n}" in said for n in range(12))
    assert "Page 1 of 4." in said
    assert left == [""], "three questions for four pages"
    page = said.split("Page 1 of 4.")[0]
    assert len(page.splitlines()) <= 18


def test_who_has_seen_enough_sees_no_more() -> None:
    terminal, wire, _ = reader("q")
    say_in_pages(terminal, GROUPS)
    assert "term 0" in wire.text()
    assert "term 11" not in wire.text()


def test_the_end_of_input_is_enough_too() -> None:
    terminal, wire, _ = reader()
    say_in_pages(terminal, GROUPS)
    assert "term 11" not in wire.text()


def test_what_fits_asks_nothing() -> None:
    terminal, wire, left = reader("")
    say_in_pages(terminal, GROUPS[:2])
    assert "Page" not in wire.text()
    assert left == [""]


def test_a_pipe_gets_all_at_once() -> None:
    terminal, wire, left = reader("", tty=False)
    say_in_pages(terminal, GROUPS)
    assert "term 11" in wire.text()
    assert "Page" not in wire.text()
    assert left == [""]


def test_a_term_higher_than_the_window_is_shown_whole() -> None:
    terminal, wire, _ = reader("")
    say_in_pages(terminal, [[Text("line\n" * 40 + "end")], [Text("next")]])
    assert "end" in wire.text()
    assert "next" in wire.text()
