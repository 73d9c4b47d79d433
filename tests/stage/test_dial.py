"""A number is turned by key where a screen can be painted over, and typed everywhere else."""

import re
from pathlib import Path

import pytest

from tests.demos.playing import stage_of, typing
from tests.player.seat import Seat
from tests.running import tutor
from tutor.catalogue.playing import run_demo
from tutor.catalogue.registry import demonstration, names
from tutor.course.model import Demo
from tutor.demos import steer
from tutor.screen.dial_view import lines_of
from tutor.screen.terminal import terminal_to_text
from tutor.screen.words import as_text
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, read_values, steps

RIGHT, LEFT, DOWN, HOME, END = "\x1b[C", "\x1b[D", "\x1b[B", "\x1b[H", "\x1b[F"
GO_ON = "go on"
DIALLED = [
    name
    for name in names()
    if isinstance(demo := demonstration(name), Computed) and demo.turn is not None
]
LOWEST = 24
"""Rows of the window in which a dial must have room beside its picture."""


def seated(home: Path, name: str, *more: str, rows: int = 50) -> Seat:
    seat = Seat(home, "demo", name, *more, rows=rows)
    seat.wait(GO_ON)
    return seat


def bars(seat: Seat) -> list[int]:
    """How long each bar of the picture is, the last four on the screen."""
    return [line.count("█") for line in seat.shows() if re.match(r"  [A-D]  ", line)][-4:]


def test_who_presses_the_arrow_sees_other_bars_in_the_same_place(home: Path) -> None:
    seat = seated(home, "kl-tradeoff")
    before, high = bars(seat), len([line for line in seat.shows() if line])
    for wanted in ("beta 1.5", "beta 2", "beta 3"):
        seat.send(RIGHT)
        seat.wait(wanted)
        seat.wait(GO_ON)
    after = bars(seat)
    assert after[1] < before[1]
    assert len([line for line in seat.shows() if line]) == high
    seat.send("-")
    seat.wait("beta 2:")
    seat.wait(GO_ON)
    seat.send("\r")
    seat.end()
    shown = "\n".join(seat.shows())
    assert shown.count("beta 2:") == 1
    assert "Notice" in shown
    assert "●" not in shown
    assert seat.status == 0


def test_a_dial_stops_at_its_ends(home: Path) -> None:
    seat = seated(home, "kl-tradeoff")
    seat.send(END + RIGHT + RIGHT + LEFT)
    seat.wait("beta 100:")
    seat.send(HOME + LEFT + RIGHT)
    seat.wait("beta 0.05:")
    seat.kill()


def test_of_two_dials_the_arrows_choose_one(home: Path) -> None:
    seat = seated(home, "memory-sizes")
    assert "70 billion weights of 16 bits" in "\n".join(seat.shows())
    seat.send(DOWN + LEFT)
    seat.wait("70 billion weights of 8 bits: 70 GB")
    seat.send("\t" + RIGHT)
    seat.wait("109 billion weights of 8 bits: 109 GB")
    seat.kill()


@pytest.mark.parametrize(("key", "status"), [("q", 0), ("\x04", 0), ("\x03", 130)])
def test_leaving_a_dial_is_polite_and_puts_the_terminal_right(
    home: Path, key: str, status: int
) -> None:
    seat = seated(home, "kl-tradeoff")
    assert not seat.child.getecho()
    seat.send(key)
    seat.end()
    assert seat.status == status
    assert "Traceback" not in seat.text
    assert "\x1b[?25h" in seat.text.rsplit("\x1b[?25l", 1)[1]


@pytest.mark.parametrize(("arguments", "rows"), [(["--plain"], 50), ([], 8)])
def test_where_nothing_is_painted_over_a_value_is_typed(
    home: Path, arguments: list[str], rows: int
) -> None:
    seat = Seat(home, "demo", "kl-tradeoff", *arguments, rows=rows)
    said = seat.prompt()
    assert "beta (0.01 to 1,000). Type a value" in " ".join(said.split())
    assert "beta 0.5: mean reward" in seat.type("0.5")
    assert "Wanted: beta (0.01 to 1,000)" in seat.type("lots")
    assert "\x1b[?25l" not in seat.text
    assert "Notice" in seat.leave("")
    assert seat.status == 0


def test_a_script_is_asked_nothing() -> None:
    done = tutor("demo", "kl-tradeoff", typed="0.5\n")
    assert "Type a value" not in done.stdout
    assert "Notice" in done.stdout


@pytest.mark.parametrize("name", DIALLED)
def test_a_typed_value_shows_its_picture_and_is_kept_for_the_notebook(name: str) -> None:
    demo = demonstration(name)
    assert isinstance(demo, Computed)
    turning = demo.turn(demo.example, terminal_to_text())  # type: ignore[misc]
    least = " ".join(f"{dial.stops[0]:g}" for dial in turning.dials)
    stage = stage_of(ask=typing("nonsense", least))
    run_demo(Demo(id="x", title="x", demo=name, notice="", settings=settings(demo)), stage)
    assert "Wanted: " in stage.terminal.text()
    kept = "\n".join(stage.transcript)
    assert turning.title in kept
    said = as_text(next(iter(turning.picture(tuple(d.stops[0] for d in turning.dials)))))
    assert said.strip() in kept


def settings(demo: Computed) -> dict[str, str | tuple[str, ...]]:  # type: ignore[type-arg]
    """A demo's example as a lesson's step writes it."""
    found = {name: getattr(demo.example, name) for name in demo.example.__struct_fields__}
    return {
        name: tuple(map(str, value)) if isinstance(value, tuple) else str(value)
        for name, value in found.items()
    }


@pytest.mark.parametrize("name", DIALLED)
def test_each_dial_moves_its_picture_which_never_outgrows_a_window(name: str) -> None:
    demo = demonstration(name)
    assert isinstance(demo, Computed)
    terminal = terminal_to_text(80)
    turning: Turning = demo.turn(demo.example, terminal)  # type: ignore[misc]
    start = turning.start()
    for number, dial in enumerate(turning.dials):
        pictures = []
        for stop in dial.stops:
            values = (*start[:number], stop, *start[number + 1 :])
            drawn = list(turning.picture(values))
            pictures.append("".join(map(as_text, drawn)))
            assert lines_of(terminal, drawn) + len(turning.dials) + 4 <= LOWEST
        assert len(set(pictures)) > len(dial.stops) / 2
        assert list(dial.stops) == sorted(set(dial.stops))
        assert dial.stops[dial.at] == start[number]


def test_a_push_under_the_keys_is_the_push_that_was_measured() -> None:
    answer = steer.answering()
    turning = steer.turned(answer, "What is the capital of Kenya?")
    pushed = "".join(map(as_text, turning.picture((1.0,))))
    assert answer.reply("What is the capital of Kenya?", 1.0) in pushed
    assert pushed.split(":")[1] != "".join(map(as_text, turning.picture((0.0,)))).split(":")[1]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("2", (2.0, 0.5)),
        ("2 1", (2.0, 1.0)),
        ("2, 1", (2.0, 1.0)),
        ("1.234", (1.234, 0.5)),
        ("6", None),
        ("2 1 0", None),
        ("nan", None),
        ("inf", None),
        ("two", None),
    ],
)
def test_what_is_typed_is_taken_as_it_is_or_refused(
    typed: str, values: tuple[float, ...] | None
) -> None:
    dials = (Dial("one", steps(0, 5, 1)), Dial("two", (0.5, 1)))
    assert read_values(typed, dials, (0.0, 0.5)) == values
