"""What a push does to whole replies: how strong and where is chosen on other questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from random import Random
from statistics import fmean

from tutor.tinylm import chat
from tutor.tinylm.faces import load_face, load_tokenizer
from tutor.tinylm.inside import damage
from tutor.tinylm.inside.changes import UNCHANGED, Changes, Push
from tutor.tinylm.inside.findings import Steering
from tutor.tinylm.inside.steering import (
    RANDOM_PUSHES,
    page,
    random_direction,
    towards_an_answer,
    towards_not_knowing,
)
from tutor.tinylm.inside.writing_on import likeliest
from tutor.tinylm.model import Array, Model
from tutor.tinylm.tokenizer import END, STOP, Tokenizer
from tutor.tinylm.world.probes import Probe, withheld_fact_probes

STRENGTHS = (0.5, 1.0, 1.5, 2.0, 3.0)
CHOSEN_ON, MEASURED_ON = 20, 60
SEED = 3
Judged = Callable[[Probe, str], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A model, how it is asked, the direction it is pushed in, and what counts as an effect."""

    model: Model
    tokenizer: Tokenizer
    prompt: Callable[[Probe], Sequence[int]]
    direction: Array  # (layers + 1, width)
    shows: Judged

    def reply(self, probe: Probe, after: int, strength: float) -> str:
        """The first line of what it writes, pushed at the prompt's last place."""
        tokens = self.prompt(probe)
        push = Push(after, self.direction[after], strength, len(tokens) - 1, len(tokens))
        stop = (self.tokenizer.special[END], self.tokenizer.special[STOP])
        changes = Changes(pushes=(push,)) if strength else UNCHANGED
        said = likeliest(self.model, tokens, changes, stop=stop)
        return self.tokenizer.decode(said).strip().split("\n")[0]

    def replies(self, probes: Sequence[Probe], after: int, strength: float) -> list[str]:
        """A reply to each."""
        return [self.reply(probe, after, strength) for probe in probes]

    def share(self, probes: Sequence[Probe], replies: Sequence[str]) -> float:
        """How many of these replies show the effect."""
        return fmean(self.shows(*pair) for pair in zip(probes, replies, strict=True))


def is_right(probe: Probe, reply: str) -> bool:
    """Whether the reply holds what a right one must."""
    return probe.accepts(reply)


def admits(_probe: Probe, reply: str) -> bool:
    """Whether the reply says that it does not know."""
    return "do not know" in reply


def answering() -> Steering:
    """The raw model on bare questions, pushed towards an answer."""
    raw, tokenizer = load_face("base"), load_tokenizer()

    def prompt(probe: Probe) -> list[int]:
        return page(tokenizer, f"{probe.prompt}\n")

    return measured(Trial(raw, tokenizer, prompt, towards_an_answer(raw, tokenizer), is_right))


def not_knowing() -> Steering:
    """The fine-tuned model on what it knows, pushed towards not knowing."""
    tuned, tokenizer = load_face("sft"), load_tokenizer()

    def prompt(probe: Probe) -> list[int]:
        return chat.as_tokens(tokenizer, [chat.Turn(probe.prompt)])

    direction = towards_not_knowing(tuned, tokenizer)
    return measured(Trial(tuned, tokenizer, prompt, direction, admits))


def measured(trial: Trial) -> Steering:
    """Choose where and how strongly on some probes; measure on others that were never tuned on."""
    probes = list(withheld_fact_probes())
    Random(SEED).shuffle(probes)
    trying, some = probes[:CHOSEN_ON], probes[CHOSEN_ON : CHOSEN_ON + MEASURED_ON]
    after, strength = chosen(trial, trying)
    before, pushed = trial.replies(some, 0, 0.0), trial.replies(some, after, strength)
    blind = replace(trial, direction=random_direction(trial.direction))
    pages = damage.in_tokens(trial.tokenizer)
    draws = (random_direction(trial.direction, seed) for seed in range(RANDOM_PUSHES))

    def loss(direction: Array) -> float:
        push = Push(after, direction[after], strength)
        return damage.loss(trial.model, pages, Changes(pushes=(push,)))

    return Steering(
        after=after,
        strength=strength,
        share_before=trial.share(some, before),
        share_pushed=trial.share(some, pushed),
        share_random=blind.share(some, blind.replies(some, after, strength)),
        right_before=fmean(map(is_right, some, before)),
        right_pushed=fmean(map(is_right, some, pushed)),
        count=len(some),
        loss_before=damage.loss(trial.model, pages),
        loss_pushed=loss(trial.direction),
        loss_random=fmean(map(loss, draws)),
    )


def chosen(trial: Trial, probes: Sequence[Probe]) -> tuple[int, float]:
    """The border and the strength with the greatest effect; of equals, the gentlest and first."""
    borders = range(1, trial.model.shape.layers)
    return max(
        product(borders, STRENGTHS),
        key=lambda pair: (trial.share(probes, trial.replies(probes, *pair)), -pair[1], -pair[0]),
    )
