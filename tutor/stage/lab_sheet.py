"""A lab sheet: what was changed, what was expected, what happened; an entry for each try."""

from collections.abc import Iterable

from tutor.stage.stage import fenced

TITLE = "Lab sheet"
_NAMES = 11
"""Columns of the names."""


def paragraphs(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Rows (name, what it is) for the notebook; one without a name goes on with the last."""
    return [fenced("\n".join(f"{f'{name}:' if name else '':{_NAMES}}{it}" for name, it in rows))]
