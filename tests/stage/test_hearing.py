"""What was heard of a reply that broke off is kept, and counted as no answer."""

import pytest

from tests.demos.models import Chatty
from tests.demos.playing import stage_of
from tutor.errors import NoAnswerError
from tutor.providers.talk import user


def test_what_was_heard_before_the_line_broke_is_kept_and_stops_the_demo() -> None:
    stage = stage_of()
    with pytest.raises(NoAnswerError, match="The line broke"):
        stage.listen(Chatty(breaks_at=0), user("Hello!"))
    assert "A" in stage.terminal.text()
    assert "```text\nA\n```" in stage.transcript[0]
