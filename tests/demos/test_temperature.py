"""Rules for drawing: what is kept, what is removed, what a model takes."""

import pytest

from tests.demos.models import Tight
from tests.demos.playing import choosing, flat, play, stage_of, typing
from tutor.demos import temperature
from tutor.demos.parts.next_tokens import every_chance, next_scores
from tutor.providers.built_in import built_in
from tutor.providers.terms import Letter, Terms
from tutor.stage.dial import read_values
from tutor.stage.stage import Spending
from tutor.tinylm.sampling import Sampler


@pytest.mark.parametrize("text", ["The cat", "2 + 2 =", "x" * 50])
@pytest.mark.parametrize(
    "sampler",
    [
        Sampler(),
        Sampler(temperature=0),
        Sampler(temperature=0.3),
        Sampler(temperature=2),
        Sampler(top_k=5),
        Sampler(top_p=0.5),
        Sampler(temperature=1.5, top_k=50, top_p=0.9),
    ],
)
def test_chances_add_up_to_one_under_every_rule(text: str, sampler: Sampler) -> None:
    base = built_in("base")
    scores = next_scores(base, text)
    after = temperature.reshape(base, scores, sampler)
    assert sum(one.probability for one in after.chances) == pytest.approx(1, abs=1e-4)
    assert len(after.chances) <= after.kept <= len(scores)
    assert sorted(after.chances, key=lambda one: -one.log_probability) == list(after.chances)


def test_a_rule_says_how_many_tokens_it_removed() -> None:
    base = built_in("base")
    scores = next_scores(base, "The cat")
    before = every_chance(base, scores)
    cut = temperature.reshape(base, scores, Sampler(top_k=5))
    assert cut.kept == 5
    assert cut.lost == pytest.approx(sum(one.probability for one in before[5:]), abs=1e-4)
    assert f"{len(scores) - 5:,} of {len(scores):,}" in play("temperature", stage_of())
    cold = temperature.reshape(base, scores, Sampler(temperature=0.05))
    assert (cold.kept, cold.lost) == (len(scores), 0)  # too rare to be drawn is not forbidden


@pytest.mark.parametrize(
    ("typed", "sampler"),
    [
        ("0.7 40 0.9", Sampler(temperature=0.7, top_k=40, top_p=0.9)),
        ("0.7, 40, 0.9", Sampler(temperature=0.7, top_k=40, top_p=0.9)),
        ("2", Sampler(temperature=2)),
        ("0", Sampler(temperature=0)),
        ("warm", None),
        ("9", None),
        ("1 -1", None),
        ("1 5 0", None),
        ("nan", None),
        ("1 inf", None),
        ("1 2 0.5 3", None),
    ],
)
def test_rules_are_typed_as_three_numbers(typed: str, sampler: Sampler | None) -> None:
    values = read_values(typed, temperature.DIALS, (1.0, 0.0, 1.0))
    assert values == (sampler and (sampler.temperature, sampler.top_k, sampler.top_p))


def test_a_typed_rule_is_tried_and_a_wrong_one_explained() -> None:
    shown = play("temperature", stage_of(ask=typing("warm", "0.5 3")))
    assert "Wanted: temperature (0 to 5), top-k (all to 1,000), top-p (0.01 to 1)" in flat(shown)
    assert "temperature 0.5, top-k 3" in shown


def test_a_refused_temperature_is_a_finding_and_not_an_error() -> None:
    seen: list[Spending] = []
    stage = stage_of(chosen=choosing(Tight(), seen))
    shown = " ".join(play("temperature", stage, calls=3).split())
    assert "did not take the temperature" in shown
    assert "at its own setting" in shown
    assert seen[0].calls == 6


def test_only_a_temperature_left_out_counts_as_refused() -> None:
    refusing, letter = Terms(refused={"temperature"}), Letter("")
    refusing.put(letter, "temperature", 0.2)
    assert [temperature.is_refusal(one) for one in letter.adjusted] == [True]
    capped, other = Terms(most={"temperature": 1.0}), Letter("")
    capped.put(other, "temperature", 1.2)
    unseen = capped.unseen(other)
    assert [temperature.is_refusal(one) for one in (*other.adjusted, *unseen)] == [False, False]


def test_a_model_that_obeys_is_compared_cool_and_warm() -> None:
    stage = stage_of("Tell me a story.", chosen=choosing(built_in("sft"), []))
    shown = " ".join(play("temperature", stage, calls=3).split())
    assert "temperature 0.2: " in shown
    assert "temperature 1.2: " in shown
    assert "when warm" in shown


def test_another_seed_draws_other_tokens() -> None:
    screens = {play("temperature", stage_of("Once upon a time", seed=seed)) for seed in range(4)}
    assert len(screens) > 1
