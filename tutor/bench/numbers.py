"""Numbers as models write them into a reply."""

import re

_NUMBER = re.compile(
    r"(?<![\w.])"  # v2 and 1.2.3 hold no numbers
    r"[-+\N{MINUS SIGN}]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?"
    r"(?!\d)"
)


def numbers_in(text: str) -> list[float]:
    """All numbers in it, in order; commas part thousands, a point the decimals."""
    return [_value(found) for found in _NUMBER.findall(text)]


def number_of(text: str) -> float | None:
    """The number that a text is; None where it is something else."""
    whole = _NUMBER.fullmatch(text.strip())
    return _value(whole.group()) if whole else None


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
