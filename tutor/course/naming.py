"""Names that a file or a history can hang on, made of a title."""

import re
import unicodedata

MOST_LETTERS = 64


def id_of(title: str) -> str:
    """Make an id of a title: its letters without accents, in lower case, parted by hyphens.

    Empty where nothing is left.
    """
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:MOST_LETTERS].rstrip("-")


def unique(name: str, taken: set[str]) -> str:
    """The same name, or with the first free number behind it; it is then taken."""
    free, number = name, 2
    while free in taken:
        free = f"{name[: MOST_LETTERS - 6]}-{number}"
        number += 1
    taken.add(free)
    return free
