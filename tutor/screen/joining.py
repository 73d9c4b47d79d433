"""A number and its unit on one line, wherever prose is wrapped.

Rich breaks a line at a no-break space as at any other, so a sign of nobody's stands in its place
until the lines are drawn.
"""

import re

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment

HELD = "\ue000"
"""From the private use area: one column wide, and no white space."""
_UNIT = r"(?:[%‰]|(?:[kMGT]i?B|[kMGT]?Wh|kg|km|bn|million|billion|trillion)\b)"
_PARTS = re.compile(rf"(?<=\d) (?={_UNIT})|(?<=\bGPT) (?=\d)|(?<=\bLlama) (?=\d)")


def held_together(text: str) -> str:
    """The text with a number held to its unit, a model's name to its number; for `Held` to show."""
    return _PARTS.sub(HELD, text)


class Held:
    """Words that were held together, drawn with blanks again."""

    def __init__(self, words: RenderableType) -> None:
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw them."""
        for text, style, control in console.render(self.words, options):
            yield Segment(text.replace(HELD, " "), style, control)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as the words."""
        return Measurement.get(console, options, self.words)
