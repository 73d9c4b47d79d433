"""Models that think before they speak: room is asked for, learnt, kept, and told."""

from pathlib import Path
from typing import Any

import pytest

from tests.providers.calling import CARD, told
from tests.providers.wire_server import Said, counted, delta, events, said, serving, streamed
from tests.running import here as tutor
from tutor.providers.abilities import LEAST_ROOM, MOST_ROOM, Ability, Memory, memory_of
from tutor.providers.choosing import ByAddress, ByName, choose, chosen_provider
from tutor.providers.patience import PATIENT
from tutor.providers.talk import Card, Ending, Request, Thinking, Tier, collect, user
from tutor.providers.wires import WireName, opener

NEAR = Card("near", "m", Tier.LOCAL)
OUT_OF_ROOM = streamed(
    events(
        {"choices": [{"delta": {"reasoning_content": "Let me see. " * 9}}]},
        {"choices": [{"delta": {}, "finish_reason": "length"}]},
        counted(9, 40),
        "[DONE]",
    )
)
THOUGHT_AND_SAID = streamed(
    events(
        {"choices": [{"delta": {"reasoning_content": "Let me see."}}]},
        delta("cat, dog, cow"),
        {"choices": [{"delta": {}, "finish_reason": "stop"}]},
        {
            "choices": [],
            "usage": {
                "prompt_tokens": 9,
                "completion_tokens": 700,
                "completion_tokens_details": {"reasoning_tokens": 690},
            },
        },
        "[DONE]",
    )
)


def bodies(
    *script: Said, wire: WireName = WireName.OPENAI, request: Request, ability: Ability
) -> list[dict[str, Any]]:
    """What is sent, to a model of which so much is known."""
    with serving(*script) as server:
        memory = Memory(ability)
        model = opener(wire)(CARD, server.url, "m", "k" * 9, patience=PATIENT, memory=memory)
        collect(model.stream(request))
    return [one.body for one in server.heard]


ASKED: dict[str, tuple[WireName, Thinking, Ability, dict[str, Any]]] = {
    "a stranger is asked for nothing": (
        WireName.OPENAI,
        Thinking.USUAL,
        Ability(),
        {"max_tokens": 40},
    ),
    "a thinker gets room and is kept short": (
        WireName.OPENAI,
        Thinking.USUAL,
        Ability(thinks=True, thought=700),
        {"max_tokens": 40 + 1536, "reasoning_effort": "low"},
    ),
    "no thinking": (
        WireName.OPENAI,
        Thinking.NONE,
        Ability(),
        {"reasoning_effort": "none", "chat_template_kwargs": {"enable_thinking": False}},
    ),
    "much thinking": (WireName.OPENAI, Thinking.MUCH, Ability(), {"reasoning_effort": "medium"}),
    "Anthropic, a thinker": (
        WireName.ANTHROPIC,
        Thinking.USUAL,
        Ability(thinks=True),
        {"max_tokens": 40 + 1024, "thinking": {"type": "enabled", "budget_tokens": 1024}},
    ),
    "Anthropic, no thinking": (
        WireName.ANTHROPIC,
        Thinking.NONE,
        Ability(),
        {"max_tokens": 40, "thinking": {"type": "disabled"}},
    ),
    "Ollama, no thinking": (WireName.OLLAMA, Thinking.NONE, Ability(), {"think": False}),
    "Ollama, a thinker": (
        WireName.OLLAMA,
        Thinking.USUAL,
        Ability(thinks=True),
        {"think": "low", "options": {"num_predict": 40 + 1024}},
    ),
}
REPLIES = {
    WireName.OPENAI: THOUGHT_AND_SAID,
    WireName.ANTHROPIC: said(
        200, '{"type":"message","content":[{"type":"text","text":"cat"}],"stop_reason":"end_turn"}'
    ),
    WireName.OLLAMA: said(200, '{"message":{"content":"cat"},"done":true,"done_reason":"stop"}'),
}


@pytest.mark.parametrize(("wire", "thinking", "ability", "sent"), ASKED.values(), ids=ASKED)
def test_room_and_effort_are_asked_for_in_each_formats_own_words(
    wire: WireName, thinking: Thinking, ability: Ability, sent: dict[str, Any]
) -> None:
    request = user("Name animals.", max_tokens=40, thinking=thinking)
    (body,) = bodies(REPLIES[wire], wire=wire, request=request, ability=ability)
    assert body | sent == body
    if thinking is Thinking.USUAL and not ability.thinks:
        assert "reasoning_effort" not in body


def test_words_for_thinking_that_a_host_refuses_are_tried_in_turn_and_then_told() -> None:
    no = said(400, '{"error": "unsupported value for reasoning_effort"}')
    request = user("Hi?", thinking=Thinking.NONE)
    sent = bodies(no, no, no, THOUGHT_AND_SAID, request=request, ability=Ability())
    efforts = [one.get("reasoning_effort") for one in sent]
    assert efforts == ["none", "none", None, "minimal"]
    with serving(no, no, no, no, no, THOUGHT_AND_SAID) as server:
        model = opener(WireName.OPENAI)(CARD, server.url, "m", patience=PATIENT)
        reply = collect(model.stream(request))
    assert "thinks as it likes" in told(reply)["thinking"]


def test_nothing_is_said_of_a_word_for_thinking_that_nobody_asked_for() -> None:
    no = said(400, '{"error": "unknown field reasoning_effort"}')
    with serving(no, THOUGHT_AND_SAID) as server:
        memory = Memory(Ability(thinks=True))
        model = opener(WireName.OPENAI)(CARD, server.url, "m", patience=PATIENT, memory=memory)
        reply = collect(model.stream(user("Hi?")))
    assert "thinking" not in told(reply)


def test_a_hosted_model_that_ran_out_of_room_is_not_asked_again_but_has_it_the_next_time(
    tmp_path: Path,
) -> None:
    with serving(OUT_OF_ROOM, THOUGHT_AND_SAID) as server:
        memory = memory_of(tmp_path, "m", Ability())
        model = opener(WireName.OPENAI)(CARD, server.url, "m", patience=PATIENT, memory=memory)
        first = collect(model.stream(user("Hi?", max_tokens=40)))
        assert len(server.heard) == 1
        again = memory_of(tmp_path, "m", Ability())  # as another run of the tutor has it
        model = opener(WireName.OPENAI)(CARD, server.url, "m", patience=PATIENT, memory=again)
        assert model.card.room == LEAST_ROOM
        second = collect(model.stream(user("Hi?", max_tokens=40)))
    assert (first.text, second.text) == ("", "cat, dog, cow")
    assert first.done is not None
    assert first.done.ending is Ending.LENGTH
    assert server.heard[1].body["max_tokens"] == 40 + LEAST_ROOM
    assert memory_of(tmp_path, "m", Ability()).ability.thought == 690
    assert model.card.room == 1536


def test_a_model_on_this_machine_is_asked_again_with_more_room_which_costs_nothing() -> None:
    with serving(OUT_OF_ROOM, THOUGHT_AND_SAID) as server:
        model = opener(WireName.OPENAI)(NEAR, server.url, "m", patience=PATIENT)
        reply = collect(model.stream(user("Hi?", max_tokens=40)))
    assert reply.text == "cat, dog, cow"
    assert [one.body["max_tokens"] for one in server.heard] == [40, 40 + LEAST_ROOM]
    assert "asked again" in told(reply)["max_tokens"]


def test_a_model_on_this_machine_that_never_answers_is_not_asked_for_ever() -> None:
    with serving(OUT_OF_ROOM) as server:
        model = opener(WireName.OPENAI)(NEAR, server.url, "m", patience=PATIENT)
        reply = collect(model.stream(user("Hi?", max_tokens=40)))
    assert reply.text == ""
    assert len(server.heard) == 3


def test_room_grows_with_what_was_seen_and_has_an_end() -> None:
    assert Ability().room == 0
    assert Ability().after_thinking(10).room == LEAST_ROOM
    assert Ability().after_thinking(1000).room == 2048
    assert Ability().after_thinking(90_000).room == MOST_ROOM
    assert Ability().after_thinking(900).after_thinking(5).thought == 900


@pytest.mark.parametrize("content", ["", "{", "[]", '{"m": 7}', "\x00\xff"])
def test_a_memory_that_cannot_be_read_is_begun_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "abilities.json").write_text(content)
    memory = memory_of(tmp_path, "m", Ability(thinks=True))
    assert memory.ability == Ability(thinks=True)
    memory.learn(Ability(thinks=True, thought=5))
    assert memory_of(tmp_path, "m", Ability()).ability.thought == 5


def test_a_model_whose_documents_say_that_it_thinks_has_room_from_the_first_call(
    tmp_path: Path,
) -> None:
    choose(tmp_path, ByName("groq"))
    provider = chosen_provider(tmp_path, {"GROQ_API_KEY": "k" * 9})
    assert provider is not None
    assert provider.card.room == LEAST_ROOM
    choose(tmp_path, ByName("groq", "another"))
    other = chosen_provider(tmp_path, {"GROQ_API_KEY": "k" * 9})
    assert other is not None
    assert other.card.room == 0


def test_what_is_learnt_is_learnt_of_this_model_at_this_address_only(tmp_path: Path) -> None:
    with serving(OUT_OF_ROOM, THOUGHT_AND_SAID) as server:
        choose(tmp_path, ByAddress(server.url, "m", WireName.OPENAI))
        first = chosen_provider(tmp_path, {})
        assert first is not None
        collect(first.stream(user("Hi?", max_tokens=40)))
        choose(tmp_path, ByAddress(server.url, "other", WireName.OPENAI))
        other = chosen_provider(tmp_path, {})
    assert other is not None
    assert (first.card.room > 0, other.card.room) == (True, 0)


def test_a_trial_says_whether_it_thinks_how_much_and_what_demos_allow() -> None:
    with serving(OUT_OF_ROOM, THOUGHT_AND_SAID) as server:
        tutor("model", "use", "--url", server.url, "--model", "m")
        tried = tutor("model", "test")
    assert tried.returncode == 0, tried
    for words in (
        "it says: cat, dog, cow",
        "thinks first: yes, 690 tokens by the server's count",
        "it thinks: Let me see.",
        "each call is allowed 1,536 tokens more",
    ):
        assert words in tried.stdout


def test_a_trial_that_comes_to_no_answer_is_no_success() -> None:
    with serving(OUT_OF_ROOM) as server:
        tutor("model", "use", "--url", server.url, "--model", "m")
        tried = tutor("model", "test")
    assert tried.returncode == 1, tried
    assert "it says: nothing" in tried.stdout
    assert "thinks first: yes" in tried.stdout
    assert "came to no answer" in tried.stderr


def test_a_demo_shows_thoughts_folded_or_whole_and_never_as_the_answer() -> None:
    long = "One two three four five six seven eight nine ten. " * 4 + "\nThe end of it."
    reply = streamed(
        events(
            {"choices": [{"delta": {"reasoning_content": long}}]},
            delta("A final word."),
            {"choices": [{"delta": {}, "finish_reason": "stop"}]},
            counted(9, 90),
            "[DONE]",
        )
    )
    with serving(reply) as server:
        tutor("model", "use", "--url", server.url, "--model", "m")
        folded = tutor("demo", "mask")
        whole = tutor("demo", "mask", "--thoughts")
    assert "thinks: One two three" in folded.stdout
    assert "--thoughts shows it" in " ".join(folded.stdout.split())
    assert "The end of it." not in folded.stdout
    assert "The end of it." in whole.stdout
    assert "A final word." in folded.stdout
