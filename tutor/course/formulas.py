"""The closed set of formulas that a number question may draw its answer from.

A lesson names a formula and lists values for its parameters; it holds no code. Each formula also
knows the slips that learners make, so that a wrong number can be told from a typing error.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Values = Mapping[str, float]
Rule = Callable[[Values], float]


@dataclass(frozen=True)
class Formula:
    """How to compute an answer, and the wrong answers that known slips lead to."""

    parameters: tuple[str, ...]
    value: Rule
    slips: Mapping[str, Rule]


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Turn scores into probabilities: exp(score / temperature), divided by their sum."""
    top = max(scores)  # taken off first, so that exp cannot overflow; the quotient stays the same
    powers = [math.exp((score - top) / temperature) for score in scores]
    return [power / sum(powers) for power in powers]


def majority(probability: float, voters: int) -> float:
    """How likely it is that more than half of independent voters are right."""
    return math.fsum(
        math.comb(voters, right) * probability**right * (1 - probability) ** (voters - right)
        for right in range(voters // 2 + 1, voters + 1)
    )


def _expected_error(v: Values) -> float:
    """Expected calibration error of two bins: size-weighted mean of |confidence - accuracy|."""
    first = abs(v["confidence1"] - v["accuracy1"]) * v["size1"]
    second = abs(v["confidence2"] - v["accuracy2"]) * v["size2"]
    return (first + second) / (v["size1"] + v["size2"])


def _unweighted_error(v: Values) -> float:
    gaps = abs(v["confidence1"] - v["accuracy1"]) + abs(v["confidence2"] - v["accuracy2"])
    return gaps / 2


def _top(v: Values, temperature: float) -> float:
    return softmax([v["logit1"], v["logit2"], v["logit3"]], temperature)[0]


def _block_parameters(v: Values) -> float:
    """Attention has 4 matrices of width x width, the feed-forward part 8: 12 a layer."""
    return 12 * v["layers"] * v["width"] ** 2 / 1e9


def _cache_bytes(v: Values) -> float:
    """Keys and values: two numbers a layer, KV head, place in the head and token."""
    return 2 * v["layers"] * v["kv_heads"] * v["head_size"] * v["bytes"] * v["tokens"]


def _training_flops(v: Values) -> float:
    """In units of 1e23, with parameters and tokens in billions."""
    return 6 * v["parameters"] * v["tokens"] * 1e18 / 1e23


def _abstain_score(v: Values, penalty: float) -> float:
    return v["confidence"] - (1 - v["confidence"]) * penalty


def _preference(score: float, other: float) -> float:
    return 1 / (1 + math.exp(other - score))


def _call_dollars(v: Values, input_price: float, output_price: float) -> float:
    """Prices are for a million tokens."""
    return (v["input_tokens"] * input_price + v["output_tokens"] * output_price) / 1e6


def _precision(v: Values) -> float:
    return v["true_positives"] / (v["true_positives"] + v["false_positives"])


def _recall(v: Values) -> float:
    return v["true_positives"] / (v["true_positives"] + v["false_negatives"])


def _f1(v: Values) -> float:
    return 2 * _precision(v) * _recall(v) / (_precision(v) + _recall(v))


def _dot(v: Values) -> float:
    return v["x1"] * v["x2"] + v["y1"] * v["y2"]


def _cosine(v: Values) -> float:
    return _dot(v) / (math.hypot(v["x1"], v["y1"]) * math.hypot(v["x2"], v["y2"]))


_LESSON_1: Mapping[str, Formula] = {
    "share-percent": Formula(  # part of a whole that is given, in percent
        ("part", "whole"),
        lambda v: 100 * v["part"] / v["whole"],
        {
            "as-fraction": lambda v: v["part"] / v["whole"],
            "of-the-rest": lambda v: 100 * v["part"] / (v["whole"] - v["part"]),
            "complement": lambda v: 100 - 100 * v["part"] / v["whole"],
        },
    ),
    "expected-count": Formula(  # of n independent draws, how many fall on p
        ("draws", "probability"),
        lambda v: v["draws"] * v["probability"],
        {
            "always-the-likeliest": lambda v: v["draws"],
            "share-not-count": lambda v: v["probability"],
        },
    ),
    "calibration-error": Formula(  # of two bins
        ("confidence1", "accuracy1", "size1", "confidence2", "accuracy2", "size2"),
        _expected_error,
        {
            "unweighted": _unweighted_error,
            "largest-gap": lambda v: max(
                abs(v["confidence1"] - v["accuracy1"]), abs(v["confidence2"] - v["accuracy2"])
            ),
        },
    ),
    "sequence-probability": Formula(  # chain rule with equal factors: p to the n
        ("probability", "tokens"),
        lambda v: v["probability"] ** v["tokens"],
        {
            "multiplied": lambda v: v["probability"] * v["tokens"],
            "one-token": lambda v: v["probability"],
        },
    ),
    "bits-of-surprise": Formula(  # -log2 p
        ("probability",),
        lambda v: -math.log2(v["probability"]),
        {
            "natural-log": lambda v: -math.log(v["probability"]),
            "inverse": lambda v: 1 / v["probability"],
        },
    ),
}

_LESSON_2: Mapping[str, Formula] = {
    "softmax-top": Formula(  # probability of the first of three logits
        ("logit1", "logit2", "logit3", "temperature"),
        lambda v: _top(v, v["temperature"]),
        {
            "temperature-ignored": lambda v: _top(v, 1),
            "times-temperature": lambda v: _top(v, 1 / v["temperature"]),
        },
    ),
    "attention-pairs-ratio": Formula(  # a longer context, squared: how many times more pairs
        ("before", "after"),
        lambda v: (v["after"] / v["before"]) ** 2,
        {
            "linear": lambda v: v["after"] / v["before"],
            "doubled": lambda v: 2 * v["after"] / v["before"],
        },
    ),
    "block-parameters": Formula(  # 12 x layers x width squared, in billions
        ("layers", "width"),
        _block_parameters,
        {
            "narrow-feed-forward": lambda v: _block_parameters(v) / 2,  # width, not four times it
            "attention-only": lambda v: _block_parameters(v) / 3,
            "one-layer": lambda v: _block_parameters(v) / v["layers"],
        },
    ),
    "kv-cache-gib": Formula(  # keys and values of all tokens, in units of 2 to the 30
        ("layers", "kv_heads", "head_size", "bytes", "tokens"),
        lambda v: _cache_bytes(v) / 2**30,
        {
            "keys-only": lambda v: _cache_bytes(v) / 2 / 2**30,
            "one-layer": lambda v: _cache_bytes(v) / v["layers"] / 2**30,
            "decimal-gigabytes": lambda v: _cache_bytes(v) / 1e9,
        },
    ),
    "weight-memory-gb": Formula(  # billions of weights at so many bits, 8 bits a byte
        ("billions", "bits"),
        lambda v: v["billions"] * v["bits"] / 8,
        {
            "bits-as-bytes": lambda v: v["billions"] * v["bits"],
            "one-byte-each": lambda v: v["billions"],
        },
    ),
}

_LESSON_3: Mapping[str, Formula] = {
    "training-flops": Formula(  # 6 x parameters x tokens
        ("parameters", "tokens"),
        _training_flops,
        {
            "factor-forgotten": lambda v: _training_flops(v) / 6,
            "forward-only": lambda v: _training_flops(v) / 3,
        },
    ),
    "rule-of-twenty": Formula(  # twenty tokens a parameter; both in billions
        ("parameters",),
        lambda v: 20 * v["parameters"],
        {
            "divided": lambda v: v["parameters"] / 20,
            "one-token-each": lambda v: v["parameters"],
        },
    ),
    "perplexity": Formula(  # e to the mean loss in nats
        ("loss",),
        lambda v: math.exp(v["loss"]),
        {
            "base-two": lambda v: 2 ** v["loss"],
            "loss-itself": lambda v: v["loss"],
        },
    ),
    "abstain-score": Formula(  # right 1, wrong -t/(1-t), silence 0 (Kalai et al. 2025)
        ("threshold", "confidence"),
        lambda v: _abstain_score(v, v["threshold"] / (1 - v["threshold"])),
        {
            "no-penalty": lambda v: v["confidence"],
            "penalty-one": lambda v: _abstain_score(v, 1),
        },
    ),
    "majority-of-three": Formula(  # at least two of three independent voters right
        ("probability",),
        lambda v: majority(v["probability"], 3),
        {
            "one-voter": lambda v: v["probability"],
            "all-right": lambda v: v["probability"] ** 3,
        },
    ),
    "majority-of-five": Formula(  # at least three of five
        ("probability",),
        lambda v: majority(v["probability"], 5),
        {
            "one-voter": lambda v: v["probability"],
            "all-right": lambda v: v["probability"] ** 5,
        },
    ),
}

_LESSON_4: Mapping[str, Formula] = {
    "lora-parameters": Formula(  # two thin matrices in place of one: rank x (rows + columns)
        ("rows", "columns", "rank"),
        lambda v: v["rank"] * (v["rows"] + v["columns"]),
        {
            "one-factor": lambda v: v["rank"] * v["rows"],
            "full-matrix": lambda v: v["rows"] * v["columns"],
        },
    ),
    "adam-memory-gb": Formula(  # 16 bytes a parameter: 2 + 2 + 4 + 4 + 4
        ("billions",),
        lambda v: 16 * v["billions"],
        {
            "weights-only": lambda v: 2 * v["billions"],
            "full-precision-weights": lambda v: 4 * v["billions"],
        },
    ),
}

_LESSON_5: Mapping[str, Formula] = {
    "preference-probability": Formula(  # Bradley-Terry: the logistic function of the difference
        ("score1", "score2"),
        lambda v: _preference(v["score1"], v["score2"]),
        {
            "reversed": lambda v: _preference(v["score2"], v["score1"]),
            "difference": lambda v: v["score1"] - v["score2"],
        },
    ),
    "pairs-of": Formula(  # how many comparisons one ranking holds
        ("items",),
        lambda v: v["items"] * (v["items"] - 1) / 2,
        {
            "ordered": lambda v: v["items"] * (v["items"] - 1),
            "items": lambda v: v["items"],
        },
    ),
    "penalised-reward": Formula(  # reward less beta times the distance from the reference
        ("reward", "beta", "kl"),
        lambda v: v["reward"] - v["beta"] * v["kl"],
        {
            "penalty-added": lambda v: v["reward"] + v["beta"] * v["kl"],
            "penalty-forgotten": lambda v: v["reward"],
            "beta-forgotten": lambda v: v["reward"] - v["kl"],
        },
    ),
}

_LESSON_6: Mapping[str, Formula] = {
    "call-cost-cents": Formula(  # prices in dollars for a million tokens; 100 cents a dollar
        ("input_tokens", "output_tokens", "input_price", "output_price"),
        lambda v: 100 * _call_dollars(v, v["input_price"], v["output_price"]),
        {
            "prices-swapped": lambda v: 100 * _call_dollars(v, v["output_price"], v["input_price"]),
            "dollars": lambda v: _call_dollars(v, v["input_price"], v["output_price"]),
            "output-forgotten": lambda v: 100 * _call_dollars(v, v["input_price"], 0),
        },
    ),
    "f1": Formula(  # harmonic mean of precision and recall
        ("true_positives", "false_positives", "false_negatives"),
        _f1,
        {
            "arithmetic-mean": lambda v: (_precision(v) + _recall(v)) / 2,
            "precision": _precision,
            "recall": _recall,
        },
    ),
    "cosine-2d": Formula(  # how far two arrows (x, y) point the same way
        ("x1", "y1", "x2", "y2"),
        _cosine,
        {
            "not-normalised": _dot,
            "one-length": lambda v: _dot(v) / math.hypot(v["x1"], v["y1"]),
        },
    ),
}

_LESSON_7: Mapping[str, Formula] = {
    "orders-of-magnitude": Formula(  # log10 of the ratio
        ("before", "after"),
        lambda v: math.log10(v["after"] / v["before"]),
        {
            "ratio": lambda v: v["after"] / v["before"],
            "natural-log": lambda v: math.log(v["after"] / v["before"]),
        },
    ),
    "doublings": Formula(  # what `start` has grown to, doubling every `doubling` months
        ("start", "months", "doubling"),
        lambda v: v["start"] * 2 ** (v["months"] / v["doubling"]),
        {
            "linear": lambda v: v["start"] * (1 + v["months"] / v["doubling"]),
            "doublings-counted": lambda v: v["months"] / v["doubling"],
            "start-forgotten": lambda v: 2 ** (v["months"] / v["doubling"]),
        },
    ),
    "chain-success": Formula(  # every one of n independent steps right
        ("success", "steps"),
        lambda v: v["success"] ** v["steps"],
        {
            "subtracted": lambda v: max(0.0, 1 - v["steps"] * (1 - v["success"])),
            "one-step": lambda v: v["success"],
        },
    ),
    "energy-mwh": Formula(  # 1e9 prompts x watt-hours / 1e6
        ("prompts_billions", "watt_hours"),
        lambda v: v["prompts_billions"] * v["watt_hours"] * 1e3,
        {
            "kilowatt-hours": lambda v: v["prompts_billions"] * v["watt_hours"] * 1e6,
            "gigawatt-hours": lambda v: v["prompts_billions"] * v["watt_hours"],
        },
    ),
}

FORMULAS: Mapping[str, Formula] = {
    **_LESSON_1,
    **_LESSON_2,
    **_LESSON_3,
    **_LESSON_4,
    **_LESSON_5,
    **_LESSON_6,
    **_LESSON_7,
}
