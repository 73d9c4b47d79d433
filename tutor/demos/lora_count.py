"""LoRA: two thin matrices trained in place of one wide one."""

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The matrix that stays frozen, and the ranks to try."""

    rows: int
    columns: int
    ranks: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse a rank that the matrix cannot have."""
        within("rows and columns", (self.rows, self.columns), 1, 1_000_000)
        some("ranks", self.ranks, 10)
        within("ranks", self.ranks, 1, min(self.rows, self.columns))


def trained(rows: int, columns: int, rank: int) -> int:
    """Numbers in a rows x rank and a rank x columns matrix (Hu et al. 2021)."""
    return rank * (rows + columns)


def run(settings: Settings, terminal: Terminal) -> None:
    """Show what each rank trains, against the whole matrix."""
    rows, columns = settings.rows, settings.columns
    whole = rows * columns
    say = terminal.say
    say(bold("COMPUTED: numbers to train with LoRA, for one matrix."))
    say(line(f"The whole matrix: {rows:,} × {columns:,} = {whole:,}. It stays frozen."))
    say(line(f"LoRA of rank r trains r × ({rows:,} + {columns:,}) numbers beside it."), line())
    cells = []
    for rank in settings.ranks:
        count = trained(rows, columns, rank)
        cells.append((str(rank), f"{count:,}", f"{count / whole:.3%}", short(whole / count)))
    say(*table(("rank", "trained", "share", "times fewer"), cells, terminal))
