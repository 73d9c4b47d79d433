"""A compute budget, split between a model's size and what it reads."""

import math

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import short, spelt, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line

PER_PAIR = 6
"""Floating-point operations for each parameter and token (Kaplan et al. 2020)."""
TOKENS = 20
"""Tokens a parameter, as a rule of thumb (Hoffmann et al. 2022)."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Budgets in floating-point operations, such as 5.76e23."""

    flops: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse budgets that nobody trains with."""
        some("flops", self.flops, 12)
        within("flops", self.flops, 1e15, 1e30)


def best_size(flops: float) -> float:
    """Parameters N from C = 6 N D and D = 20 N: the square root of C / 120."""
    return math.sqrt(flops / (PER_PAIR * TOKENS))


def run(settings: Settings, terminal: Terminal) -> None:
    """Show size and tokens for each budget."""
    say = terminal.say
    say(bold("COMPUTED: the size and data that fit a compute budget."))
    say(line(f"C = {PER_PAIR} × N × D: the budget is {PER_PAIR} × parameters × tokens."))
    say(line(f"D = {TOKENS} × N: a rule of thumb, {TOKENS} tokens for each parameter."))
    say(line(f"So N is the square root of C / {PER_PAIR * TOKENS}."), line())
    rows = []
    for flops in settings.flops:
        size = best_size(flops)
        rows.append((short(flops), spelt(size), spelt(TOKENS * size)))
    say(*table(("FLOP", "parameters", "tokens"), rows, terminal))
