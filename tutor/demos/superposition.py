"""Superposition: more features than numbers, kept apart as long as few are there at a time."""

import math
from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct

from tutor.demos.parts.insides import again, guessed, limits
from tutor.demos.parts.reading import within
from tutor.errors import PromptTooLongError, ProviderError
from tutor.screen.tables import short, table
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage

QUESTION = (
    "Two numbers hold three features, each there or not. When are all three read back rightly?"
)
GUESSES = ("never: two numbers hold two", "as long as one is there at a time", "always")
RIGHT = GUESSES[1]
LIMITS = (
    "This is arithmetic on a toy of two numbers. That large models keep their features like this is"
    " a hypothesis with evidence for it (Elhage and others 2022; Bricken and others 2023)."
)
AGAIN = "Three numbers from 0 to 9, such as 1 0 1 (Enter: go on): "
NAMES = ("wheel", "rain", "music")
MOST = 9.0
_CLOSE = 1e-9


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many features share the two numbers, in the second part."""

    features: int = 5

    def __post_init__(self) -> None:
        """Refuse what a table cannot show."""
        within("features", (self.features,), 3, 12)


def directions(count: int) -> list[tuple[float, float]]:
    """So many directions in the plane, as far from each other as can be."""
    turns = (2 * math.pi * number / count for number in range(count))
    return [(math.cos(turn), math.sin(turn)) for turn in turns]


def stored(amounts: Sequence[float]) -> tuple[float, float]:
    """Features as two numbers: the sum of their directions, each as far as it is there."""
    pairs = list(zip(amounts, directions(len(amounts)), strict=True))
    return sum(much * x for much, (x, _) in pairs), sum(much * y for much, (_, y) in pairs)


def read_back(point: tuple[float, float], count: int) -> list[float]:
    """Each feature read out of the two numbers: its direction's share, nothing below 0."""
    return [max(0.0, point[0] * x + point[1] * y) for x, y in directions(count)]


def run(settings: Settings, stage: Stage) -> None:
    """Guess; every mixture of three features; how it goes with more; then one's own."""
    guess = stage.guess(QUESTION, GUESSES)
    stage.terminal.gap()
    try:
        own = amounts(own_text(stage)) if own_text(stage).strip() else None
    except ProviderError as error:
        refuse(stage, error)
        own = None
    stage.terminal.say(bold("COMPUTED: three features in two numbers"))
    if own:
        one(stage, own)
    every(stage)
    stage.terminal.say(line(f"So: exact {RIGHT}."), *guessed(guess))
    more(stage, settings.features)
    limits(stage, LIMITS)
    again(stage, AGAIN, lambda typed: one(stage, amounts(typed)))


def amounts(typed: str) -> tuple[float, ...]:
    """Three numbers; PromptTooLongError where it is anything else."""
    try:
        found = tuple(float(word) for word in typed.replace(",", " ").split())
    except ValueError:
        found = ()
    if len(found) != len(NAMES) or not all(0 <= much <= MOST for much in found):
        raise PromptTooLongError("Those are not three numbers from 0 to 9.", hint="Try: 1 0 1")
    return found


def one(stage: Stage, given: Sequence[float]) -> None:
    """One mixture: what is stored, and what comes back."""
    point = stored(given)
    back = read_back(point, len(given))
    rows = [
        (name, short(much), short(round(came, 3)))
        for name, much, came in zip(NAMES, given, back, strict=True)
    ]
    told = table(("feature", "there", "read"), rows, stage.terminal)
    numbers = line(f"Stored as {point[0]:.3f} and {point[1]:.3f}.")
    show(stage, "superposition, one mixture", numbers, *told)


def every(stage: Stage) -> None:
    """Each mixture of present and absent features."""
    shown: list[Renderable] = [
        line("Each feature has a direction in the plane, a third of a turn from the next one:"),
        *(
            line(f"  {name}: {x:.3f} and {y:.3f}")
            for name, (x, y) in zip(NAMES, directions(3), strict=True)
        ),
        line(
            "What is there is added up, as in a residual stream. To read a feature, its direction"
            " is multiplied with the sum; below 0 counts as 0 (ReLU)."
        ),
    ]
    rows = []
    for count in range(1, len(NAMES) + 1):
        for present in combinations(range(len(NAMES)), count):
            given = [float(place in present) for place in range(len(NAMES))]
            back = read_back(stored(given), len(NAMES))
            names = " and ".join(NAMES[place] for place in present)
            rows.append((names, *(f"{came:.1f}" for came in back), right(given, back)))
    heads = ("there", *NAMES, "")
    show(stage, "superposition", *shown, *table(heads, rows, stage.terminal))


def right(given: Sequence[float], back: Sequence[float]) -> str:
    """Whether all of it came back, too little of what is there, or nothing."""
    if all(abs(much - came) < _CLOSE for much, came in zip(given, back, strict=True)):
        return "right"
    return "too weak" if max(back) > _CLOSE else "lost"


def more(stage: Stage, count: int) -> None:
    """Two numbers with more and more features: what a single one reads as on its neighbour."""
    stage.terminal.gap()
    rows = []
    for number in range(2, count + 1):
        alone = read_back(stored([1.0] + [0.0] * (number - 1)), number)
        rows.append((f"{number} features", f"{max(alone[1:]):.2f}"))
    show(
        stage,
        "superposition, more features",
        line("One feature is there, fully. Its neighbour, which is not, is read as:"),
        *table(("in two numbers", "neighbour"), rows, stage.terminal),
        line(
            "With a thousand numbers instead of two there is room for far more directions that are"
            " nearly at right angles."
        ),
    )


DEMO = Live(
    settings=Settings,
    run=run,
    title="Three features in two numbers",
    line="Computed: how a layer can hold more features than it has numbers, and what that costs.",
    own_text="how much of each of the three features is there: 1 0 0, or 1 1 0",
    notice=(
        "One number a feature is safe and wasteful: most features are absent most of the time. At"
        " an angle to each other, more of them fit, and disturb each other only when they meet."
    ),
)
