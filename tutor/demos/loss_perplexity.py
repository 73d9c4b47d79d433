"""From the probabilities that a model gave the right tokens to its loss and perplexity."""

import math
from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The probability that the model gave to each token that really came."""

    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what is no probability; 0 would be infinitely surprising."""
        some("probabilities", self.probabilities, 20)
        within("probabilities", self.probabilities, 1e-9, 1)


def mean_surprise(probabilities: Sequence[float]) -> float:
    """Cross-entropy loss in nats: the mean of -ln p."""
    return math.fsum(-math.log(p) for p in probabilities) / len(probabilities) + 0.0


def run(settings: Settings, terminal: Terminal) -> None:
    """Show each token's surprise, then mean and perplexity."""
    given = settings.probabilities
    mean = mean_surprise(given)
    say = terminal.say
    say(bold("COMPUTED: surprise, loss and perplexity from these probabilities."))
    say(line("A token's surprise is minus the logarithm of its probability."), line())
    rows = [
        (str(place), short(p), f"{-math.log(p) + 0.0:.4f}", f"{-math.log2(p) + 0.0:.4f}")
        for place, p in enumerate(given, 1)
    ]
    say(*table(("token", "p", "nats", "bits"), rows, terminal), line())
    say(bold(f"Loss (mean surprise): {mean:.4f} nats, {mean / math.log(2):.4f} bits."))
    say(bold(f"Perplexity (e to the loss): {math.exp(mean):.4f}."))
    equally = short(math.exp(mean))
    say(line(f"As if choosing each time among {equally} equally likely tokens."))
    say(line(f"Probability of the whole text: {short(math.prod(given))}."))
