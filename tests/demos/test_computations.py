"""What the demos compute, against a second way to compute it."""

import itertools
import math
import random
from collections import Counter

import pytest

from tests.demos.examples import shown
from tutor.demos import (
    answer_or_abstain,
    attention_table,
    bpe_merges,
    bradley_terry,
    cosine_search,
    gradient_steps,
    growth_rates,
    over_optimisation,
    scaling_curve,
    tuning_memory,
)
from tutor.demos.parts.best_policy import best_policy, divergence, expected
from tutor.demos.parts.vectors import cosine
from tutor.screen.tables import short, spelt
from tutor.sums.information import entropy
from tutor.sums.intervals import wilson

RNG = random.Random(20261121)


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    for _ in range(50):
        weight, x, y = (RNG.uniform(-5, 5) for _ in range(3))
        rise = gradient_steps.loss(weight + 1e-6, x, y) - gradient_steps.loss(weight - 1e-6, x, y)
        assert gradient_steps.gradient(weight, x, y) == pytest.approx(rise / 2e-6, abs=1e-4)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.05, "goes down steadily"),
        (0.125, "right in one step"),
        (0.2, "overshoots each time, but settles"),
        (0.25, "jumps to and fro for ever"),
        (0.3, "too large, the loss grows at every step"),
    ],
)
def test_a_rate_does_what_is_said_of_it(rate: float, words: str) -> None:
    settings = gradient_steps.Settings(weight=0.5, x=2, y=3, rates=(rate,), steps=20)
    losses = [gradient_steps.loss(w, 2, 3) for w in gradient_steps.descend(settings, rate)]
    assert gradient_steps.verdict(settings, rate) == words
    if words.startswith("too large"):
        assert all(later > sooner for sooner, later in itertools.pairwise(losses))
    elif words.startswith("jumps"):
        assert losses == pytest.approx([4] * 21)
    else:
        assert losses[-1] < 1e-2


def test_a_weight_that_is_right_already_stays() -> None:
    settings = gradient_steps.Settings(weight=1.5, x=2, y=3, rates=(9,), steps=3)
    assert gradient_steps.verdict(settings, 9) == "the gradient is 0, nothing moves"
    assert gradient_steps.descend(settings, 9) == [1.5] * 4


def merged_the_slow_way(vocabulary: dict[str, int], merges: int) -> list[tuple[str, str]]:
    """Sennrich, Haddow and Birch (2016), algorithm 1, on texts with blanks between pieces."""
    learned = []
    spaced = {" ".join((*word, "_")): count for word, count in vocabulary.items()}
    for _ in range(merges):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, count in spaced.items():
            pieces = word.split()
            for i in range(len(pieces) - 1):
                pairs[pieces[i], pieces[i + 1]] += count
        if not pairs:
            break
        best = max(pairs, key=lambda pair: pairs[pair])
        learned.append(best)
        spaced = {replaced(word.split(), best): count for word, count in spaced.items()}
    return learned


def replaced(pieces: list[str], pair: tuple[str, str]) -> str:
    out, i = [], 0
    while i < len(pieces):
        size = 2 if tuple(pieces[i : i + 2]) == pair else 1
        out.append("".join(pieces[i : i + size]))
        i += size
    return " ".join(out)


def test_merges_are_those_of_the_published_algorithm() -> None:
    for _ in range(100):
        words = {"".join(RNG.choices("ab", k=RNG.randint(1, 8))) for _ in range(4)}
        vocabulary = {word: RNG.randint(1, 5) for word in sorted(words)}
        start = [bpe_merges.read_word(f"{word} {count}") for word, count in vocabulary.items()]
        learned, pieces = bpe_merges.learn(start, 10)
        assert [merge.pair for merge in learned] == merged_the_slow_way(vocabulary, 10)
        assert [word.text for word in pieces] == list(vocabulary)


def test_overlapping_pairs_are_joined_from_the_left() -> None:
    assert bpe_merges.join("aaa", ("a", "a")) == ("aa", "a")
    assert bpe_merges.join("aaaa", ("a", "a")) == ("aa", "aa")


def test_merging_stops_when_every_word_is_one_piece() -> None:
    screen = shown("bpe-merges", {"words": ("ab 2",), "merges": "9"})
    assert "No pair is left" in screen
    assert "ab: ab_" in screen


def test_a_token_never_looks_ahead_behind_the_causal_mask() -> None:
    vectors = [tuple(RNG.uniform(-2, 2) for _ in range(3)) for _ in range(5)]
    causal = attention_table.attention(vectors, vectors, causal=True)
    full = attention_table.attention(vectors, vectors, causal=False)
    for place, (masked, open_) in enumerate(zip(causal, full, strict=True)):
        assert not any(masked[place + 1 :])
        assert sum(masked) == pytest.approx(1)
        kept = [weight / sum(open_[: place + 1]) for weight in open_[: place + 1]]
        assert masked[: place + 1] == pytest.approx(kept)


def test_attention_without_a_mask_is_the_map_s() -> None:
    vectors = [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    weights = attention_table.attention(vectors, vectors, causal=False)
    assert weights[0] == pytest.approx([0.4011, 0.1978, 0.4011], abs=5e-5)
    mixed = attention_table.mix(weights[0], [(10, 0), (0, 10), (5, 5)])
    assert mixed == pytest.approx((6.0167, 3.9833), abs=5e-5)


def test_entropy_lies_between_certain_and_even() -> None:
    assert entropy([1, 0]) == 0
    assert entropy([0.25] * 4) == 2


def test_answering_pays_exactly_above_the_threshold() -> None:
    for threshold, sure in itertools.product((0.1, 0.5, 0.75, 0.9), repeat=2):
        score = answer_or_abstain.expected_score(threshold, sure)
        choice = answer_or_abstain.advice(threshold, sure)
        assert choice == ("either" if threshold == sure else "answer" if score > 0 else "abstain")
    assert "0.00  either" in shown(
        "answer-or-abstain", {"thresholds": ("0.75",), "confidences": ("0.75",)}
    )


def test_ten_times_the_size_leaves_the_share_that_is_said() -> None:
    law = scaling_curve.Settings(floor=1.69, constant=4.7e7, exponent=0.34, sizes=(1e8, 1e9))
    left = (scaling_curve.loss(law, 1e9) - 1.69) / (scaling_curve.loss(law, 1e8) - 1.69)
    assert left == pytest.approx(0.457, abs=5e-4)


def test_tuning_takes_sixteen_bytes_a_parameter() -> None:
    parts = [tuning_memory.gigabytes(7.06e10, each) for _, each in tuning_memory.ADAM]
    assert sum(parts) == pytest.approx(1129.6)


def likelihood(scores: dict[str, float], wins: bradley_terry.Wins) -> float:
    return sum(
        count * math.log(bradley_terry.preferred(scores[winner], scores[loser]))
        for (winner, loser), count in wins.items()
    )


def test_no_other_scores_make_the_votes_likelier() -> None:
    for _ in range(20):
        wins = {pair: RNG.randint(1, 9) for pair in itertools.permutations("ABCD", 2)}
        scores, rounds = bradley_terry.fit(wins)
        assert rounds < bradley_terry.ROUNDS
        assert sum(scores.values()) == pytest.approx(0, abs=1e-9)
        for name, nudge in itertools.product(scores, (-0.01, 0.01)):
            nudged = scores | {name: scores[name] + nudge}
            assert likelihood(nudged, wins) < likelihood(scores, wins)


def test_two_answers_are_scored_by_the_share_of_votes() -> None:
    scores, _ = bradley_terry.fit({("A", "B"): 3, ("B", "A"): 1})
    assert scores["A"] - scores["B"] == pytest.approx(math.log(3))  # map N11: 75 % is ln 3


def test_the_most_lopsided_votes_are_fitted_in_time() -> None:
    chain = [f"{a} {b} 100" for a, b in itertools.pairwise("ABCDEF")]
    wins = bradley_terry.read_votes(bradley_terry.Settings((*chain, "F A 1")).votes)
    _, rounds = bradley_terry.fit(wins)
    assert rounds < bradley_terry.ROUNDS


def test_a_circle_of_votes_makes_all_equal() -> None:
    scores, _ = bradley_terry.fit({("A", "B"): 2, ("B", "C"): 2, ("C", "A"): 2})
    assert list(scores.values()) == pytest.approx([0, 0, 0], abs=1e-9)


def test_no_other_policy_trades_better() -> None:
    reference, rewards, beta = [0.5, 0.3, 0.15, 0.05], [0, 1, 1.5, 3], 0.5

    def worth(policy: list[float]) -> float:
        penalty = beta * divergence(policy, reference)
        return expected(policy, rewards) - penalty

    best = best_policy(reference, rewards, beta)
    assert sum(best) == pytest.approx(1)
    for one, other in itertools.permutations(range(4), 2):
        moved = list(best)
        moved[one] += 0.005
        moved[other] -= 0.005
        assert worth(moved) < worth(best)


def test_a_tiny_beta_does_not_overflow() -> None:
    policy = best_policy([0.5, 0.5], [-100, 100], 0.01)
    assert policy == [0, 1]
    assert divergence(policy, [0.5, 0.5]) == pytest.approx(math.log(2))


def test_gold_is_highest_where_it_is_said() -> None:
    for gold, slope, peak in (
        (over_optimisation.picked, 0.08, 1 / (2 * 0.08)),
        (over_optimisation.trained, 0.4, math.exp(1 / 0.4 - 1)),
    ):
        assert all(gold(slope, peak + step) < gold(slope, peak) for step in (-0.1, 0.1))


def test_a_policy_that_was_trained_loses_gold_more_slowly_than_one_that_picks() -> None:
    """At twice the peak the parabola is back at zero; the other form is so at e times its peak."""
    assert over_optimisation.picked(0.1, 10) == pytest.approx(0)
    assert over_optimisation.trained(0.4, math.exp(1 / 0.4)) == pytest.approx(0)
    assert over_optimisation.trained(0.4, 2 * math.exp(1 / 0.4 - 1)) > 1


def test_the_ends_of_an_interval_are_just_not_refuted() -> None:
    for right, count in ((42, 50), (18, 20), (1, 3), (500, 1000)):
        for end in wilson(right, count):
            error = math.sqrt(end * (1 - end) / count)  # the score test, turned round
            assert abs(right / count - end) == pytest.approx(1.96 * error)
    low, high = wilson(0, 10)
    assert low == 0
    assert high == pytest.approx(0.2775, abs=1e-4)


def test_cosine_forgets_length_and_keeps_direction() -> None:
    assert cosine((1, 2, 0), (10, 20, 0)) == pytest.approx(1)
    assert cosine((1, 0), (0, 3)) == 0
    assert cosine((1, 1), (-1, -1)) == pytest.approx(-1)
    screen = shown("cosine-search", {"query": "1 2", "documents": ("far -1 -2", "near 1 1.9")})
    assert screen.index("near") < screen.index("far")
    assert cosine_search.Settings("1 2", ("x 0 1",))


def test_orders_of_magnitude_add_up_where_factors_multiply() -> None:
    apart = growth_rates.magnitudes(4.5, 4) + growth_rates.magnitudes(3, 4)
    assert growth_rates.magnitudes(13.5, 4) == pytest.approx(apart)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (0.16, "0.16"),
        (-8, "-8"),
        (1300, "1,300"),
        (33215.0625, "33,215"),
        (4.29e9, "4.29e9"),
        (1.02e-5, "1.02e-5"),
        (1e23, "1e23"),
        (1e10, "1e10"),
    ],
)
def test_a_number_is_written_short(number: float, words: str) -> None:
    assert short(number) == words


def test_large_numbers_are_written_in_words() -> None:
    assert spelt(6.93e10) == "69.3 billion"
    assert spelt(1e6) == "1 million"
    assert spelt(9.9999e11) == "1 trillion"
    assert spelt(512) == "512"
    assert spelt(3e18) == "3e18"
