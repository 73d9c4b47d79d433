"""Many independent voters: how often their majority is right."""

from msgspec import Struct

from tutor.course.formulas import majority
from tutor.demos.parts.reading import some, within
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How often one voter is right, and how many vote."""

    probabilities: tuple[float, ...]
    voters: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse even numbers, which can tie."""
        some("probabilities", self.probabilities, 10)
        within("probabilities", self.probabilities, 0, 1)
        some("voters", self.voters, 6)
        within("voters", self.voters, 1, 999)
        if even := [count for count in self.voters if count % 2 == 0]:
            raise ValueError(f"voters: {even[0]} can tie; give odd numbers")


def run(settings: Settings, terminal: Terminal) -> None:
    """Show a row for each probability, a column for each number of voters."""
    say = terminal.say
    say(bold("COMPUTED: how often the majority of n voters is right."))
    say(line("Each voter is right with probability p, independently of the others."))
    say(line("Answers of one model share mistakes: voting then changes less."), line())
    heads = ("p", *(f"n={count}" for count in settings.voters))
    rows = [
        (f"{p:g}", *(f"{majority(p, count):.4f}" for count in settings.voters))
        for p in settings.probabilities
    ]
    say(*table(heads, rows, terminal))
