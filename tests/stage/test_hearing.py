"""What was heard of a reply that broke off is kept."""

from tests.demos.models import Chatty
from tests.demos.playing import stage_of
from tutor.providers.talk import (
    user,
)
from tutor.stage import hearing


def test_what_was_heard_before_the_line_broke_is_kept_and_the_break_is_said() -> None:
    stage = stage_of()
    reply = hearing.hear(stage, Chatty(breaks_at=0), user("Hello!"))
    assert reply.text == "A"
    assert not hearing.is_whole(reply)
    assert "The line broke." in stage.terminal.text()
