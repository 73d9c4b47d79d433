"""How much a small test set can tell: intervals around a share of right answers.

Wilson's score interval: E. B. Wilson (1927), "Probable inference, the law of succession, and
statistical inference", Journal of the American Statistical Association 22, 209-212.
"""

from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line, row
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values, steps
from tutor.sums.intervals import wilson

NARROWEST, SCALE = 10, 40
RESULT = 2


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Results, each "right all", such as "42 50"."""

    results: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse more right answers than questions."""
        some("results", self.results, 10)
        for text in self.results:
            read_result(text)


def read_result(text: str) -> tuple[int, int]:
    """Read "42 50", 42 right of 50; raises ValueError."""
    words = text.split()
    if len(words) != RESULT or not all(word.isdecimal() for word in words):
        raise ValueError(f"{text!r} is not two whole numbers, such as: 42 50")
    right, count = map(int, words)
    within(f"{text!r}: questions", (count,), 1, 1_000_000)
    within(f"{text!r}: right answers", (right,), 0, count)
    return right, count


def run(settings: Settings, terminal: Terminal) -> None:
    """Show each share with its interval, as numbers and on one scale."""
    results = [read_result(text) for text in settings.results]
    say = terminal.say
    say(bold("COMPUTED: what these results say about the true share."))
    say(
        line(
            "95% intervals (Wilson 1927): of many such intervals, about 95 in 100"
            " hold the true share."
        )
    )
    say(line())
    rows = []
    for right, count in results:
        low, high = wilson(right, count)
        rows.append((f"{right} of {count}", f"{right / count:.2f}", f"{low:.4f}", f"{high:.4f}"))
    say(*table(("right", "share", "from", "to"), rows, terminal))
    if not terminal.look.plain:
        say(*_drawn(results, terminal.width))


def _drawn(results: Sequence[tuple[int, int]], room: int, least: int = 0) -> list[Renderable]:
    width = max(least, *(len(f"{right} of {count}") for right, count in results))
    scale = min(SCALE, room - width - 5)
    if scale < NARROWEST:
        return []
    head = dim(f"  {'':<{width}}  0{'':<{scale - 1}}1")
    return [line(), head, *(row(_interval(right, count, width, scale)) for right, count in results)]


def _interval(right: int, count: int, width: int, scale: int) -> str:
    low, high = (round(scale * end) for end in wilson(right, count))
    cells = ["-" if low <= place <= high else " " for place in range(scale + 1)]
    cells[round(scale * right / count)] = "o"
    return f"  {f'{right} of {count}':<{width}}  {''.join(cells)}".rstrip()


LABEL = len("10000 of 10000")
"""Room for every label, so that the scale stands still."""
COUNTS = (5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)


def turned(_settings: Settings, terminal: Terminal) -> Turning:
    """Questions and share under the learner's keys: the interval shrinks, slower and slower."""

    def picture(values: Values) -> list[Renderable]:
        count, share = int(values[0]), values[1] / 100
        right = round(count * share)
        low, high = wilson(right, count)
        said = f"{right:,} of {count:,} right: a 95% interval from {low:.3f} to {high:.3f}"
        width = f"It is {100 * (high - low):.1f} points wide."
        drawn = [] if terminal.look.plain else _drawn([(right, count)], terminal.width, LABEL)
        return [bold(said), line(width), *drawn]

    dials = (
        Dial("questions", COUNTS, at=COUNTS.index(50), written=lambda n: f"{n:,.0f}"),
        Dial("% right", steps(0, 100, 2), at=42),
    )
    return Turning("test sets, by hand", dials, picture)


DEMO = Computed(
    title="How much can fifty tickets tell?",
    line="How much a small test set can tell: intervals around a share of right answers.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        results=("42 50", "46 50", "168 200"),
    ),
    notice="Four times as many tickets make the interval about half as wide.",
)
