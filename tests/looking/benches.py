"""Benches for tests: a model, a text, a notebook that is a list."""

from collections.abc import Sequence
from random import Random

from tutor.errors import TutorError
from tutor.looking.bench import Bench, first_sight
from tutor.looking.deeds import Deed
from tutor.looking.laboratory import reading
from tutor.looking.pieces import Line, plain
from tutor.looking.speakers import face
from tutor.tinylm.growing.keeping import Kept

KENYA, FINLAND = "The capital of Kenya is", "The capital of Finland is"
LONG = (
    "Once upon a time there was a clever boy named Ben. Ben put the key in the drawer. Then Sara"
    " moved the key to the shelf. Where is it?"
)
Pages = list[tuple[str, Sequence[str]]]


def nobody() -> Kept:
    raise TutorError("there is no model of yours", hint="grow one: tutor train")


def bench_of(model: str = "raw", text: str = KENYA, kept: Pages | None = None) -> Bench:
    """A bench whose notebook is a list."""
    pages: Pages = [] if kept is None else kept

    def keep(title: str, paragraphs: Sequence[str]) -> str:
        pages.append((title, paragraphs))
        return f"Kept, page {len(pages)}."

    speaking = face(model)
    there = first_sight(model, text, speaking)
    return Bench(reading(speaking, there), nobody, keep, Random(1))


def done(bench: Bench, *deeds: Deed) -> Bench:
    """The bench after these deeds."""
    for deed in deeds:
        bench.do(deed)
    return bench


def shown(lines: Sequence[Line]) -> str:
    """A pane as text."""
    return plain(lines)
