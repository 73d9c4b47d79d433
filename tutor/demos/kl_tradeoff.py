"""Reward against staying near the reference: the best policy for each beta.

The optimum of expected reward - beta * KL(policy, reference) is policy = reference *
exp(reward / beta), scaled to add up to 1 (Rafailov et al. 2023, equation 4).
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from tutor.course.formulas import softmax
from tutor.demos.parts.reading import as_many, different, some, within
from tutor.screen.tables import bars, short
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers with their reference probabilities and rewards, and the betas to try."""

    labels: tuple[str, ...]
    reference: tuple[float, ...]
    rewards: tuple[float, ...]
    betas: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a reference that is no distribution."""
        some("labels", self.labels, 8, least=2)
        different("labels", self.labels)
        as_many("reference probabilities", self.reference, "labels", self.labels)
        as_many("rewards", self.rewards, "labels", self.labels)
        within("reference", self.reference, 1e-6, 1)
        if not math.isclose(sum(self.reference), 1, abs_tol=1e-6):
            raise ValueError(f"reference: adds up to {sum(self.reference):g}, not to 1")
        within("rewards", self.rewards, -100, 100)
        some("betas", self.betas, 8)
        within("betas", self.betas, 0.01, 1000)


def best_policy(reference: Sequence[float], rewards: Sequence[float], beta: float) -> list[float]:
    """Weight the reference by exp(reward / beta); done in logarithms, where nothing overflows."""
    pairs = zip(reference, rewards, strict=True)
    return softmax([math.log(share) + reward / beta for share, reward in pairs])


def divergence(policy: Sequence[float], reference: Sequence[float]) -> float:
    """KL(policy, reference) in nats: how far the policy has gone."""
    return math.fsum(p * math.log(p / q) for p, q in zip(policy, reference, strict=True) if p)


def expected(policy: Sequence[float], rewards: Sequence[float]) -> float:
    """Mean reward of answers drawn from the policy."""
    return math.fsum(p * reward for p, reward in zip(policy, rewards, strict=True))


def run(settings: Settings, terminal: Terminal) -> None:
    """Draw the reference, then the best policy for each beta."""
    rewards = ", ".join(
        f"{label} {short(reward)}"
        for label, reward in zip(settings.labels, settings.rewards, strict=True)
    )
    say = terminal.say
    say(bold("COMPUTED: the best trade between reward and staying near the reference."))
    say(line(f"Rewards: {rewards}."))
    say(
        line(
            "Each answer's reference probability is multiplied by e to the (reward / beta),"
            " then all are scaled to add up to 1."
        )
    )
    _show("reference", settings.reference, settings, terminal)
    for beta in settings.betas:
        policy = best_policy(settings.reference, settings.rewards, beta)
        _show(f"beta {short(beta)}", policy, settings, terminal)


def _show(name: str, policy: Sequence[float], settings: Settings, terminal: Terminal) -> None:
    reward = expected(policy, settings.rewards)
    away = divergence(policy, settings.reference)
    terminal.gap()
    terminal.say(bold(f"{name}: mean reward {reward:.3f}, KL {abs(away):.3f}"))
    terminal.say(*bars(settings.labels, policy, terminal))
