"""Tokens made visible: blanks, line ends and broken characters as signs, or in words."""

import re
import unicodedata
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from tutor.screen.terminal import Look

SIGNS = {" ": "␣", "\N{NO-BREAK SPACE}": "␣", "\n": "⏎", "\t": "⇥"}
WORDS = {" ": "space", "\n": "new line", "\t": "tab", "\N{REPLACEMENT CHARACTER}": "broken byte"}
BOUNDARY = "│"
_RUN = re.compile("([ \n\t\N{REPLACEMENT CHARACTER}])\\1*")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(token: str, look: Look) -> str:
    """A token so that each of its characters is seen: "␣the"; in plain output "(space) the"."""
    if look.plain:
        return _RUN.sub(_named, "".join(map(_seen, token))).strip()
    shown = "".join(SIGNS.get(sign) or _seen(sign) for sign in token)
    return f"◌{shown}" if unicodedata.category(shown[:1] or " ").startswith("M") else shown


def _seen(sign: str) -> str:
    """A character, or its number where a terminal would obey it or show nothing."""
    if sign in WORDS or unicodedata.category(sign) not in _UNSEEN:
        return sign
    return f"<{ord(sign):X}>"


def _named(run: re.Match[str]) -> str:
    name, times = WORDS[run[1]], len(run[0])
    return f" ({name}) " if times == 1 else f" ({times} times {name}) "


def as_bytes(data: bytes) -> str:
    """Bytes that are no whole characters, as a hex reader writes them: "<E0 A4>"."""
    return f"<{data.hex(' ').upper()}>"


def fitted(words: str, cells: int) -> str:
    """Words in exactly so many cells: filled up with blanks, or cut with an ellipsis."""
    if cell_len(words) <= cells:
        return set_cell_size(words, cells)
    return set_cell_size(words, cells - 1) + "…"


def pieces_view(pieces: Sequence[str], look: Look, width: int, label: str = "  ") -> Text:
    """A text in its pieces, a bar between any two; in plain output one after the other.

    Lines break between pieces only, so that each piece can be read whole.
    """
    if look.plain:
        return Text(label.lstrip() + ", ".join(pieces))
    margin = cell_len(label)
    shown, column = Text().append(label, style="dim"), margin
    for place, piece in enumerate(pieces):
        size = cell_len(piece) + len(BOUNDARY)
        if margin < column and column + size > width:
            shown.append("\n" + " " * margin)
            column = margin
        shown.append(piece, style=("cyan", "yellow")[place % 2])
        shown.append(BOUNDARY if place < len(pieces) - 1 else "", style="dim")
        column += size
    return shown


def cells(words: str) -> int:
    """How many cells of a terminal words take."""
    return cell_len(words)
