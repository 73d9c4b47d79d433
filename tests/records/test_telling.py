"""What a sync is told as."""

import datetime

import pytest

from tutor.records.pulling import Pulled
from tutor.records.pushing import Pushed
from tutor.records.sync import Synced
from tutor.records.telling import MOST_NAMED, clock, remarks, went

NOTHING_SENT, NOTHING_NEW = Pushed(0, 0), Pulled()
NOW = datetime.timedelta()


def synced(
    pushed: Pushed = NOTHING_SENT, pulled: Pulled = NOTHING_NEW, ahead: datetime.timedelta = NOW
) -> Synced:
    return Synced(pushed, pulled, ahead)


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (synced(), "nothing to send, nothing new"),
        (synced(Pushed(1, 0)), "1 record sent"),
        (synced(Pushed(1200, 2)), "1,200 records sent, 2 records refused"),
        (synced(Pushed(0, 0), Pulled(added=3)), "3 events from elsewhere added"),
    ],
)
def test_a_sync_in_a_line(done: Synced, told: str) -> None:
    assert went(done) == told


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (7, "7 minutes ahead of"),
        (-59.7, "1 hour behind"),
        (61, "1 hour ahead of"),
        (-600, "10 hours behind"),
        (60 * 24 * 30, "30 days ahead of"),
    ],
)
def test_clocks_that_differ(minutes: float, told: str) -> None:
    assert told in clock(datetime.timedelta(minutes=minutes), "class")


@pytest.mark.parametrize(("minutes", "lines"), [(4.9, 0), (5.1, 1), (-5.1, 1)])
def test_a_few_minutes_are_no_news(minutes: float, lines: int) -> None:
    ahead = datetime.timedelta(minutes=minutes)
    assert len(list(remarks(synced(ahead=ahead), "class"))) == lines


def test_a_thousand_malformed_statements_are_a_few_lines_without_control_signs() -> None:
    left = tuple(f"{n}: \x1b[31mwrong" for n in range(1_000))
    told = list(remarks(synced(pulled=Pulled(left_out=left)), "class"))
    assert len(told) == MOST_NAMED + 1
    assert "995 more" in told[-1]
    assert "\x1b" not in "".join(told)
