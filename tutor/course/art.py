"""Drawings, and the parts of them that say whose they are: {body:…}, {mask:…}, {cherry:…}."""

import re
from collections.abc import Iterator

ROLES = ("body", "mask", "cherry")
"""What pre-training made, what fine-tuning put on, what raters bought."""
_MARK = re.compile(rf"\{{({'|'.join(ROLES)}):([^{{}}\n]*)\}}")


def bare(art: str) -> str:
    """A drawing as it stands on the screen, its marks taken off."""
    return _MARK.sub(r"\2", art)


def pieces(art: str) -> Iterator[tuple[str, str]]:
    """A drawing from its beginning to its end: texts, each with its role or none."""
    start = 0
    for found in _MARK.finditer(art):
        yield art[start : found.start()], ""
        yield found[2], found[1]
        start = found.end()
    yield art[start:], ""


def width(art: str) -> int:
    """How many columns a drawing takes."""
    return max(map(len, bare(art).split("\n")))
