"""Answer, or say "I don't know"? What a scoring rule that punishes errors pays for.

The rule of Kalai, Nachum, Vempala and Zhang (2025, arXiv 2509.04664): right 1, wrong
-t / (1 - t), no answer 0. Answering pays exactly when confidence exceeds t.
"""

import math

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Thresholds of the scoring rule, and how sure one may be."""

    thresholds: tuple[float, ...]
    confidences: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a threshold of 1, whose penalty has no end."""
        some("thresholds", self.thresholds, 6)
        within("thresholds", self.thresholds, 0, 0.99)
        some("confidences", self.confidences, 8)
        within("confidences", self.confidences, 0, 1)


def penalty(threshold: float) -> float:
    """What a wrong answer costs."""
    return threshold / (1 - threshold)


def expected_score(threshold: float, confidence: float) -> float:
    """What answering earns on average, when confidence is honest."""
    return confidence - (1 - confidence) * penalty(threshold)


def advice(threshold: float, confidence: float) -> str:
    """Say which choice earns more."""
    if math.isclose(threshold, confidence):
        return "either"
    return "answer" if confidence > threshold else "abstain"


def run(settings: Settings, terminal: Terminal) -> None:
    """Show, for each threshold, what answering earns."""
    say = terminal.say
    say(bold("COMPUTED: what answering earns under a scoring rule."))
    say(line("A right answer earns 1, no answer 0; a wrong one costs t / (1 - t)."))
    for threshold in settings.thresholds:
        cost = short(round(penalty(threshold), 3))
        say(line(), bold(f"threshold t = {threshold:g}: a wrong answer costs {cost}"))
        rows = [
            (f"{sure:g}", _signed(expected_score(threshold, sure)), advice(threshold, sure))
            for sure in settings.confidences
        ]
        say(*table(("confidence", "score", "choice"), rows, terminal))


def _signed(score: float) -> str:
    return f"{score:+.2f}" if round(score, 2) else "0.00"


DEMO = Computed(
    title="When does answering pay?",
    line='Answer, or say "I don\'t know"? What a scoring rule that punishes errors pays for.',
    settings=Settings,
    run=run,
    example=Settings(
        thresholds=(0.0, 0.75, 0.9),
        confidences=(0.3, 0.6, 0.8, 0.95),
    ),
    notice=(
        "With t = 0, the usual test, a guess always pays. With t = 0.9 even 80 % sure is not "
        "enough."
    ),
)
