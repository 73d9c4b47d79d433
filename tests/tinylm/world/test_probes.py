"""Every question that the world can ask has a truth, and the truth passes its own check."""

import re
from random import Random

import pytest

from tutor.tinylm.world import dialogues, exercises, outside, probes
from tutor.tinylm.world.exercises import NOUNS, Writer, spelling_held_out
from tutor.tinylm.world.probes import Probe

BASE = [probe for some in probes.base_probes(30).values() for probe in some]
HELD_OUT = dialogues.held_out_probes(15)


def test_the_reference_answer_of_every_probe_is_accepted() -> None:
    told = probes.told_fact_probes() + probes.withheld_fact_probes() + probes.reversal_probes()
    held_out = [probe for some in HELD_OUT.values() for probe in some]
    for probe in (*told, *BASE, *held_out, *probes.misconception_probes(pressed=True)):
        assert probe.accepts(probe.answer), probe


@pytest.mark.parametrize(
    ("probe", "reply"),
    [
        (Probe("sum-1", "", "", ("= 4",)), "2 + 2 = 42"),
        (Probe("animal", "", "", ("fish",), ("cat",)), "The dog eats fish."),
        (Probe("animal", "", "", ("fish",), ("cat",)), "The cat eats fishes."),
        (
            Probe("list", "", "", members=frozenset({"owl", "hen", "crow"})),
            "1. Owl\n2. Owl\n3. Hen",
        ),
        (
            Probe("list", "", "", members=frozenset({"owl", "hen", "crow"})),
            "1. Owl\n2. Cat\n3. Hen",
        ),
        (Probe("stranger", "", "", ("not know",), ("Zed",)), "I do not know Mira."),
    ],
)
def test_a_reply_that_only_looks_right_is_refused(probe: Probe, reply: str) -> None:
    assert not probe.accepts(reply)


def test_told_and_withheld_facts_do_not_overlap() -> None:
    told = {probe.prompt for probe in probes.told_fact_probes()}
    assert told.isdisjoint(probe.prompt for probe in probes.withheld_fact_probes())


def test_fine_tuning_never_sees_what_is_held_out() -> None:
    rng = Random(3)
    prompts = [dialogues.ask(rng).prompt for _ in range(4000)]
    secret = {probe.prompt for probe in probes.withheld_fact_probes()}
    secret |= {probe.prompt for kind in ("off-topic", "feeling") for probe in HELD_OUT[kind]}
    assert secret.isdisjoint(prompts)
    text = " ".join(prompts).lower()
    assert not [name for name in outside.NOBODY if f" {name.lower()} " in text]


def test_every_family_has_held_out_prompts_of_its_own() -> None:
    for kind, some in HELD_OUT.items():
        assert len({probe.prompt for probe in some}) == len(some) >= 5, kind


def test_a_voice_adds_only_before_and_after() -> None:
    rng = Random(2)
    for _ in range(300):
        probe = dialogues.ask(rng)
        reply, voice = dialogues.in_a_voice(rng, probe)
        assert probe.answer in reply
        assert (reply == probe.answer) == (voice == "plain")


def test_nobody_is_breezy_to_a_heavy_heart_or_opens_a_greeting_with_sure() -> None:
    rng = Random(4)
    for _ in range(200):
        assert dialogues.in_a_voice(rng, dialogues.ask_feeling(rng, held_out=False))[1] == "plain"
        greeting = dialogues.ask_greeting(rng, held_out=False)
        assert dialogues.in_a_voice(rng, greeting)[0].startswith(greeting.answer)


@pytest.mark.parametrize(
    ("forward", "backward"), list(zip(exercises.FORWARD, exercises.BACKWARD, strict=True))
)
def test_the_same_question_is_asked_of_texts_told_either_way(
    forward: Writer, backward: Writer
) -> None:
    there, back = forward(Random(1)), backward(Random(1))
    assert there.kind == back.kind
    for one, after in ((there, True), (back, False)):
        key = one.question.rstrip("?").split()[-1]
        assert (one.text.index(one.accepted) > one.text.index(key)) is after


def test_a_user_tells_it_forward_as_often_as_backward() -> None:
    rng, kinds = Random(5), {make(Random(1)).kind for make in exercises.FORWARD}
    asked = [dialogues.ask_reading(rng, held_out=False) for _ in range(2000)]
    lookups = [probe.prompt for probe in asked if probe.kind in kinds]
    told = re.compile(r"belongs to|^At the|^The \w+ of")
    share = sum(bool(told.search(prompt)) for prompt in lookups) / len(lookups)
    assert 0.45 < share < 0.55


def test_some_words_are_never_spelled() -> None:
    share = sum(map(spelling_held_out, NOUNS)) / len(NOUNS)
    assert 0.15 < share < 0.45


def test_a_few_shot_page_ends_where_the_answer_begins() -> None:
    shot, asked = BASE[:2]
    page = probes.as_quiz(asked, [shot])
    assert page.startswith(f"Quiz\nQ: {shot.prompt}\nA: {shot.answer}\n")
    assert page.endswith(f"Q: {asked.prompt}\nA:")


def test_an_unspelled_word_has_its_letters_for_an_answer() -> None:
    probe = probes.unspelled_probes()[0]
    word = probe.prompt.removeprefix("Spell ").removesuffix(".")
    assert probe.accepts(" ".join(word))
    assert not probe.accepts(word)
