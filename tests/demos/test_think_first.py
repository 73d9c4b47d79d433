"""The same sum with and without thinking: what is counted, and what is judged."""

from dataclasses import dataclass, field

import pytest

from tests.demos.playing import choosing, play, stage_of
from tutor.demos.think_first import is_right
from tutor.providers.presets import Price
from tutor.providers.talk import (
    Card,
    Done,
    Ending,
    Events,
    Request,
    TextDelta,
    Thinking,
    Thought,
    Tier,
    Usage,
)
from tutor.stage.spending import Models, Spender
from tutor.stage.stage import Spending


@dataclass
class Thinker:
    """A model that thinks when it is asked to, and always where it cannot be stopped."""

    tier: Tier = Tier.HOSTED
    always: bool = False
    counts: bool = True
    heard: list[Request] = field(default_factory=list)

    @property
    def card(self) -> Card:
        return Card("thinker", "thinker-1", self.tier)

    def stream(self, request: Request) -> Events:
        self.heard.append(request)
        thinks = self.always or request.thinking is Thinking.MUCH
        if thinks:
            yield Thought("23 * 17 is 391. " * 10)
        yield TextDelta("It is 233." if thinks else "It is 391.")
        thought = 90 if thinks else 0
        yield Done(Ending.STOP, Usage(12, 6 + thought, thought) if self.counts else None)


def test_both_ways_stand_beside_each_other_and_thoughts_are_not_judged() -> None:
    thinker = Thinker()
    seen: list[Spending] = []
    screen = play("think-first", stage_of(width=80, chosen=choosing(thinker, seen)))
    assert [one.thinking for one in thinker.heard] == [Thinking.NONE, Thinking.MUCH]
    rows = [line.split() for line in screen.splitlines() if line.startswith("  with")]
    assert [row[2] for row in rows[-2:]] == ["0", "90"]
    assert [row[-1] for row in rows[-2:]] == ["no", "yes"]
    assert "16.0 times as many tokens" in screen
    assert "thinks: 23 * 17 is 391." in screen
    assert "folded" in screen
    assert seen[0].most_tokens > 4096


def test_a_model_that_cannot_be_stopped_is_said_to_think_both_times() -> None:
    screen = play("think-first", stage_of(chosen=choosing(Thinker(always=True), [])))
    assert "could not be kept from thinking" in " ".join(screen.split())


def test_what_nobody_counts_is_guessed_from_what_is_seen() -> None:
    thinker = Thinker(Tier.LOCAL, counts=False)
    screen = play("think-first", stage_of(chosen=choosing(thinker, [])))
    assert "none" in screen
    assert "times as many tokens" in screen


def test_a_question_of_ones_own_is_not_judged() -> None:
    screen = play("think-first", stage_of("Why is the sky blue?", chosen=choosing(Thinker(), [])))
    assert "Why is the sky blue?" in screen
    assert "right" not in screen


def test_without_a_model_nothing_is_shown_as_a_reply() -> None:
    screen = play("think-first", stage_of())
    assert "34 times as much" in screen
    assert "tutor model list" in screen


def test_thinking_is_announced_counted_and_priced() -> None:
    thinker = Thinker()
    stage = stage_of()
    price = Price(read=1.0, written=2.0)
    spender = Spender(stage.terminal, Models(lambda: thinker, lambda _: price), lambda: True)
    screen = play("think-first", stage_of(chosen=spender.choose))
    spender.tell()
    assert "$0.0002" in screen
    assert "of them 90 thinking (about $0.00018)" in " ".join(stage.terminal.text().split())


@pytest.mark.parametrize(
    ("answer", "right"),
    [("233", True), ("391 - 158 = 233.", True), ("233 - no, 232", False), ("", False)],
)
def test_the_last_number_is_the_answer(answer: str, *, right: bool) -> None:
    assert is_right(answer) is right
