"""Five answers to one question, three features of each, and a reward model fitted to votes.

The reward is linear in the features; its weights make the votes likely (Bradley and Terry 1952),
with a slight pull towards small weights, without which votes that all agree have no finite fit.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

QUESTION = "Explain photosynthesis to a ten-year-old."
FEATURES = ("right", "friendly", "ten words more")
PULL, RATE, STEPS = 0.05, 0.1, 4000
"""Strength of the pull, size of a step, and steps of the gradient ascent."""
TEN = 10

Features: TypeAlias = tuple[float, float, float]
"""Right (1 or 0), friendly (1 or 0), length in tens of words."""
Weights: TypeAlias = tuple[float, float, float]
Vote: TypeAlias = tuple[str, str]
"""The preferred answer's letter and the other's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, what can be said of it, and how often the untuned model writes it (made up)."""

    text: str
    right: bool
    friendly: bool
    share: float

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def features(self) -> Features:
        """All that the reward model sees of it."""
        return float(self.right), float(self.friendly), self.words / TEN


_PADDING = (
    "Great question! Plants eat soil. They really do eat soil, and when we say that they eat soil, "
    "we mean that soil is what plants eat. Some wonder what it is that plants eat, and the answer, "
    "as was said before, is soil. It is good to remember that soil is eaten by plants, and that "
    "plants, which are wonderful, eat it. So, to sum up all of this: plants eat soil, day by day."
)
ANSWERS = {
    "A": Answer(
        "Plants use sunlight to turn water and air into sugar and oxygen.",
        right=True, friendly=False, share=0.40,
    ),
    "B": Answer(
        "Great question! Plants are tiny cooks: from light, water and air they make sugar and"
        " oxygen.",
        right=True, friendly=True, share=0.20,
    ),
    "C": Answer("Sorry, I cannot explain that.", right=False, friendly=False, share=0.15),
    "D": Answer(
        "Great question! Plants eat soil through their roots, and the sun bakes it green.",
        right=False, friendly=True, share=0.20,
    ),
    "E": Answer("\n\n".join([_PADDING] * 4), right=False, friendly=True, share=0.05),
}  # fmt: skip
UNSEEN = "E"
"""No pair holds it: nobody ever votes on it."""
PAIRS = (("A", "C"), ("B", "C"), ("B", "A"), ("B", "D"), ("A", "D"), ("D", "C"))
CAREFUL: tuple[Vote, ...] = PAIRS
"""Each right answer before each wrong one, the friendlier before the other, D before a refusal."""


def reward(features: Sequence[float], weights: Weights) -> float:
    """The reward model: each feature times its weight."""
    return math.fsum(weight * size for weight, size in zip(weights, features, strict=True))


def rewards(weights: Weights, *, most_words: float = math.inf) -> dict[str, float]:
    """The reward of each answer; words beyond `most_words` count nothing."""
    return {
        name: reward((*answer.features[:2], min(answer.words, most_words) / TEN), weights)
        for name, answer in ANSWERS.items()
    }


def chance(lead: float) -> float:
    """How likely the answer that leads by so much is preferred; no lead is too large for it."""
    return (1 + math.tanh(lead / 2)) / 2


def fit(votes: Sequence[Vote]) -> Weights:
    """The weights after `STEPS` steps uphill from zero."""
    leads = [_lead(winner, loser) for winner, loser in votes]
    weights = (0.0, 0.0, 0.0)
    for _ in range(STEPS if votes else 0):
        weights = _uphill(weights, leads)
    return weights


def _lead(winner: str, loser: str) -> Features:
    ours, theirs = ANSWERS[winner].features, ANSWERS[loser].features
    return ours[0] - theirs[0], ours[1] - theirs[1], ours[2] - theirs[2]


def _uphill(weights: Weights, leads: Sequence[Features]) -> Weights:
    one, two, three = weights
    pulls = [-PULL * one, -PULL * two, -PULL * three]
    for lead in leads:
        surprise = 1 - chance(one * lead[0] + two * lead[1] + three * lead[2])
        pulls = [pull + surprise * size for pull, size in zip(pulls, lead, strict=True)]
    step = RATE / len(leads)
    return one + step * pulls[0], two + step * pulls[1], three + step * pulls[2]


def mean_loss(votes: Sequence[Vote], weights: Weights) -> float:
    """-ln of the probability that the model gives to a vote, on average, in nats."""
    costs = [-math.log(chance(reward(_lead(*vote), weights)) or math.ulp(0.0)) for vote in votes]
    return math.fsum(costs) / len(costs)


def agreeing(votes: Iterable[Vote], weights: Weights) -> int:
    """In how many votes the preferred answer has the higher reward."""
    return sum(reward(_lead(*vote), weights) > 0 for vote in votes)


def longer_won(votes: Iterable[Vote]) -> int:
    """In how many votes the longer answer was preferred."""
    return sum(ANSWERS[winner].words > ANSWERS[loser].words for winner, loser in votes)
