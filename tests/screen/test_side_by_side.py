"""Two replies beside each other, of which no word is lost."""

from tutor.screen.side_by_side import Side, side_by_side
from tutor.screen.terminal import terminal_to_text


def test_neither_column_loses_a_word() -> None:
    left, right = "one " * 40 + "x" * 120, "two " * 5
    terminal = terminal_to_text(90)
    terminal.say(*side_by_side(Side("L", left), Side("R", right), terminal))
    shown = terminal.text()
    assert (shown.count("one"), shown.count("two"), shown.count("x")) == (40, 5, 120)


def test_a_megabyte_of_a_reply_is_counted_and_not_shown() -> None:
    assert "980,000 more characters" in Side("L", "x" * 1_000_000).shown
