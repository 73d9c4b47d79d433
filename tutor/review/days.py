"""Whole days, as the learner lived them: a day ends at four in the morning, not at midnight."""

import datetime

ROLLOVER = datetime.timedelta(hours=4)
"""Who learns until two at night is still in yesterday evening."""


def local_day(at: datetime.datetime, offset: int) -> int:
    """The day of a moment as an ordinal; `offset` minutes that local time is ahead of UTC.

    It depends on nothing but the two: another machine, in another place, finds the same day.
    """
    utc = at.astimezone(datetime.UTC).replace(tzinfo=None)
    return (utc + datetime.timedelta(minutes=offset) - ROLLOVER).date().toordinal()


def day_of(moment: datetime.datetime) -> int:
    """The day of a moment that knows its own offset from UTC."""
    offset = moment.utcoffset() or datetime.timedelta()
    return local_day(moment, int(offset.total_seconds() // 60))
