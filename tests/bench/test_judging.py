"""A judge that goes by the place, not by the reply, must not decide who is better."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench.test_running import Bench, asked_of, echo
from tests.demos.models import Actor
from tutor.bench.comparing import preferred
from tutor.providers.talk import Done, Ending, Event, Request, TextDelta

FILE = """\
title: Which is longer
prompts: {loud: "LOUD {input}", soft: "soft {input}"}
judge: {question: Which reply is longer?}
cases:
  - {input: aa}
  - {input: bb}
"""


def judge(says: Callable[[str, str], str]) -> Actor:
    """Answers as `echo` does, and judges two replies as told."""

    def speak(request: Request) -> Iterator[Event]:
        said = asked_of(request)
        if "Which reply is longer?" not in said:
            yield from echo(request)
            return
        first, second = (part.split("\n>>>")[0] for part in said.split("<<<\n")[2:])
        yield TextDelta(says(first, second))
        yield Done(Ending.STOP)

    return Actor(speak)


def test_a_judge_is_asked_in_both_orders(tmp_path: Path) -> None:
    actor = judge(lambda first, second: "1" if len(first) > len(second) else "2")
    said = Bench(tmp_path, actor).run(FILE)
    assert len(actor.asked) == 4 + 4
    assert "Better with loud: 2. Better with soft: 0. Alike: 0." in said
    assert "Asked on 2 pairs, in both orders. In 0 of them the place decided" in said
    assert "models tend to prefer those" in said


def test_a_judge_that_goes_by_the_place_decides_nothing(tmp_path: Path) -> None:
    said = Bench(tmp_path, judge(lambda _first, _second: "1")).run(FILE)
    assert "Better with loud: 0. Better with soft: 0. Alike: 2." in said
    assert "In 2 of them the place decided" in said


def test_replies_that_are_alike_are_not_judged(tmp_path: Path) -> None:
    actor = judge(lambda _first, _second: "1")
    said = Bench(tmp_path, actor).run(FILE.replace("LOUD", "low"))
    assert len(actor.asked) == 4
    assert "Asked on 0 pairs" in said


def test_verdicts_are_kept_as_replies_are(tmp_path: Path) -> None:
    actor = judge(lambda first, second: "1" if len(first) > len(second) else "2")
    bench = Bench(tmp_path, actor)
    first = bench.run(FILE)
    assert bench.run(FILE).split("The judge")[1] == first.split("The judge")[1]
    assert len(actor.asked) == 8


@pytest.mark.parametrize(
    ("answer", "side"),
    [
        ("1", 0),
        ("Reply 2.", 1),
        ("**2**", 1),
        ("equal", None),
        ("Both are fine", None),
        ("12", None),
        ("", None),
        ("1 is better than 2", 0),
    ],
)
def test_an_answer_names_a_side_or_none(answer: str, side: int | None) -> None:
    assert preferred((0, 1), answer) == side
