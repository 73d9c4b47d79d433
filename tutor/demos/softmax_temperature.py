"""The same scores at several temperatures: softmax sharpened and flattened."""

import math

from msgspec import Struct

from tutor.course.formulas import softmax
from tutor.demos.parts.reading import as_many, different, some, within
from tutor.screen.chances_view import entropy
from tutor.screen.tables import bars, short
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Options, their logits, and the temperatures to try."""

    labels: tuple[str, ...]
    logits: tuple[float, ...]
    temperatures: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse logits without labels, and temperatures that nothing can be divided by."""
        some("labels", self.labels, 8, least=2)
        different("labels", self.labels)
        as_many("logits", self.logits, "labels", self.labels)
        within("logits", self.logits, -1000, 1000)
        some("temperatures", self.temperatures, 8)
        within("temperatures", self.temperatures, 0.01, 100)


def run(settings: Settings, terminal: Terminal) -> None:
    """Draw the probabilities at each temperature, with their entropy."""
    most = math.log2(len(settings.labels))
    given = zip(settings.labels, settings.logits, strict=True)
    say = terminal.say
    say(bold("COMPUTED: softmax of these logits, at several temperatures."))
    say(line("Logits: " + ", ".join(f"{label} {short(logit)}" for label, logit in given) + "."))
    say(line("Each is divided by the temperature first. The order never changes."))
    say(line(f"Entropy is 0 when one option is certain, {most:.3f} when all are equal."))
    for temperature in settings.temperatures:
        shares = softmax(settings.logits, temperature)
        terminal.gap()
        say(bold(f"temperature {short(temperature)}: entropy {entropy(shares):.3f} bits"))
        say(*bars(settings.labels, shares, terminal))
