"""The closed set of formulas that a number question may draw its answer from.

A lesson names a formula and lists values for its parameters; it holds no code. Each formula also
knows the slips that learners make, so that a wrong number can be told from a typing error.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Values = Mapping[str, float]
Rule = Callable[[Values], float]


@dataclass(frozen=True)
class Formula:
    """How to compute an answer, and the wrong answers that known slips lead to."""

    parameters: tuple[str, ...]
    value: Rule
    slips: Mapping[str, Rule]


def _expected_error(v: Values) -> float:
    """Expected calibration error of two bins: size-weighted mean of |confidence - accuracy|."""
    first = abs(v["confidence1"] - v["accuracy1"]) * v["size1"]
    second = abs(v["confidence2"] - v["accuracy2"]) * v["size2"]
    return (first + second) / (v["size1"] + v["size2"])


def _unweighted_error(v: Values) -> float:
    gaps = abs(v["confidence1"] - v["accuracy1"]) + abs(v["confidence2"] - v["accuracy2"])
    return gaps / 2


FORMULAS: Mapping[str, Formula] = {
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
    "calibration-error": Formula(
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
