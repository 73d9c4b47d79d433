"""The full screen, with textual's own pilot at the keys."""

import re
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from tests.looking.benches import FINLAND, KENYA, LONG, bench_of
from tests.looking.screens import SIZES, SNAPSHOTS, app_of, masked, played, run, scenes, screen
from tutor.looking.app import LookApp
from tutor.looking.deeds import BAR, KEYS, Deed
from tutor.looking.laboratory import swept
from tutor.looking.layout import panes_for
from tutor.looking.sight import Pane
from tutor.looking.widgets import PaneView

Play = Callable[[str, tuple[str, ...]], LookApp]


def after(app: LookApp, *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    return played(app, size, keys)


@pytest.fixture
def app(tmp_path: Path) -> LookApp:
    return app_of(bench_of(), tmp_path)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", scenes())
def test_the_screens_are_as_they_were(name: str, size: str, tmp_path: Path) -> None:
    bench, keys = scenes()[name]
    now = masked(played(app_of(bench, tmp_path), SIZES[size], keys)) + "\n"
    kept = (SNAPSHOTS / f"{name}-{size}.txt").read_text("utf-8")
    assert now == kept, "if that is right: python -m tests.looking.screens"


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_every_key_is_pressed_and_breaks_nothing(size: str, tmp_path: Path) -> None:
    app = app_of(bench_of(text=LONG), tmp_path)
    keys = [key for key, deed in KEYS.items() if deed is not Deed.LEAVE]

    async def script(pilot: Pilot[int]) -> None:
        for key in [*keys, *"12345", "z", "f5"]:
            await pilot.press(key)
            if app.bench.typing is not None:
                await pilot.press("w", "escape")
            assert app.failure is None, key
        assert screen(app).strip()

    run(app, SIZES[size], script)


def test_keys_lead_through_heads_and_panes_and_take_parts_out(app: LookApp) -> None:
    shown = after(app, "3", "right", "space", "u", "left", "space")
    assert "3 parts" in shown
    assert len(app.bench.sight.changed.without) == 1
    assert "what it did" in shown
    assert "without" in shown.splitlines()[0]


def test_a_text_is_typed_and_computed_letter_by_letter(app: LookApp) -> None:
    seen: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("slash", "space", "n", "o", "t")
        await pilot.pause()
        seen.append(screen(app))
        assert app.bench.sight.text == f"{KENYA} not"
        await pilot.press("enter", "t")
        await pilot.pause()
        seen.append(screen(app))

        assert not app.query_one("#typed", Input).display

    run(app, (80, 24), script)
    assert "the text" in seen[0]
    assert "5 next, after “not”" in seen[0]
    assert app.bench.sight.temperature == pytest.approx(0.9), "keys are deeds again"


def test_a_second_text_is_typed_and_swept(app: LookApp) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("p")
        app.query_one("#typed", Input).value = FINLAND
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()

    run(app, (80, 24), script)
    assert app.bench.sight.pane is Pane.PATCH
    assert app.bench.sight.other == FINLAND
    assert app.bench.typing is None


def test_letters_that_come_faster_than_sweeps_are_swept_once(app: LookApp) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("p")
        before = swept.cache_info().misses
        for letter in "faster":
            app.post_message(Key(letter, letter))
        await pilot.pause()
        assert swept.cache_info().misses <= before + 2

    run(app, (80, 24), script)
    assert app.bench.sight.other == f"{KENYA}faster"


def test_letters_that_are_typed_into_a_text_are_no_deeds(app: LookApp) -> None:
    after(app, "slash", "q", "x", "l", "left", "tab")
    assert app.bench.sight.text.endswith("isqxl")
    assert not app.bench.lab
    assert app.return_code in (None, 0)


def test_an_explanation_lies_over_the_panes_until_any_key(app: LookApp, tmp_path: Path) -> None:
    shown = after(app, "question_mark")
    assert "What it does not prove" in shown
    for key, does in BAR:
        assert key in shown
        assert does in shown
    for key in ("space", "z", "escape"):
        app = app_of(bench_of(), tmp_path)
        assert "What it does not prove" not in after(app, "question_mark", key)
        assert not app.bench.sight.changed
        assert app.return_value is None


def test_what_is_kept_lies_in_the_notebook_with_its_picture(tmp_path: Path) -> None:
    app = app_of(bench_of(), tmp_path)
    shown = after(app, "2", "e")
    assert "Kept in" in shown
    page = (tmp_path / "notebook.md").read_text("utf-8")
    assert "layer 5" in page
    assert len(list((tmp_path / "pictures").glob("look-*.svg"))) == 1


def test_a_notebook_that_cannot_be_written_is_said_at_the_foot() -> None:
    app = app_of(bench_of(), Path("/proc/nowhere"))
    assert "cannot be written" in " ".join(after(app, "e").split())


def test_the_lab_sheet_is_filled_in_from_the_keys(tmp_path: Path) -> None:
    app = app_of(bench_of(), tmp_path)
    app.bench.notebook = app.keeper.add
    assert "what will the chance of" in after(app, "l", "space")
    app = app_of(bench_of(), tmp_path)
    app.bench.notebook = app.keeper.add
    assert "As you expected" in after(app, "l", "space", "down")
    assert "expected:  falls" in (tmp_path / "notebook.md").read_text("utf-8")


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c", "ctrl+q"])
def test_one_leaves_with_any_of_the_usual_keys(key: str, app: LookApp) -> None:
    after(app, key)
    assert app.return_value == (130 if key == "ctrl+c" else 0)


def test_ctrl_c_leaves_the_typing_first(app: LookApp) -> None:
    after(app, "slash", "ctrl+c")
    assert app.bench.typing is None
    assert app.return_value is None


# --- the mouse ---


def click_on(app: LookApp, pane: str, words: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Click on these words in a pane."""

    async def script(pilot: Pilot[int]) -> None:
        widget = app.query_one(f"#{pane}", PaneView)
        rows = ["".join(piece.text for piece in one) for one in widget.lines]
        row = next(n for n, text in enumerate(rows) if words in text)
        await pilot.click(f"#{pane}", offset=(rows[row].index(words) + 2, row + 1))
        await pilot.pause()

    return script


def test_a_click_goes_to_the_token_the_head_and_the_next_token(app: LookApp) -> None:
    run(app, (120, 40), click_on(app, "text", "Kenya"))
    assert app.bench.reading.labels[app.bench.sight.place] == "␣Kenya"


def test_a_click_on_a_part_chooses_it(tmp_path: Path) -> None:
    app = app_of(bench_of(), tmp_path)
    run(app, (120, 40), click_on(app, "right-parts", "+"))
    assert app.bench.sight.pane is Pane.PARTS


def test_a_click_on_a_bar_follows_it(tmp_path: Path) -> None:
    app = app_of(bench_of(), tmp_path)
    reading = app.bench.reading
    other = reading.label(reading.nexts[1].token)
    run(app, (120, 40), click_on(app, "right-next", other.removeprefix("␣")))
    assert app.bench.reading.label(app.bench.reading.wanted) == other


def test_a_click_beside_everything_only_chooses_the_pane(tmp_path: Path) -> None:
    app = app_of(bench_of(), tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.click("#left-lens", offset=(0, 0))
        await pilot.pause()

    run(app, (120, 40), script)
    assert app.bench.sight.pane is Pane.LENS


# --- room ---


@pytest.mark.parametrize(
    ("size", "looked_at", "wanted"),
    [
        ((120, 40), Pane.LENS, {"left-attention", "left-lens", "right-next", "right-parts"}),
        ((120, 40), Pane.PATCH, {"left-attention", "left-patch", "right-changed"}),
        ((80, 24), Pane.PARTS, {"left-parts", "right-next", "right-changed"}),
        ((80, 24), Pane.NEXT, {"left-attention", "right-next"}),
        ((60, 20), Pane.NEXT, {"left-next"}),
        ((60, 20), Pane.LENS, {"left-lens"}),
    ],
)
def test_as_many_panes_are_shown_as_there_is_room_for(
    size: tuple[int, int], looked_at: Pane, wanted: set[str]
) -> None:
    assert wanted <= panes_for(*size, looked_at)


def test_a_window_that_shrinks_and_grows_shows_what_fits(app: LookApp) -> None:
    seen: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        for size in ((60, 20), (30, 8), (1, 1), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            seen.append(screen(app))

    run(app, (80, 24), script)
    assert app.failure is None
    assert "next Nairobi" in " ".join(seen[0].split())
    assert "too small" in " ".join(seen[1].split())
    assert "3 parts" in seen[-1]


@pytest.mark.parametrize("model", ["raw", "mask", "cherry", "over"])
def test_each_model_has_its_colour_throughout(model: str, tmp_path: Path) -> None:
    app = app_of(bench_of(model), tmp_path)
    drawn: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        await pilot.pause()
        drawn.append(app.export_screenshot())

    run(app, (80, 24), script)
    red, green, blue = app.bench.speaker.colour
    assert drawn[0].count(f"#{red:02x}{green:02x}{blue:02x}") > 3


def test_a_fault_inside_leaves_the_screen_and_is_told_outside(tmp_path: Path) -> None:
    app = app_of(bench_of(), tmp_path)
    app.keeper = app.keeper.__class__(tmp_path / "notebook.md", lambda: 1 // 0)  # type: ignore[arg-type,return-value]
    with pytest.raises(ZeroDivisionError):
        after(app, "e")
    assert isinstance(app.failure, ZeroDivisionError)


def test_it_is_ready_to_be_told_to_go(app: LookApp) -> None:
    async def script(pilot: Pilot[int]) -> None:
        signal.raise_signal(signal.SIGTERM)
        await pilot.pause()

    run(app, (80, 24), script)
    assert app.return_value == 128 + signal.SIGTERM


def test_nothing_on_the_screen_is_a_control(tmp_path: Path) -> None:
    shown = after(app_of(bench_of(text="\x1b[2J\x07\u202e[b]x[/b]"), tmp_path))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", shown)
