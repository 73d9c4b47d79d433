"""What is to be read: Willowbrook's shelf, or a file of the learner's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.tinylm.growing import shelf
from tutor.tinylm.growing.reading import pages_of, read_own_text

WILLOWBROOK = "Willowbrook"
BEGINNING = "Once upon a time there was"


@dataclass(frozen=True, slots=True)
class Source:
    """Pages, and how to speak of them."""

    name: str
    """`WILLOWBROOK`, or the path of the file."""
    pages: Sequence[str]
    beginning: str = ""
    """How samples begin; empty means as a page of the text does."""
    notes: tuple[str, ...] = ()

    @property
    def is_willowbrook(self) -> bool:
        """Whether the questions about the village can be asked of a model that read this."""
        return self.name == WILLOWBROOK


def source_of(file: Path | None, seed: int) -> Source:
    """The pages that were asked for; TutorError where a file cannot be learned from."""
    if file is None:
        return Source(WILLOWBROOK, tuple(shelf.pages(seed)), BEGINNING)
    read = read_own_text(file)
    return Source(str(file.absolute()), tuple(pages_of(read.text)), notes=read.notes)
