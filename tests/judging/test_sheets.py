"""Every reply of the sheets: what is right is accepted, what is unclear asked about."""

import pytest

from tests.judging.sheets import NUMBERS, SHORTS, Sheet
from tests.known_courses import shipped
from tutor.judging.judge import judge
from tutor.judging.lexicon import Lexicon
from tutor.judging.presenting import present
from tutor.judging.replies import Unclear, read_reply

LEXICON = Lexicon(shipped())
ASKED_ALL_THE_SAME = {"15,100 million", "12,288 MiB"}
"""Right, and as good as certainly thousands; but 15.1 million is what others write like that."""
each_sheet = pytest.mark.parametrize("sheet", [*NUMBERS, *SHORTS], ids=lambda sheet: sheet.name)


def outcome(sheet: Sheet, line: str) -> str:
    """What becomes of a typed line: right, wrong, or asked about."""
    shown = present(sheet.question, 0)
    reply = read_reply(shown, line, LEXICON)
    if isinstance(reply, Unclear):
        assert reply.advice
        return "asked"
    return "right" if judge(shown.question, reply, LEXICON).right else "wrong"


def outcomes(sheet: Sheet, wanted: str) -> dict[str, str]:
    return {line: outcome(sheet, line) for line, kind, _ in sheet.replies() if kind == wanted}


@each_sheet
def test_a_right_answer_is_accepted_however_it_is_written(sheet: Sheet) -> None:
    came = outcomes(sheet, "right")
    assert {line for line in came if came[line] != "right"} <= ASKED_ALL_THE_SAME
    assert "wrong" not in came.values()


@each_sheet
def test_what_can_be_understood_in_two_ways_is_asked_about_and_never_graded(sheet: Sheet) -> None:
    came = outcomes(sheet, "unclear")
    assert {line: what for line, what in came.items() if what != "asked"} == {}


@each_sheet
def test_a_wrong_answer_is_never_accepted(sheet: Sheet) -> None:
    came = outcomes(sheet, "wrong")
    assert [line for line in came if came[line] == "right"] == []
    asked = [line for line in came if came[line] == "asked"]
    assert len(asked) <= 1  # asking about everything would be no judging


def test_there_are_enough_replies_of_each_kind() -> None:
    kinds = [kind for sheet in (*NUMBERS, *SHORTS) for _, kind, _ in sheet.replies()]
    assert kinds.count("right") >= 640
    assert kinds.count("unclear") >= 150
    assert kinds.count("wrong") >= 240
