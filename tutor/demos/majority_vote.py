"""Many independent voters: how often their majority is right."""

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import bars, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values, steps
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


VOTERS = (1, 3, 5, 7, 9, 11, 15, 21, 31, 41, 61, 101, 201, 501, 999)


def turned(_settings: Settings, terminal: Terminal) -> Turning:
    """Voters and their skill under the learner's keys."""

    def picture(values: Values) -> list[Renderable]:
        share, voters = values[0] / 100, round(values[1]) | 1
        together = majority(share, voters)
        return [
            bold(f"{voters} voters, each right {share:.0%} of the time"),
            *bars(["one of them", "their majority"], [share, together], terminal),
        ]

    dials = (
        Dial("% right", steps(5, 95, 5), at=11),
        Dial("voters", VOTERS, at=VOTERS.index(5)),
    )
    return Turning("votes, by hand", dials, picture)


DEMO = Computed(
    title="Let them vote",
    line="Many independent voters: how often their majority is right.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        probabilities=(0.4, 0.6, 0.7),
        voters=(1, 5, 15, 41),
    ),
    notice=(
        "Above one half, voting helps; below it, it makes things worse. Draws from one model "
        "share what it has wrong, so expect less."
    ),
)
