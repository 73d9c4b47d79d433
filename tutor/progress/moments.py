"""Times as events carry them, and an order that no clock and no file can break."""

import datetime
import re

FIRST = "1970-01-01T00:00:00.000000Z"
"""Where a clock begins that has lost its battery: nothing is earlier."""
YEARS_AHEAD = 30
"""So far ahead of ours another machine's clock may be."""
SLACK = datetime.timedelta(days=365)
"""A rank may be so much later than a time: it is made to be later than all before it."""
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_COUNTED = re.compile(r"(.*)\+(\d{12})", re.DOTALL)


def local_now() -> datetime.datetime:
    """The time, with the local offset from UTC."""
    return datetime.datetime.now().astimezone()


def utc_text(moment: datetime.datetime) -> str:
    """Write a time as events carry it."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")


def is_time(text: str, latest: str) -> bool:
    """Tell whether this is a time as events carry it, between 1970 and `latest`."""
    if not _WRITTEN.fullmatch(text) or not FIRST <= text <= latest:
        return False
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def latest_time(now: datetime.datetime, *, rank: bool = False) -> str:
    """The latest time, or the latest rank, that is believed of another machine."""
    slack = SLACK if rank else datetime.timedelta()
    return utc_text(now + datetime.timedelta(days=366 * YEARS_AHEAD) + slack)


def later_than(last: str) -> str:
    """A rank that comes right after `last`, whatever that is."""
    try:
        after = datetime.datetime.fromisoformat(last) + datetime.timedelta(microseconds=1)
        rank = utc_text(after)
    except (ValueError, OverflowError):
        rank = ""
    return rank if rank > last else _counted_up(last)


def _counted_up(last: str) -> str:
    """No time comes after it: then a number behind it does."""
    found = _COUNTED.fullmatch(last)
    stem, number = (found[1], int(found[2]) + 1) if found else (last, 1)
    return f"{stem}+{number:012d}"
