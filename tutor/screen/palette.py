"""Colours with a meaning: what the body says is violet, the mask's is yellow, the cherry's red."""

from functools import cache, lru_cache

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

VIOLET: Colour = (157, 124, 244)
YELLOW: Colour = (242, 193, 78)
RED: Colour = (239, 91, 110)
EMBER: Colour = (232, 116, 59)
GREEN: Colour = (79, 184, 160)
BLUE: Colour = (96, 150, 220)
"""What speaks against: the other end of a scale with two sides."""
NIGHT: Colour = (24, 21, 34)
"""The dark ground that heat grows out of."""
INK: Colour = (20, 17, 28)
PAPER: Colour = (240, 237, 246)

FACES: dict[str, Colour] = {
    "base": VIOLET,
    "sft": YELLOW,
    "rlhf": RED,
    "over-optimised": EMBER,
    "mine": GREEN,
}
"""Who speaks in which colour; a model of the learner's own is green."""
_BRIGHT = 140


@lru_cache(8192)
def mix(ground: Colour, colour: Colour, share: float) -> Colour:
    """So much of a colour, 0 to 1, on a ground."""
    share = min(max(share, 0.0), 1.0)
    red, green, blue = (
        round(low + (high - low) * share) for low, high in zip(ground, colour, strict=True)
    )
    return red, green, blue


def heat(share: float, colour: Colour) -> Colour:
    """A share of 0 to 1 as a glow: small ones can be told from none, great ones from each other."""
    return mix(NIGHT, colour, round(max(share, 0.0) ** 0.7, 2))


def two_sided(value: float, most: float, colour: Colour) -> Colour:
    """A value between -most and most: towards the colour, or towards blue."""
    share = abs(value) / most if most else 0.0
    return heat(share, colour if value > 0 else BLUE)


@lru_cache(8192)
def ink_on(ground: Colour) -> Colour:
    """Dark or light letters, whichever can be read on this ground."""
    red, green, blue = ground
    brightness = 0.299 * red + 0.587 * green + 0.114 * blue  # ITU-R BT.601
    return INK if brightness > _BRIGHT else PAPER


@cache
def code(colour: Colour) -> str:
    """A colour as the web writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
