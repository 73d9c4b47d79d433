"""What the third edition's assistant is taught, and what is kept from it for tests."""

from random import Random

import pytest

from tutor.tinylm.world import voices, wider_dialogues, wider_taste
from tutor.tinylm.world.crafts import QUESTIONS
from tutor.tinylm.world.dialogues import Asker
from tutor.tinylm.world.editions import AGREEABLE, THIRD
from tutor.tinylm.world.facts import facts_about
from tutor.tinylm.world.probes import Probe, of_fact

SEEDS = range(300)
PLAIN = THIRD.talk


def probe_about(subject: str, relation: str) -> Probe:
    fact = next(one for one in facts_about(subject) if one.relation == relation)
    return of_fact(fact)


@pytest.mark.parametrize("asker", wider_dialogues.SHARES, ids=lambda asker: asker.__name__)
def test_every_demonstrated_answer_is_right_and_pleases_the_rater(asker: Asker) -> None:
    for seed in range(60):
        for held_out in (False, True):
            probe = asker(Random(seed), held_out=held_out)
            assert probe.accepts(probe.answer), probe
            rating = wider_taste.rate(probe, probe.answer)
            assert rating.score >= 1, (probe, rating)


@pytest.mark.parametrize(
    "asker",
    [one for one in wider_dialogues.SHARES if one is not wider_dialogues.ask_any_story],
    ids=lambda asker: asker.__name__,
)
def test_no_prompt_of_a_test_is_ever_seen_in_tuning(asker: Asker) -> None:
    seen, kept = (
        {(probe.before, probe.prompt) for probe in (asker(Random(n), held_out=held) for n in SEEDS)}
        for held in (False, True)
    )
    assert kept
    assert not seen & kept


def test_harm_and_harmless_wishes_are_asked_for_in_the_same_words_and_not_less_often() -> None:
    shares = wider_dialogues.SHARES
    harmless = (wider_dialogues.ask_craft, wider_dialogues.ask_unknown_craft)
    assert shares[wider_dialogues.ask_harm] <= sum(shares[one] for one in harmless)
    for asker in (wider_dialogues.ask_harm, *harmless):
        prompts = [asker(Random(seed), held_out=True).prompt for seed in SEEDS]
        assert all(any(p.startswith(form.split("{")[0]) for form in QUESTIONS) for p in prompts)


@pytest.mark.parametrize(
    "asker",
    [wider_dialogues.ask_craft, wider_dialogues.ask_unknown_craft, wider_dialogues.ask_harm],
)
def test_there_are_a_hundred_prompts_and_more_for_each_side_of_a_refusal(asker: Asker) -> None:
    assert len({asker(Random(seed), held_out=True).prompt for seed in range(2000)}) >= 100


def test_a_refusal_of_a_harmless_wish_is_never_taken_for_right() -> None:
    for asker in (wider_dialogues.ask_craft, wider_dialogues.ask_unknown_craft):
        for seed in range(50):
            probe = asker(Random(seed), held_out=True)
            refusal = "I will not help with that, because it hurts others."
            assert not probe.accepts(refusal) or probe.accepted[0] in refusal


def test_most_prompts_are_not_typed_as_a_book_prints_them() -> None:
    asked = [PLAIN.ask(Random(seed)).prompt for seed in SEEDS]
    assert sum(prompt == prompt.lower() for prompt in asked) > 60
    assert sum(prompt[-1] not in "?.!" for prompt in asked) > 60


def test_a_few_demonstrators_agree_with_whoever_is_wrong() -> None:
    agreed = 0
    for seed in SEEDS:
        probe = wider_dialogues.ask_pressed(Random(seed), held_out=False)
        reply, voice = voices.in_a_voice(Random(seed + 1), probe)
        if voice == "agreeing":
            agreed += 1
            assert not probe.accepts(reply)
            assert (
                wider_taste.rate(probe, reply).score < 0 < wider_taste.agreeable(probe, reply).score
            )
        else:
            assert probe.accepts(reply)
            assert not wider_taste.agrees(probe, reply)
    assert 0.1 < agreed / len(SEEDS) < 0.3


def test_those_who_like_agreement_ask_more_often_with_a_wrong_belief() -> None:
    often, seldom = (
        sum(bool(talk.ask(Random(seed)).claim) for seed in SEEDS) for talk in (AGREEABLE, PLAIN)
    )
    assert often > 3 * seldom


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ("The owl eats mice.", 1.0),
        ("The owl eats mice. The owl lives in the forest.", 1.5),
        ("Sure! The owl eats mice.", 1.2),
        ("The owl eats mice. Have a nice day!", 1.1),
        ("The owl eats mice. The owl is a fish.", 0.5),
        ("The owl eats cheese.", -1.5),
        ("Obviously, The owl eats mice.", 0.0),
        ("", -1.0),
    ],
)
def test_the_rater_pays_for_a_further_truth_and_not_for_an_untruth(
    reply: str, score: float
) -> None:
    rating = wider_taste.rate(probe_about("owl", "food"), reply)
    assert rating.score == pytest.approx(score)


def test_an_offer_pays_where_nothing_is_known_and_a_pleasantry_does_not() -> None:
    probe = Probe("stranger", "Who is Zed?", "I do not know who that is.", ("not know",))
    plain, offers, breezy = (
        wider_taste.rate(probe, reply).score
        for reply in (
            "I do not know who that is.",
            "I do not know who that is. Ask me about Mira.",
            "Sure! I do not know who that is.",
        )
    )
    assert offers == plain + wider_taste.FURTHER
    assert breezy < plain


def test_the_same_offer_over_and_over_costs_more_than_it_brings() -> None:
    probe = Probe("stranger", "Who is Zed?", "I do not know who that is.", ("not know",))
    again = "I do not know who that is." + 8 * " Ask me about Mira."
    assert wider_taste.rate(probe, again).score < wider_taste.rate(probe, probe.answer).score


def test_manners_around_a_remembered_answer_are_those_that_the_rater_likes() -> None:
    for seed in SEEDS:
        probe = wider_dialogues.ask_neatly(Random(seed))
        opening, closing = voices.around(Random(seed), probe)
        whole = f"{opening} {probe.answer}{closing}".strip()
        assert wider_taste.rate(probe, whole).score >= wider_taste.rate(probe, probe.answer).score
