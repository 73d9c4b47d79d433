"""The reward model in plain numpy: how much a reply should please, as its training taught it.

It is the network of `tutor.tinylm.model` with one direction in place of the head: the score is read
from the state of the last token (Stiennon and others, 2020, arXiv:2009.01325).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.tinylm import model, packing
from tutor.tinylm.model import Array, Model, Trace
from tutor.tinylm.shape import Shape


@dataclass(frozen=True, slots=True)
class Judge:
    """A model whose last state is held against a direction (width,); `middle` is its zero."""

    model: Model
    direction: Array
    middle: float


def load(path: Path) -> Judge:
    """A judge from its file; OSError if there is none, KeyError if it is no judge's."""
    weights, about = packing.read_weights(path)
    direction, middle = weights.pop("direction"), weights.pop("middle")
    return Judge(model.from_weights(weights, Shape.from_text(about)), direction, float(middle[0]))


def score(judge: Judge, tokens: Sequence[int]) -> float:
    """How much the reply in which these tokens end should please; 0 is the mean of its test.

    `tokens` are a conversation, its last reply with the mark of its end.
    """
    trace = Trace()
    model.forward(judge.model, tokens, trace=trace)
    last = model.rms_norm(trace.stream[-1][-1:], judge.model.norm)
    return float((last @ judge.direction)[0]) - judge.middle
