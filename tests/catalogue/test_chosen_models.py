"""What holds for every demo that asks a model of the learner's own."""

from dataclasses import dataclass

import pytest

from tests.demos.hostile import HOSTILE
from tests.demos.models import Actor, Chatty, agreeable, bad_actors, saying
from tests.demos.playing import SMALL, choosing, flat, play, small, stage_of
from tutor.providers.talk import (
    Card,
    Done,
    Ending,
    Events,
    Provider,
    Request,
    TextDelta,
    Tier,
    Usage,
)
from tutor.screen.terminal import terminal_to_text
from tutor.stage.stage import Spending, Stage

from .test_demos import COMMANDS, OWN_TEXTS

COMPARING = ("mask", "false-premise", "few-shot", "sycophancy", "system-prompt")
CHECKING = ("extract", "benchmark", "injection", "retrieval")
ASKING = (*COMPARING, *CHECKING)
each = pytest.mark.parametrize("name", ASKING)


@each
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_the_model_is_asked_commands_no_terminal(name: str, kind: str) -> None:
    stage = stage_of(HOSTILE[kind], plain=True, chosen=choosing(Chatty()))
    screen = play(name, stage, **SMALL.get(name, {}))
    assert not COMMANDS.search(screen + "".join(stage.transcript))


@pytest.mark.parametrize("name", COMPARING)
def test_a_line_that_drops_costs_no_more_than_the_rest_of_that_reply(name: str) -> None:
    for call in (0, 1):
        chatty = Chatty(says=agreeable, breaks_at=call)
        screen = small(name, chosen=choosing(chatty))
        if len(chatty.heard) > call:
            assert "The line broke." in screen
            assert "Look at the cable." in screen
            assert f"\n  {agreeable(chatty.heard[call]).split(' ')[0]}\n" in screen


@pytest.mark.parametrize("name", COMPARING)
def test_after_a_cut_nothing_more_is_asked(name: str) -> None:
    chatty = Chatty(says=agreeable, breaks_at=0)
    small(name, chosen=choosing(chatty))
    assert len(chatty.heard) <= 1


@pytest.mark.parametrize("name", ["extract", "injection"])
def test_ctrl_c_in_one_reply_spends_nothing_on_the_next(name: str) -> None:
    def says(_request: Request) -> Events:
        yield TextDelta("A broken zip, and")
        raise KeyboardInterrupt

    actor = Actor(says)
    words = flat(small(name, chosen=choosing(actor)))
    assert len(actor.asked) == 1
    assert "stopped by you" in words
    assert "what another model once said" in words


@each
def test_what_is_asked_stays_within_what_was_announced(name: str) -> None:
    announced: list[Spending] = []
    chatty = Chatty(says=agreeable)
    own = OWN_TEXTS.get(name, ("Be brief.",))[0] if name in COMPARING else ""
    small(name, own, chosen=choosing(chatty, announced))
    assert len(announced) == 1
    assert 0 < len(chatty.heard) <= announced[0].calls
    letters = sum(len(m.content) for one in chatty.heard for m in one.messages)
    letters += sum(len(one.prompt or "") for one in chatty.heard)
    written = sum(one.max_tokens for one in chatty.heard)
    assert letters / 4 + written <= announced[0].most_tokens


@pytest.mark.parametrize("name", CHECKING)
def test_the_learner_hears_of_every_call_before_a_chosen_model_is_asked(name: str) -> None:
    heard: list[tuple[Spending, int]] = []
    actor = saying("billing")

    def chosen(spending: Spending) -> Actor:
        heard.append((spending, len(actor.asked)))
        return actor

    small(name, chosen=chosen)
    ((spending, asked_before),) = heard
    assert asked_before == 0
    assert len(actor.asked) == spending.calls
    assert sum(request.max_tokens for request in actor.asked) < spending.most_tokens


@pytest.mark.parametrize("name", COMPARING)
def test_a_hosted_model_is_asked_without_parameters_that_it_might_refuse(name: str) -> None:
    chatty = Chatty(says=agreeable, tier=Tier.HOSTED)
    small(name, chosen=choosing(chatty))
    assert {(one.temperature, one.seed, one.alternatives) for one in chatty.heard} == {
        (None, None, None)
    }


@pytest.mark.parametrize("actor", bad_actors())
@pytest.mark.parametrize("name", CHECKING)
def test_whatever_the_chosen_model_does_the_demo_goes_on_to_its_end(name: str, actor: str) -> None:
    stage = stage_of(width=78, chosen=choosing(bad_actors()[actor]))
    screen = play(name, stage)
    assert not COMMANDS.search(screen)
    assert len(screen) < 100_000
    assert stage.transcript


@pytest.mark.parametrize("name", CHECKING)
def test_a_model_that_cannot_be_reached_is_replaced_by_one_that_can(name: str) -> None:
    words = flat(small(name, chosen=choosing(bad_actors()["unreachable"])))
    assert "Nobody answers. Start the server." in words
    assert "RECORDED" in words or "built-in " in words


class Silent(Stage):
    """A stage whose built-in model ends every reply before it began."""

    def face(self, name: str) -> Provider:
        return Mute(super().face(name).card)


@dataclass
class Mute:
    """A model that says nothing."""

    card: Card

    def stream(self, request: Request) -> Events:
        yield Done(Ending.STOP, Usage(3, 0), self.card.model)


@pytest.mark.parametrize(
    ("name", "said", "times"),
    [
        ("mask", "(nothing: it ended at once)", 3),
        ("false-premise", "It wrote nothing and ended the line.", 1),
        ("few-shot", "A tiny model", 1),
        ("sycophancy", "A tiny model", 1),
    ],
)
def test_a_model_that_says_nothing_is_shown_to_say_nothing(
    name: str, said: str, times: int
) -> None:
    screen = play(name, Silent(terminal_to_text()), **SMALL[name])
    assert "A tiny model" in screen
    assert screen.count(said) >= times
