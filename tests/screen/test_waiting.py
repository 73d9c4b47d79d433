"""Waiting for a busy host: seen, bounded, and left at once."""

import io

import pytest
from rich.console import Console

from tutor.screen.terminal import Look, Terminal, terminal_to_text
from tutor.screen.waiting import wait_visibly


class Watched(io.StringIO):
    def isatty(self) -> bool:
        return True


def nobody(prompt: str) -> str:
    raise EOFError(prompt)


def watched(*, plain: bool = False) -> Terminal:
    console = Console(file=Watched(), width=60, color_system=None)
    return Terminal(console, Look(plain=plain), nobody, echo=False)


@pytest.mark.parametrize("seconds", [0.0, 0.4, 1.0, 2.5, 12.0])
@pytest.mark.parametrize("plain", [False, True])
def test_no_more_is_waited_than_was_said(seconds: float, *, plain: bool) -> None:
    slept: list[float] = []
    terminal = watched(plain=plain)
    wait_visibly(terminal, seconds, "The host is busy.", slept.append)
    assert sum(slept) == pytest.approx(seconds)
    assert "The host is busy. Waiting" in terminal.text()
    assert "Ctrl-C" in terminal.text()


def test_the_seconds_are_counted_down_where_somebody_watches() -> None:
    terminal = watched()
    wait_visibly(terminal, 3, "Busy.", lambda _: None)
    shown = terminal.text()
    assert shown.index("3 s") < shown.index("2 s") < shown.index("1 s")
    assert shown.endswith("\r")


@pytest.mark.parametrize("terminal", [watched(plain=True), terminal_to_text()])
def test_a_screen_reader_and_a_file_get_one_line(terminal: Terminal) -> None:
    wait_visibly(terminal, 3, "Busy \x1b[31m.", lambda _: None)
    assert "\r" not in terminal.text()
    assert "\x1b" not in terminal.text()
    assert "Waiting 3 seconds" in terminal.text()


def test_ctrl_c_breaks_out_at_once_and_leaves_a_clean_line() -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    terminal = watched()
    with pytest.raises(KeyboardInterrupt):
        wait_visibly(terminal, 60, "Busy.", interrupted)
    assert terminal.text().endswith(" \r")
