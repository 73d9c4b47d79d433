"""Days in words: how long ago, how far ahead; the coarser the longer."""

from tutor.screen.bars import counted

WEEK, FORTNIGHT, TWO_MONTHS, TWO_YEARS = 7, 14, 60, 730
MONTH, YEAR = 30.4, 365.25


def ago(days: int) -> str:
    """How long ago a day was."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{span(days)} ago"


def ahead(days: int) -> str:
    """When a day will be."""
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {span(days)}"


def span(days: int) -> str:
    """A number of days in words, the coarser the longer."""
    if days < FORTNIGHT:
        return counted(days, "day")
    if days < TWO_MONTHS:
        return counted(round(days / WEEK), "week")
    if days < TWO_YEARS:
        return counted(round(days / MONTH), "month")
    return counted(round(days / YEAR), "year")
