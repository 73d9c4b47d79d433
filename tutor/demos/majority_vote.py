"""Many independent voters: how often their majority is right."""

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed
from tutor.sums.voting import majority


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


DEMO = Computed(
    title="Let them vote",
    line="Many independent voters: how often their majority is right.",
    settings=Settings,
    run=run,
    example=Settings(
        probabilities=(0.4, 0.6, 0.7),
        voters=(1, 5, 15, 41),
    ),
    notice=(
        "Above one half, voting helps; below it, it makes things worse. Draws from one model "
        "share what it has wrong, so expect less."
    ),
)
