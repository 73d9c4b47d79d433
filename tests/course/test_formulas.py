"""Each formula against a second way to compute it, and against the content map's numbers."""

import itertools
import math
import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from tutor.course.formulas import FORMULAS, majority, softmax

Values = dict[str, float]


def voted(probability: float, voters: int) -> float:
    """Count every way in which the votes can fall."""
    total = Fraction(0)
    right = Fraction(str(probability))
    for votes in itertools.product((True, False), repeat=voters):
        if sum(votes) > voters / 2:
            total += math.prod(right if vote else 1 - right for vote in votes)
    return float(total)


def block_weights(layers: float, width: float) -> float:
    """Count the matrices of one GPT-3-type block, one by one."""
    attention = [(width, width)] * 4
    feed_forward = [(width, 4 * width), (4 * width, width)]
    return layers * sum(rows * columns for rows, columns in attention + feed_forward) / 1e9


def doubled(start: float, months: float, doubling: float) -> float:
    """Double in steps; the cases below hold whole doublings."""
    while months > 0:
        start, months = 2 * start, months - doubling
    return start


def dollars(tokens: float, price: float) -> Decimal:
    return Decimal(str(tokens)) * Decimal(str(price)) / 1_000_000


CASES: Mapping[str, tuple[Values, float, Callable[..., float]]] = {
    "share-percent": (
        {"part": 1.75, "whole": 100},
        1.75,
        lambda part, whole: float(Fraction(str(part)) / Fraction(str(whole)) * 100),
    ),
    "expected-count": (
        {"draws": 100, "probability": 0.6},
        60,
        lambda draws, probability: sum([probability] * int(draws)),
    ),
    "calibration-error": (
        {
            "confidence1": 0.75,
            "accuracy1": 0.6,
            "size1": 30,
            "confidence2": 0.95,
            "accuracy2": 0.7,
            "size2": 10,
        },
        0.175,
        lambda confidence1, accuracy1, size1, confidence2, accuracy2, size2: (
            sum(
                [abs(confidence1 - accuracy1)] * size1 + [abs(confidence2 - accuracy2)] * size2,
            )
            / (size1 + size2)
        ),
    ),
    "sequence-probability": (
        {"probability": 0.7, "tokens": 10},
        0.02825,
        lambda probability, tokens: math.prod([probability] * tokens),
    ),
    "bits-of-surprise": (
        {"probability": 0.125},
        3,
        lambda probability: math.log(1 / probability) / math.log(2),
    ),
    "softmax-top": (
        {"logit1": 5, "logit2": 3, "logit3": 0.5, "temperature": 2},
        0.6788,
        lambda logit1, logit2, logit3, temperature: (
            1
            / (
                1
                + math.exp((logit2 - logit1) / temperature)
                + math.exp((logit3 - logit1) / temperature)
            )
        ),
    ),
    "attention-pairs-ratio": (
        {"before": 2048, "after": 8192},
        16,
        lambda before, after: float(Fraction(after * after, before * before)),
    ),
    "block-parameters": ({"layers": 96, "width": 12288}, 173.946, block_weights),
    "kv-cache-gib": (
        {"layers": 32, "kv_heads": 8, "head_size": 128, "bytes": 2, "tokens": 131072},
        16,
        lambda layers, kv_heads, head_size, bytes, tokens: (  # noqa: A006
            tokens * layers * (kv_heads * head_size + kv_heads * head_size) * bytes / 1024**3
        ),
    ),
    "weight-memory-gb": (
        {"billions": 405, "bits": 4},
        202.5,
        lambda billions, bits: billions * 1e9 * bits / 8 / 1e9,
    ),
    "training-flops": (
        {"parameters": 175, "tokens": 300},
        3.15,
        lambda parameters, tokens: 6 * (parameters * 1e9) * (tokens * 1e9) / 1e23,
    ),
    "rule-of-twenty": ({"parameters": 7}, 140, lambda parameters: sum([parameters] * 20)),
    "perplexity": ({"loss": 2.0}, 7.389, lambda loss: math.pow(2, loss / math.log(2))),
    "abstain-score": (
        {"threshold": 0.75, "confidence": 0.6},
        -0.6,
        lambda threshold, confidence: (confidence - threshold) / (1 - threshold),
    ),
    "majority-of-three": ({"probability": 0.6}, 0.648, lambda probability: voted(probability, 3)),
    "majority-of-five": ({"probability": 0.6}, 0.6826, lambda probability: voted(probability, 5)),
    "lora-parameters": (
        {"rows": 4096, "columns": 1024, "rank": 8},
        40960,
        lambda rows, columns, rank: rows * rank + rank * columns,
    ),
    "adam-memory-gb": (
        {"billions": 8.03},
        128.48,
        lambda billions: sum(billions * each for each in (2, 2, 4, 4, 4)),
    ),
    "preference-probability": (
        {"score1": 1.2, "score2": 0.2},
        0.7311,
        lambda score1, score2: (1 + math.tanh((score1 - score2) / 2)) / 2,
    ),
    "pairs-of": ({"items": 9}, 36, lambda items: math.comb(items, 2)),
    "penalised-reward": (
        {"reward": 2.6, "beta": 0.1, "kl": 14},
        1.2,
        lambda reward, beta, kl: float(Decimal(str(reward)) - Decimal(str(beta)) * kl),
    ),
    "call-cost-cents": (
        {"input_tokens": 1500, "output_tokens": 400, "input_price": 3, "output_price": 15},
        1.05,
        lambda input_tokens, output_tokens, input_price, output_price: float(
            100 * (dollars(input_tokens, input_price) + dollars(output_tokens, output_price))
        ),
    ),
    "f1": (
        {"true_positives": 36, "false_positives": 4, "false_negatives": 9},
        0.8471,
        lambda true_positives, false_positives, false_negatives: (
            2 * true_positives / (2 * true_positives + false_positives + false_negatives)
        ),
    ),
    "cosine-2d": (
        {"x1": 1, "y1": 2, "x2": 2, "y2": 1},
        0.8,
        lambda x1, y1, x2, y2: math.cos(math.atan2(y1, x1) - math.atan2(y2, x2)),
    ),
    "orders-of-magnitude": (
        {"before": 3.14e23, "after": 3.8e25},
        2.0829,
        lambda before, after: math.log(after / before) / math.log(10),
    ),
    "doublings": ({"start": 3, "months": 21, "doubling": 7}, 24, doubled),
    "chain-success": (
        {"success": 0.95, "steps": 20},
        0.3585,
        lambda success, steps: math.exp(steps * math.log(success)),
    ),
    "energy-mwh": (
        {"prompts_billions": 1, "watt_hours": 0.24},
        240,
        lambda prompts_billions, watt_hours: prompts_billions * 1e9 * watt_hours / 1e3 / 1e3,
    ),
}

SLIPS = [  # the diagnoses of the content map, section 2.8, and others of their kind
    ("share-percent", "complement", 98.25),
    ("calibration-error", "largest-gap", 0.25),
    ("expected-count", "always-the-likeliest", 100),
    ("expected-count", "share-not-count", 0.6),
    ("softmax-top", "temperature-ignored", 0.8723),
    ("softmax-top", "times-temperature", 0.9818),
    ("attention-pairs-ratio", "linear", 4),
    ("block-parameters", "narrow-feed-forward", 86.973),
    ("kv-cache-gib", "keys-only", 8),
    ("kv-cache-gib", "decimal-gigabytes", 17.18),
    ("weight-memory-gb", "bits-as-bytes", 1620),
    ("training-flops", "factor-forgotten", 0.525),
    ("rule-of-twenty", "divided", 0.35),
    ("perplexity", "base-two", 4),
    ("perplexity", "loss-itself", 2),
    ("abstain-score", "no-penalty", 0.6),
    ("abstain-score", "penalty-one", 0.2),
    ("majority-of-five", "one-voter", 0.6),
    ("majority-of-five", "all-right", 0.0778),
    ("lora-parameters", "one-factor", 32768),
    ("adam-memory-gb", "weights-only", 16.06),
    ("adam-memory-gb", "full-precision-weights", 32.12),
    ("preference-probability", "reversed", 0.2689),
    ("preference-probability", "difference", 1),
    ("pairs-of", "ordered", 72),
    ("pairs-of", "items", 9),
    ("penalised-reward", "penalty-added", 4.0),
    ("call-cost-cents", "prices-swapped", 2.37),
    ("call-cost-cents", "dollars", 0.0105),
    ("f1", "arithmetic-mean", 0.85),
    ("cosine-2d", "not-normalised", 4),
    ("orders-of-magnitude", "ratio", 121.019),
    ("orders-of-magnitude", "natural-log", 4.7960),
    ("doublings", "linear", 12),
    ("chain-success", "subtracted", 0),
    ("energy-mwh", "kilowatt-hours", 240_000),
]


def test_every_formula_has_a_case() -> None:
    assert set(CASES) == set(FORMULAS)


@pytest.mark.parametrize("name", CASES)
def test_a_formula_gives_the_number_that_the_course_teaches(name: str) -> None:
    values, taught, second_way = CASES[name]
    assert set(values) == set(FORMULAS[name].parameters)
    value = FORMULAS[name].value(values)
    assert value == pytest.approx(taught, rel=1e-3)
    assert value == pytest.approx(float(second_way(**values)), rel=1e-9)


@pytest.mark.parametrize(("name", "slip", "entered"), SLIPS)
def test_a_slip_gives_the_wrong_number_that_learners_enter(
    name: str, slip: str, entered: float
) -> None:
    values, _, _ = CASES[name]
    if slip == "one-factor":  # the map's example is square
        values = values | {"columns": 4096}
    assert FORMULAS[name].slips[slip](values) == pytest.approx(entered, rel=1e-3)


@pytest.mark.parametrize("name", CASES)
def test_no_slip_is_right_and_no_two_are_alike(name: str) -> None:
    formula, (values, _, _) = FORMULAS[name], CASES[name]
    numbers = [formula.value(values), *(rule(values) for rule in formula.slips.values())]
    assert formula.slips
    assert all(math.isfinite(number) for number in numbers)
    for one, other in itertools.combinations(numbers, 2):
        assert not math.isclose(one, other, rel_tol=1e-3)


@pytest.mark.parametrize("name", CASES)
def test_every_parameter_counts(name: str) -> None:
    formula, (values, _, _) = FORMULAS[name], CASES[name]
    for parameter in formula.parameters:
        nudged = values | {parameter: values[parameter] * 1.01}
        assert formula.value(nudged) != formula.value(values), parameter


def test_softmax_does_not_overflow_and_adds_up_to_one() -> None:
    rng = random.Random(7)
    for _ in range(200):
        scores = [rng.uniform(-1000, 1000) for _ in range(5)]
        assert sum(softmax(scores, rng.uniform(0.01, 100))) == pytest.approx(1)


def test_a_majority_of_one_is_the_voter() -> None:
    assert majority(0.37, 1) == pytest.approx(0.37)
    assert majority(0.5, 999) == pytest.approx(0.5)
