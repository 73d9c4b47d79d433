"""Said so sure, right so often: a reliability diagram and the expected calibration error."""

from dataclasses import dataclass

from msgspec import Struct

from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, row
from tutor.stage.contract import Computed

BAR = 20


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Bins, each "confidence accuracy count", such as "0.75 0.60 30"."""

    bins: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse bins that are not three numbers in range."""
        for text in self.bins:
            read_bin(text)


@dataclass(frozen=True)
class Bin:
    """Answers given with about the same confidence; both shares between 0 and 1."""

    confidence: float
    accuracy: float
    count: int


def read_bin(text: str) -> Bin:
    """Read "confidence accuracy count"; raises ValueError."""
    try:
        confidence, accuracy, count = text.split()
        made = Bin(float(confidence), float(accuracy), int(count))
    except ValueError as error:
        raise ValueError(f"{text!r} is not: confidence accuracy count") from error
    if not (0 <= made.confidence <= 1 and 0 <= made.accuracy <= 1 and made.count > 0):
        raise ValueError(f"{text!r}: shares lie between 0 and 1, counts above 0")
    return made


def calibration_error(bins: list[Bin]) -> float:
    """Expected calibration error: the size-weighted mean of |confidence - accuracy|."""
    total = sum(b.count for b in bins)
    return sum(abs(b.confidence - b.accuracy) * b.count for b in bins) / total


def run(settings: Settings, terminal: Terminal) -> None:
    """Draw each bin's confidence above its accuracy, then the error."""
    bins = [read_bin(text) for text in settings.bins]
    terminal.say(bold("TOY: invented answers, to practise reading the diagram."))
    for b in bins:
        terminal.gap()
        gap = b.confidence - b.accuracy
        state = "overconfident" if gap > 0 else "underconfident" if gap < 0 else "calibrated"
        terminal.say(bold(f"{b.count} answers: {state} by {abs(gap):.2f}"))
        terminal.say(_bar("said ", b.confidence, terminal), _bar("right", b.accuracy, terminal))
    terminal.gap()
    terminal.say(bold(f"Expected calibration error: {calibration_error(bins):.3f}"))


def _bar(label: str, share: float, terminal: Terminal) -> Renderable:
    bar = "" if terminal.look.plain else "█" * round(BAR * share)
    return row(f"  {label} {share:.2f}  {bar}")


DEMO = Computed(
    title="How sure, and how often right",
    line=(
        "Said so sure, right so often: a reliability diagram and the expected calibration error."
    ),
    settings=Settings,
    run=run,
    example=Settings(
        bins=("0.55 0.50 20", "0.65 0.60 20", "0.75 0.60 30", "0.95 0.70 30"),
    ),
)
