"""Cells of a table that a spreadsheet opens, none of which it takes for something to work out."""

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with, in one program or another."""


def inert(text: str) -> str:
    """Text behind an apostrophe where a spreadsheet would run it; numbers stay as they are."""
    return f"'{text}" if text.startswith(_RUN) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return digits.isascii() and digits.isdecimal()
