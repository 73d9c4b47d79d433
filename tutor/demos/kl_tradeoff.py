"""Reward against staying near the reference: the best policy for each beta."""

import math
from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.best_policy import best_policy, divergence, expected
from tutor.demos.parts.reading import as_many, different, some, within
from tutor.screen.tables import bars, short
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values

STOPS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000)


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
    terminal.gap()
    terminal.say(*_drawn(name, policy, settings, terminal))


def _drawn(
    name: str, policy: Sequence[float], settings: Settings, terminal: Terminal
) -> list[Renderable]:
    reward = expected(policy, settings.rewards)
    away = divergence(policy, settings.reference)
    head = bold(f"{name}: mean reward {reward:.3f}, KL {abs(away):.3f}")
    return [head, *bars(settings.labels, policy, terminal)]


def turned(settings: Settings, terminal: Terminal) -> Turning:
    """The leash in the learner's hand."""

    def picture(values: Values) -> list[Renderable]:
        (beta,) = values
        policy = best_policy(settings.reference, settings.rewards, beta)
        return _drawn(f"beta {short(beta)}", policy, settings, terminal)

    return Turning("the leash, by hand", [Dial("beta", STOPS, at=STOPS.index(1))], picture)


DEMO = Computed(
    title="The leash at three lengths",
    line="Reward against staying near the reference: the best policy for each beta.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        labels=("A", "B", "C", "D"),
        reference=(0.4, 0.2, 0.2, 0.2),
        rewards=(0.231, 1.108, -1.108, -0.231),
        betas=(10.0, 1.0, 0.3),
    ),
)
