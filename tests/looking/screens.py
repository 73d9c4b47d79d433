"""The screen as text, through textual's own pilot: `python -m tests.looking.screens` keeps it.

Digits are masked: another machine's arithmetic may round the last one otherwise.
"""

import asyncio
import datetime
import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from textual.pilot import Pilot

from tests.looking.benches import FINLAND, bench_of
from tutor.looking import sight
from tutor.looking.app import LookApp
from tutor.looking.bench import Bench
from tutor.looking.keeping import Keeper

SNAPSHOTS = Path(__file__).parent / "snapshots"
AT = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)
SIZES = {"60x20": (60, 20), "80x24": (80, 24), "120x40": (120, 40)}
Script = Callable[[Pilot[int]], Awaitable[None]]
QUESTION = "What is the capital of Kenya?"


def app_of(bench: Bench, folder: Path) -> LookApp:
    """The screen on a bench, with a notebook in a folder."""
    return LookApp(bench, Keeper(folder / "notebook.md", lambda: AT))


def played(app: LookApp, size: tuple[int, int], keys: Sequence[str]) -> str:
    """The screen after these keys."""
    seen: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        seen.append(screen(app))

    run(app, size, script)
    return seen[0]


def run(app: LookApp, size: tuple[int, int], script: Script) -> None:
    """Let a script press keys on a screen of a size."""

    async def whole() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(whole())


def screen(app: LookApp) -> str:
    """What stands on the screen, as text."""
    rows = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


def masked(text: str) -> str:
    """The same without its digits and the lengths of its bars."""
    text = re.sub(r"[█▌─▏]{2,}|[█▌]", "▬", text)
    return re.sub(r" +", " ", re.sub(r"\d", "0", text))


def scenes() -> dict[str, tuple[Bench, tuple[str, ...]]]:
    """What is kept: each face in its colour, each pane in use."""
    carried = bench_of()
    carried.look(sight.beside(carried.sight, FINLAND))
    return {
        "attention": (bench_of(), ()),
        "lens-of-the-mask": (bench_of("mask", QUESTION), ("2", "up")),
        "parts-of-the-cherry": (bench_of("cherry", QUESTION), ("3", "space")),
        "patch": (carried, ("left", "up", "up", "up", "space")),
        "next-and-a-push": (bench_of(text=f"{QUESTION}\n"), ("v", "5")),
        "explained": (bench_of("over", QUESTION), ("question_mark",)),
    }


def snapshots(folder: Path) -> dict[str, str]:
    """Every scene at every size."""
    found = {}
    for label, size in SIZES.items():
        for name, (bench, keys) in scenes().items():
            found[f"{name}-{label}"] = masked(played(app_of(bench, folder), size, keys)) + "\n"
    return found


def main() -> None:
    """Keep the screens as they are now."""
    SNAPSHOTS.mkdir(exist_ok=True)
    for name, text in snapshots(Path("unused")).items():
        (SNAPSHOTS / f"{name}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
