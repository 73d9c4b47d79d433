"""Turn down beta until it over-optimises: computed exactly, and live.

The best policy for a reward and a beta is reference * exp(reward / beta), scaled to add up to 1
(Rafailov et al. 2023, equation 4). The reward is the one fitted to a careful rater's votes.
"""

import math
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from tutor.demos.parts.asked_faces import ask_faces
from tutor.demos.parts.best_policy import best_policy, divergence, expected
from tutor.demos.parts.five_answers import ANSWERS, CAREFUL, UNSEEN, fit, rewards
from tutor.screen.tables import bars, short, table
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.dial import Dial, Turning, Values, turn
from tutor.stage.stage import Stage

BETAS = (100.0, 20.0, 10.0, 5.0)
CAPPED_BETAS = (100.0, 10.0, 5.0, 2.0, 1.0)
SMALLEST, LARGEST = 0.01, 1000.0
CAP = 20
"""Words up to which length counts after the repair: a little more than any that was voted on."""
GUESSES = ("it rises towards 1", "it stays near 0.60", "it falls towards 0")
STOPS = (SMALLEST, 0.1, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, LARGEST)
FACES = {
    "sft": "Fine-tuned (sft): where the preference training began",
    "rlhf": "Tuned on preferences, held by beta (rlhf)",
    "over-optimised": "Tuned too far, on the same reward (over-optimised)",
}


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The betas to go through before the cap and after it."""

    betas: tuple[float, ...] = BETAS
    capped: tuple[float, ...] = CAPPED_BETAS

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        for beta in (*self.betas, *self.capped):
            if not SMALLEST <= beta <= LARGEST:
                raise ValueError(f"betas: {beta:g} does not lie between 0.01 and 1000")
        if not self.betas or not self.capped:
            raise ValueError("betas, capped: give one at least")


def policy(beta: float, *, most_words: float = math.inf) -> list[float]:
    """How often the best policy writes each of the five answers."""
    return best_policy(_reference(), _rewards(most_words), beta)


def right_share(shares: Sequence[float]) -> float:
    """How likely a right answer comes."""
    answers = zip(ANSWERS.values(), shares, strict=True)
    return math.fsum(share for answer, share in answers if answer.right)


def _reference() -> list[float]:
    return [answer.share for answer in ANSWERS.values()]


@cache
def _rewards(most_words: float) -> tuple[float, ...]:
    return tuple(rewards(fit(CAREFUL), most_words=most_words).values())


def run(settings: Settings, stage: Stage) -> None:
    """Turn down beta, repair the reward, then hear a real model tuned too far."""
    _introduce(stage)
    guess = stage.guess(
        "beta goes from 100 down to 5. The chance of a right answer, now 0.60?", GUESSES
    )
    _show(stage, settings.betas, math.inf)
    if guess:
        first, last = (right_share(policy(settings.betas[at])) for at in (0, -1))
        stage.terminal.say(line(f"You guessed: {guess}. It went from {first:.3f} to {last:.3f}."))
    stage.terminal.say(line(f"What wins is {UNSEEN}: wrong, padded, never once compared."))
    turn(stage, _turned(stage))
    stage.terminal.gap()
    stage.terminal.say(
        bold(f"The repair: the same votes and weights, but no word beyond {CAP} counts."),
        line("That is about as far as the votes reached. Now a longer leash does good:"),
    )
    _show(stage, settings.capped, CAP)
    _note(stage, settings)
    ask_faces(
        stage, "LIVE: the built-in model before, after, and tuned too far.", "All three", FACES
    )


def _introduce(stage: Stage) -> None:
    stage.terminal.say(
        bold("COMPUTED: the best policy for each beta, exactly."),
        line(
            "Five answers to one question, rewarded by what a careful rater's six votes taught"
            " (demo rater). A and B are right. C refuses. D is wrong. E is wrong and padded to"
            f" {ANSWERS[UNSEEN].words} words; no vote was about it."
        ),
        line(
            "Before tuning: "
            + ", ".join(f"{name} {answer.share:.2f}" for name, answer in ANSWERS.items())
            + f" (made up), so a right answer has {right_share(_reference()):.2f}."
        ),
        line(
            "beta is the price of moving away from that. Each probability is multiplied by"
            " e^(reward / beta), then all are scaled to add up to 1."
        ),
    )


def _show(stage: Stage, betas: Sequence[float], most_words: float) -> None:
    worth = _rewards(most_words)
    found = [policy(beta, most_words=most_words) for beta in betas]
    cells = [
        (
            short(beta),
            f"{expected(shares, worth):.2f}",
            f"{abs(divergence(shares, _reference())):.3f}",
            f"{shares[list(ANSWERS).index(UNSEEN)]:.3f}",
            f"{right_share(shares):.3f}",
        )
        for beta, shares in zip(betas, found, strict=True)
    ]
    terminal = stage.terminal
    terminal.gap()
    terminal.say(*table(("beta", "mean reward", "KL", "P(E)", "P(right)"), cells, terminal))
    if not terminal.look.plain:
        terminal.say(line(), dim("  chance of a right answer"))
        labels = [f"beta {short(beta)}" for beta in betas]
        terminal.say(*bars(labels, [right_share(shares) for shares in found], terminal))


def _turned(stage: Stage) -> Turning:
    """The price of moving away under the learner's keys."""

    def picture(values: Values) -> list[Renderable]:
        (beta,) = values
        shares, worth = policy(beta), _rewards(math.inf)
        away = abs(divergence(shares, _reference()))
        return [
            bold(f"beta {short(beta)}: mean reward {expected(shares, worth):.2f}, KL {away:.3f}"),
            *bars(list(ANSWERS), shares, stage.terminal),
            line(f"A right answer: {right_share(shares):.3f}"),
        ]

    return Turning("beta, by hand", [Dial("beta", STOPS, at=STOPS.index(100))], picture)


def _note(stage: Stage, settings: Settings) -> None:
    before, after = (
        ", ".join(
            f"beta {short(beta)}: {right_share(policy(beta, most_words=most)):.3f}"
            for beta in betas
        )
        for betas, most in ((settings.betas, math.inf), (settings.capped, CAP))
    )
    stage.note(
        "**Turn down beta.** Chance of a right answer under the best policy: "
        f"{before}. With length capped at {CAP} words: {after}."
    )


DEMO = Live(
    settings=Settings,
    run=run,
    title="Turn down beta",
    line="Loosen the leash step by step, until the answer that nobody voted on takes over.",
    own_text="a prompt for three faces of the built-in model, one of them tuned too far",
    notice=(
        "In the computed tables the mean reward climbs all the way. Only a measure that was not"
        " trained on can show that the answers became worse."
    ),
)
