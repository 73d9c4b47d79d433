"""Whole days, as the learner lived them: a day ends at four in the morning, not at midnight."""

import datetime
from functools import lru_cache

A_MINUTE = datetime.timedelta(minutes=1)
A_DAY = 24 * 60
"""Minutes."""
AN_HOUR = 60
ROLLOVER = datetime.timedelta(hours=4)
"""Who learns until two at night is still in yesterday evening."""


def local_day(at: datetime.datetime, offset: int) -> int:
    """The day of a moment as an ordinal; `offset` minutes that local time is ahead of UTC.

    It depends on nothing but the two: another machine, in another place, finds the same day.
    """
    utc = at.astimezone(datetime.UTC).replace(tzinfo=None)
    return (utc + datetime.timedelta(minutes=offset) - ROLLOVER).date().toordinal()


def day_of_text(at: str, offset: int) -> int:
    """The same of a time as events carry it; there may be a million of them to read."""
    return _ordinal(at[:10]) + (_since_rollover(at[11:16]) + offset) // A_DAY


@lru_cache(maxsize=A_DAY)
def _since_rollover(time: str) -> int:
    """Minutes."""
    return int(time[:2]) * AN_HOUR + int(time[3:]) - ROLLOVER // A_MINUTE


@lru_cache(maxsize=64)
def _ordinal(date: str) -> int:
    return datetime.date.fromisoformat(date).toordinal()


def day_of(moment: datetime.datetime) -> int:
    """The day of a moment that knows its own offset from UTC."""
    offset = moment.utcoffset() or datetime.timedelta()
    return local_day(moment, int(offset.total_seconds() // 60))
