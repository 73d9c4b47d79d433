"""The words of an option inside Markdown."""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def quoted(text: str) -> str:
    """Emphasise text whose own asterisks and backticks mean themselves."""
    return "*" + _MARKS.sub(r"\\\1", text) + "*"
