"""Before the screen opens: whether there is room for it, and what stands on the bench."""

import datetime
from pathlib import Path
from random import Random

from tutor.errors import TutorError
from tutor.looking.bench import Bench, first_sight
from tutor.looking.keeping import Keeper
from tutor.looking.laboratory import reading
from tutor.looking.speakers import speaker
from tutor.screen.terminal import Terminal
from tutor.tinylm.growing.keeping import Nursery

TEXT = "The capital of Kenya is"
QUESTION = "What is the capital of Kenya?"
LEAST = (58, 18)
"""Columns and rows without which nothing can be shown."""
INSTEAD = "tutor demo lens, ablate, patch, steer and circuit show the same, line by line"


def room_for(terminal: Terminal) -> None:
    """TutorError, with what to use instead, where a full screen cannot be shown."""
    if not (terminal.is_interactive and terminal.is_watched):
        raise TutorError("tutor look needs a terminal of its own", hint=INSTEAD)
    if terminal.look.plain:
        raise TutorError("tutor look is made of colours, and --plain has none", hint=INSTEAD)
    if not terminal.has_colour:
        raise TutorError("tutor look is made of colours; this terminal shows none", hint=INSTEAD)
    columns, rows = terminal.window
    if columns < LEAST[0] or rows < LEAST[1]:
        raise TutorError(
            f"tutor look needs {LEAST[0]} columns and {LEAST[1]} rows; these are"
            f" {columns} and {rows}",
            hint=f"make the window larger; {INSTEAD}",
        )


def opened_bench(
    name: str, text: str, seed: int, notebook: Path, nursery: Nursery
) -> tuple[Bench, Keeper]:
    """A model on the bench with a text before it. TutorError where it cannot be."""
    speaking = speaker(name, nursery.load)
    keeper = Keeper(notebook, lambda: datetime.datetime.now().astimezone())
    there = first_sight(name, text or (QUESTION if speaking.chats else TEXT), speaking)
    bench = Bench(reading(speaking, there), nursery.load, keeper.add, Random(seed))
    return bench, keeper
