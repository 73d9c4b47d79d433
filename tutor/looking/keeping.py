"""What is kept in the notebook: a pane as text and as a picture beside it, and the lab sheet."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import TutorError
from tutor.looking.laboratory import Reading
from tutor.looking.panes.changed import names
from tutor.looking.picture import svg
from tutor.looking.pieces import Line, plain
from tutor.stage.notebook import Entry, add_to_notebook, in_markdown
from tutor.stage.stage import fenced

PICTURES = "pictures"
"""The folder beside the notebook."""
Clock = Callable[[], datetime.datetime]


@dataclass(frozen=True, slots=True)
class Keeper:
    """The learner's notebook, and the time."""

    notebook: Path
    clock: Clock

    def add(self, title: str, paragraphs: Sequence[str]) -> str:
        """Add an entry; what to say of it. TutorError where it cannot be written."""
        entry = Entry(title, "look", self.clock(), {}, paragraphs)
        add_to_notebook(self.notebook, in_markdown(entry))
        return f"Kept in {self.notebook}."

    def picture(self, title: str, lines: Sequence[Line]) -> str:
        """Draw a pane into a file of its own; the Markdown that shows it. TutorError likewise."""
        name = f"look-{self.clock():%Y%m%d-%H%M%S-%f}.svg"
        path = self.notebook.parent / PICTURES / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(svg(title, lines), encoding="utf-8")
        except OSError as error:
            raise TutorError(
                f"the picture {path} cannot be written: {error.strerror}",
                hint="make room, or choose another notebook with TUTOR_NOTEBOOK",
            ) from error
        return f"![{title}]({PICTURES}/{name})"


def about(reading: Reading) -> str:
    """What a kept pane was seen of."""
    sight = reading.sight
    rows = [f"model: {reading.speaker.title}", f"text:  {sight.text}"]
    if sight.said:
        rows.append(f"went on: {reading.speaker.tokenizer.decode(sight.said)}")
    if sight.other:
        rows.append(f"other: {sight.other}")
    rows.append(f"changed: {names(reading) or 'nothing'}")
    return fenced("\n".join(rows))


def as_text(lines: Sequence[Line]) -> str:
    """A pane as text."""
    return fenced(plain(lines))
