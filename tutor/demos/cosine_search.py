"""Search by meaning in miniature: whose vector points where the query's does."""

from msgspec import Struct

from tutor.demos.parts.reading import different, named, numbers, some, within
from tutor.demos.parts.vectors import Vector, cosine, dot
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The query's vector, such as "1 2 0", and documents, such as "D1 2 4 0"."""

    query: str
    documents: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse vectors of other lengths, and those without direction."""
        wanted = numbers(self.query)
        some("query: numbers", wanted, 8, least=2)
        _has_direction("query", wanted)
        some("documents", self.documents, 10)
        found = [named(text, "D1 2 4 0") for text in self.documents]
        different("documents", [name for name, _ in found])
        for name, vector in found:
            if len(vector) != len(wanted):
                raise ValueError(f"{name}: {len(vector)} numbers, but the query has {len(wanted)}")
            _has_direction(name, vector)


def _has_direction(name: str, vector: Vector) -> None:
    within(name, vector, -1e6, 1e6)
    if not any(vector):
        raise ValueError(f"{name}: a vector of zeros points nowhere")


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the documents, the nearest in direction first."""
    query = numbers(settings.query)
    found = [named(text, "D1 2 4 0") for text in settings.documents]
    found.sort(key=lambda document: -cosine(query, document[1]))
    say = terminal.say
    say(bold("COMPUTED: documents ranked by cosine, on vectors chosen by hand."))
    say(line(f"Query: {settings.query}."))
    say(line("Cosine: the products added up (dot), divided by both vectors' lengths."))
    say(line("It looks at direction alone, not at length."), line())
    rows = [(name, *_cells(query, vector)) for name, vector in found]
    say(*table(("name", "vector", "dot", "cosine"), rows, terminal))


def _cells(query: Vector, vector: Vector) -> tuple[str, str, str]:
    written = " ".join(short(number) for number in vector)
    return written, short(dot(query, vector)), f"{cosine(query, vector) + 0.0:.4f}"


DEMO = Computed(
    title="Which article points the same way?",
    line="Search by meaning in miniature: whose vector points where the query's does.",
    settings=Settings,
    run=run,
    example=Settings(
        query="1 2 0",
        documents=("wet-brakes 2 4 0", "new-pads 2 1 0", "storage 1 1 1", "charging 0 0 3"),
    ),
)
