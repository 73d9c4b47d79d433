"""Every pane fits its room, whatever the text, and says the numbers it glows by."""

import datetime
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.looking.benches import FINLAND, KENYA, LONG, bench_of, done
from tutor.errors import TutorError
from tutor.looking import sight
from tutor.looking.bench import Bench
from tutor.looking.deeds import Deed
from tutor.looking.keeping import Keeper, about, as_text
from tutor.looking.panes import attention, changed, coming, lens, parts, patch, text
from tutor.looking.picture import svg
from tutor.looking.pieces import Line, Piece, ink_of, line, plain, width_of, window, wrapped
from tutor.looking.sight import Pane
from tutor.looking.telling import EXPLAINED, foot
from tutor.screen.palette import BLUE, NIGHT, PAPER, VIOLET, code, heat, ink_on, mix, two_sided
from tutor.tinylm.inside.changes import Head
from tutor.tinylm.inside.findings import findings

PANES = {
    "text": text, "attention": attention, "lens": lens, "parts": parts, "patch": patch,
    "next": coming, "changed": changed,
}  # fmt: skip
TEXTS = {
    "short": KENYA,
    "empty": "",
    "long": LONG,
    "foreign": "नमस्ते दुनिया \N{ROBOT FACE} 日本語テキスト",
    "hostile": "\x1b[31m [bold]x[/bold] \u202e <s>\n\t",
}
AT = datetime.datetime(2026, 11, 26, 12, 0, 0, 7, tzinfo=datetime.UTC)


def changed_bench(said: str) -> Bench:
    bench = done(bench_of(text=said), Deed.TAKE_OUT, Deed.PUSH)
    bench.look(sight.beside(bench.sight, FINLAND))
    return bench


@pytest.mark.parametrize("size", [(20, 3), (36, 8), (50, 14), (120, 30)])
@pytest.mark.parametrize("said", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", PANES)
def test_a_pane_fills_its_room_and_never_leaves_it(
    name: str, said: str, size: tuple[int, int]
) -> None:
    width, height = size
    for bench in (bench_of(text=said), changed_bench(said)):
        for place in (0, bench.reading.places - 1):
            bench.click(None, None)
            bench.look(replace(bench.sight, place=place))
            drawn = PANES[name].draw(bench.reading, width, height)
            assert len(drawn) == height
            if name in ("text", "changed") or width >= 36:
                assert max(map(width_of, drawn)) <= width
            assert not re.search("[\x00-\x1f\x7f\u202a-\u202e]", plain(drawn).replace("\n", ""))


@pytest.mark.parametrize("pane", Pane, ids=lambda pane: pane.name)
def test_every_pane_is_explained_and_told_at_the_foot(pane: Pane) -> None:
    said = EXPLAINED[pane]
    for words in (said.shows, said.to_read, said.proves_not):
        assert words.endswith(".")
        assert len(words.split()) < 40
    bench = bench_of()
    bench.see(pane)
    assert foot(bench.reading).endswith(".")


def test_the_map_holds_the_weights_of_the_head() -> None:
    bench = bench_of()
    drawn = plain(attention.draw(bench.reading, 60, 8))
    row = bench.reading.attention[-1]
    best = max(range(len(row)), key=lambda place: row[place])
    here = next(one for one in drawn.splitlines() if one.startswith("▸"))
    assert f"{100 * row[best]:.0f}" in here
    assert "100" in drawn.splitlines()[1]


def test_all_heads_are_seen_at_a_glance_below_or_beside_where_there_is_room() -> None:
    bench = bench_of()
    assert "favourite" not in plain(attention.draw(bench.reading, 36, 9))
    assert "favourite" in plain(attention.draw(bench.reading, 50, 20))
    assert "favourite" in plain(attention.draw(bench_of(text=LONG).reading, 100, 20))
    out = done(bench, Deed.TAKE_OUT)
    assert " out " in plain(attention.draw(out.reading, 50, 20))


def test_the_parts_in_view_add_up_to_the_score_below_them() -> None:
    bench = bench_of()
    shares = bench.reading.shares
    drawn = plain(parts.draw(bench.reading, 60, 10))
    assert f"together {shares.total:+.1f}" in drawn
    assert drawn.count("layer") == bench.speaker.model.shape.layers
    assert "put in" not in drawn
    pushed = done(bench, Deed.PUSH)
    assert "put in" in plain(parts.draw(pushed.reading, 60, 10))


def test_the_bars_show_where_they_stood_before_and_the_followed_token_stays_in_view() -> None:
    bench = bench_of()
    copiers = frozenset(map(Head.named, findings().copying.copiers))
    bench.look(replace(bench.sight, changed=sight.Changed(without=copiers)))
    drawn = plain(coming.draw(bench.reading, 40, 5))
    assert coming.BEFORE in drawn
    bench.see(Pane.NEXT)
    done(bench, *[Deed.DOWN] * 20)
    assert "▸" in plain(coming.draw(bench.reading, 40, 5))
    assert coming.in_per_cent(0) == "never"
    assert coming.in_per_cent(1e-5) == "<0.1%"


def test_what_changed_is_told_before_and_after() -> None:
    assert "Nothing is changed" in plain(changed.draw(bench_of().reading, 40, 6))
    drawn = plain(changed.draw(changed_bench(KENYA).reading, 40, 9))
    for words in (
        "without 4.",
        "towards an answer",
        "“Nairobi” ",
        "first: ",
        "8 other pages: loss",
    ):
        assert words in drawn


def test_a_mark_in_the_sweep_shows_what_is_put_in() -> None:
    bench = bench_of()
    bench.look(sight.beside(bench.sight, FINLAND))
    done(bench, Deed.TAKE_OUT)
    drawn = plain(patch.draw(bench.reading, 60, 9))
    assert "◆" in drawn
    assert "Finland" in drawn


def test_the_text_glows_by_what_the_head_looks_at_and_by_surprise_elsewhere() -> None:
    bench = bench_of()
    assert "head looks at" in text.title(bench.reading)
    assert max(text.shares(bench.reading)) > 0.9
    bench.see(Pane.LENS)
    assert "surprised" in text.title(bench.reading)
    assert "→ Nairobi" in plain(text.draw(bench.reading, 60, 1))
    last = bench.sight.place
    assert f"{bench.reading.surprises[last]:.0f}" == "0"


def test_lines_wrap_at_blanks_and_long_words_are_cut() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("abcdefghij", 5) == ["abcd…"]
    assert wrapped("", 5) == [""]


@pytest.mark.parametrize(
    ("count", "room", "at", "wanted"),
    [
        (5, 9, 0, (0, 5)),
        (10, 4, 0, (0, 4)),
        (10, 4, 9, (6, 10)),
        (10, 4, 5, (3, 7)),
        (3, 0, 1, (1, 2)),
    ],
)
def test_a_window_holds_the_cursor(count: int, room: int, at: int, wanted: tuple[int, int]) -> None:
    assert window(count, room, at) == range(*wanted)


# --- colours and pictures ---


def test_heat_grows_with_the_share_and_letters_can_be_read_on_it() -> None:
    glows = [sum(heat(share / 10, VIOLET)) for share in range(11)]
    assert glows == sorted(glows)
    assert heat(0, VIOLET) == NIGHT
    assert heat(1, VIOLET) == VIOLET
    assert ink_on(NIGHT) == PAPER
    assert ink_on(PAPER) != PAPER
    assert two_sided(-1, 1, VIOLET) == BLUE
    assert two_sided(0, 0, VIOLET) == NIGHT
    assert mix(NIGHT, PAPER, 2) == PAPER
    assert code((0, 10, 255)) == "#000aff"


def test_quiet_letters_fade_into_the_ground() -> None:
    assert ink_of(Piece("x")) == PAPER
    assert sum(ink_of(Piece("x", dim=True))) < sum(PAPER)


def test_a_picture_is_well_formed_and_holds_all_that_is_seen() -> None:
    lines: list[Line] = [line("a < b & c"), line(Piece("x", VIOLET, NIGHT, bold=True), "  ")]
    drawn = svg("1 attention <4.2>", lines)
    root = ET.fromstring(drawn)
    assert root.tag.endswith("svg")
    words = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert words == ["1 attention <4.2>", "a < b & c", "x"]


def test_a_kept_pane_lies_in_the_notebook_as_text_and_beside_it_as_a_picture(
    tmp_path: Path,
) -> None:
    keeper = Keeper(tmp_path / "new" / "notebook.md", lambda: AT)
    bench = done(bench_of(), Deed.TAKE_OUT, Deed.WRITE)
    lines = lens.draw(bench.reading, 60, 9)
    shown = keeper.picture("2 lens", lines)
    said = keeper.add("2 lens", [about(bench.reading), as_text(lines), shown])
    assert str(tmp_path) in said
    page = keeper.notebook.read_text("utf-8")
    for words in (
        "## 2 lens",
        "`tutor look`, 2026-11-26 12:00",
        "without 4.",
        "went on:",
        "layer 5",
    ):
        assert words in page
    found = re.search(r"!\[2 lens\]\((.+)\)", page)
    assert found is not None
    ET.parse(keeper.notebook.parent / found[1])


def test_a_picture_that_cannot_be_written_says_what_to_do() -> None:
    keeper = Keeper(Path("/proc/nowhere/notebook.md"), lambda: AT)
    with pytest.raises(TutorError, match="cannot be written") as caught:
        keeper.picture("x", [line("x")])
    assert "TUTOR_NOTEBOOK" in caught.value.hint
