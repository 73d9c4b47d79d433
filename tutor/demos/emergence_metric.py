"""The same progress through two measures: one rises smoothly, one seems to jump."""

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.plots import Axis, Curve, plot
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many tokens an answer has, and how often each token is right."""

    length: int
    accuracies: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        within("length", (self.length,), 2, 1000)
        some("accuracies", self.accuracies, 15, least=2)
        within("accuracies", self.accuracies, 0, 1)
        if min(self.accuracies) == max(self.accuracies):
            raise ValueError("accuracies: give two that differ")


def exact_match(accuracy: float, length: int) -> float:
    """How likely all tokens are right, if they go wrong independently."""
    return accuracy**length


def run(settings: Settings, terminal: Terminal) -> None:
    """Show both measures as numbers, then as curves."""
    length = settings.length
    say = terminal.say
    say(bold("COMPUTED: one skill, measured in two ways."))
    say(line(f"An answer has {length} tokens; each is right with probability p, independently."))
    say(line(f"Exact match counts an answer only if all are right: p to the power {length}."))
    say(line())
    rows = [
        (f"{p:g}", f"{short(round(length * p, 4))} of {length}", f"{exact_match(p, length):.4f}")
        for p in settings.accuracies
    ]
    say(*table(("p", "tokens right", "exact match"), rows, terminal))
    say(*_curves(settings, terminal))
    say(line(), line(f"Exact match passes one half at p = {0.5 ** (1 / length):.3f}."))


def _curves(settings: Settings, terminal: Terminal) -> list[Renderable]:
    low, high = min(settings.accuracies), max(settings.accuracies)
    return plot(
        [
            Curve("o", "share of tokens right", lambda p: p),
            Curve("x", "share of answers right", lambda p: exact_match(p, settings.length)),
        ],
        Axis(low, high, "p", f"{low:g}", f"{high:g}"),
        terminal,
    )
