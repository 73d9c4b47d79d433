"""A model that comes to no answer, behind every demo: nothing is counted, and the first one stops.

No demo prints a statistic over fewer real replies than it says: where a reply of the learner's own
model is empty or cut, no further one is asked for, and what to do is said.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.demos.playing import choosing, stage_of
from tutor import demos
from tutor.catalogue.registry import demonstration, names
from tutor.errors import NoAnswerError
from tutor.providers.talk import (
    Card,
    Done,
    Ending,
    Event,
    Events,
    Request,
    TextDelta,
    Thought,
    Tier,
    Usage,
    user,
)
from tutor.stage.contract import Live
from tutor.stage.hearing import hear
from tutor.stage.passages import hear_briefly

LIVE = [name for name in names() if isinstance(demonstration(name), Live)]
GOES_ON = frozenset({"benchmark", "extract", "injection", "retrieval", "tool-use"})
"""They say what happened, and show something else, which is called what it is."""
ASKS = frozenset(
    {
        *("false-premise", "few-shot", "mask", "next-token", "sycophancy", "system-prompt"),
        *("temperature", "think-first", *GOES_ON),
    }
)
"""The demos that put something to the learner's own model."""


def source_of(name: str) -> str:
    path = Path(demos.__file__).parent / f"{name.replace('-', '_')}.py"
    return path.read_text(encoding="utf-8")


def _nothing(_request: Request) -> Iterator[Event]:
    yield Done(Ending.STOP, Usage(9, 0))


def _blanks(_request: Request) -> Iterator[Event]:
    yield TextDelta(" \n\t")
    yield Done(Ending.STOP, Usage(9, 1))


def _only_thoughts(request: Request) -> Iterator[Event]:
    yield Thought("Let me think about that. ")
    yield Done(Ending.LENGTH, Usage(9, request.max_tokens, request.max_tokens))


def _unseen_thoughts(request: Request) -> Iterator[Event]:
    yield Done(Ending.LENGTH, Usage(9, request.max_tokens))


def _cut(_request: Request) -> Iterator[Event]:
    yield TextDelta("The answer is 4")
    yield Done(Ending.CUT)


def _broken(_request: Request) -> Iterator[Event]:
    yield TextDelta("The answer is 4")
    yield Done(Ending.FAILED)


EMPTY: dict[str, tuple[Callable[[Request], Iterator[Event]], str]] = {
    "ends at once": (_nothing, "without a word"),
    "says blanks": (_blanks, "without a word"),
    "thinks to the limit": (_only_thoughts, "spent .* on thinking and came to no answer"),
    "thinks unseen": (_unseen_thoughts, "unseen as it seems"),
    "is cut": (_cut, "not whole"),
    "breaks off": (_broken, "not whole"),
}


@dataclass
class Empty:
    """A model that never answers."""

    says: Callable[[Request], Iterator[Event]]
    tier: Tier = Tier.HOSTED
    asked: list[Request] = field(default_factory=list)

    @property
    def card(self) -> Card:
        return Card("void", "void-1", self.tier)

    def stream(self, request: Request) -> Events:
        self.asked.append(request)
        yield from self.says(request)


def test_every_demo_that_asks_the_learners_model_is_looked_at() -> None:
    assert {name for name in LIVE if ".chosen(" in source_of(name)} == ASKS


@pytest.mark.parametrize("name", sorted(ASKS))
def test_the_first_reply_without_an_answer_stops_every_demo(name: str) -> None:
    empty = Empty(_only_thoughts if len(name) % 2 else _nothing)
    demo = demonstration(name)
    assert isinstance(demo, Live)
    stage = stage_of(chosen=choosing(empty, []))
    if name in GOES_ON:
        demo.run(demo.settings(), stage)
        assert re.search("void-1 .* answer", " ".join(stage.terminal.text().split()))
    else:
        with pytest.raises(NoAnswerError, match=r"void-1 .* answer") as caught:
            demo.run(demo.settings(), stage)
        assert caught.value.hint
    assert len(empty.asked) == 1


@pytest.mark.parametrize("tier", [Tier.HOSTED, Tier.LOCAL])
@pytest.mark.parametrize(("says", "words"), EMPTY.values(), ids=EMPTY)
def test_no_way_of_asking_lets_an_empty_or_a_cut_reply_pass(
    says: Callable[[Request], Iterator[Event]], words: str, tier: Tier
) -> None:
    request = user("How much is 2 + 2?", max_tokens=16)
    for way in (
        lambda stage, model: stage.listen(model, request),
        lambda stage, model: hear(stage, model, request),
        lambda stage, model: hear_briefly(stage, model, request, 100),
    ):
        with pytest.raises(NoAnswerError, match=words) as caught:
            way(stage_of(), Empty(says, tier))
        assert "tutor model" in caught.value.hint


def test_the_built_in_model_may_end_when_it_likes() -> None:
    silent = Empty(_nothing, Tier.BUILT_IN)
    assert hear(stage_of(), silent, user("Hi")).text == ""
