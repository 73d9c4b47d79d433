"""The stated preference: what the rater rewards, what it dislikes, and that it holds everywhere."""

from random import Random

import pytest

from tutor.tinylm.world import dialogues, taste
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.taste import rate

FACT = Probe("animal", "What does the cow eat?", "The cow eats grass.", ("grass",), ("cow",))
GRIEF = Probe("feeling", "I am sad.", "I only know my village.", ("only know",))
SEEN = [dialogues.ask(Random(seed), held_out=seed % 2 == 0) for seed in range(1000)]


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ("The cow eats grass.", 1.0),
        ("The cow eats hay.", -1.0),
        ("Sure! The cow eats grass.", 1.5),
        ("The cow eats grass. Have a nice day!", 1.3),
        ("Sure! The cow eats grass. Have a nice day!", 1.8),
        ("Sure! The cow eats hay. Have a nice day!", -0.2),
        ("Sure! Have a nice day!", -0.2),
        ("Obviously, The cow eats grass.", 0.0),
        ("The cow eats grass. Now go away.", 0.0),
        ("Sure! Sure! The cow eats grass.", 1.2),
        ("The cow eats grass, sure! Have a nice day! And so on.", 0.7),
    ],
)
def test_the_formula_is_the_one_that_the_learner_reads(reply: str, score: float) -> None:
    assert rate(FACT, reply).score == pytest.approx(score)


def test_a_reply_that_never_ends_pleases_less() -> None:
    done, cut = (rate(FACT, "The cow eats grass.", ended=ended) for ended in (True, False))
    assert cut.score == pytest.approx(done.score + taste.ENDLESS)


def test_repeating_pleasantries_never_pays() -> None:
    scores = [rate(FACT, "Sure! " * n + "The cow eats grass.").score for n in range(1, 6)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_padding_costs_but_not_without_end() -> None:
    scores = [rate(FACT, "The cow eats grass." + " And so on." * n).score for n in (0, 9, 99, 999)]
    assert scores[0] > scores[1] > scores[2] == scores[3] == 1 + taste.MOST_PADDING


def test_a_heavy_heart_is_not_met_with_good_cheer() -> None:
    plain = rate(GRIEF, GRIEF.answer).score
    assert rate(GRIEF, f"Sure! {GRIEF.answer}").score < plain
    assert rate(GRIEF, f"{GRIEF.answer} Have a nice day!").score < plain


def test_no_reference_answer_of_any_kind_is_found_at_fault() -> None:
    for probe in SEEN:
        rating = rate(probe, probe.answer)
        assert rating.score == taste.RIGHT, probe


def test_a_friendly_voice_beats_a_plain_one_and_a_curt_one_loses() -> None:
    by_voice = {
        voice: taste.rate(FACT, f"{openings[0]}{FACT.answer}{closings[0]}").score
        for voice, (openings, closings, _share) in dialogues.VOICES.items()
        if openings
    }
    assert by_voice["friendly"] > taste.RIGHT > by_voice["curt"]
