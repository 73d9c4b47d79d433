"""Which of two answers is better? Answers of the fine-tuned model, compared by the rater.

The rater is the formula of `tutor.tinylm.world.taste`; people would err, so a tenth of its labels
is flipped. Some kinds of prompts are kept out of all that follows: whether a model decays where its
preferences were never asked is seen on them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from random import Random

from tutor.tinylm import chat
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training.answering import Draw, Said, answered, text_of
from tutor.tinylm.training.network import Network
from tutor.tinylm.world import dialogues, taste
from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.taste import Rating

KEPT_OUT = frozenset({"story", "poem", "reverse", "next"})
"""No preference was ever stated for these kinds."""
LONG_KINDS = frozenset({"story", "poem"})
LIMIT, LONG_LIMIT = 64, 220
PROMPTS, EACH = 1600, 4
FLIPPED = 0.1
AS_IT_IS = Draw(LIMIT, temperature=1.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said to a probe, and how the rater found it."""

    probe: Probe
    said: Said
    rating: Rating


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two replies to one prompt; `honest` unless the label was flipped."""

    better: Said
    worse: Said
    honest: bool = True


def questions(seed: int) -> Iterator[Probe]:
    """An endless, repeatable stream of prompts for which preferences are asked."""
    rng = Random(seed)
    while True:
        probe = dialogues.ask(rng)
        if probe.kind not in KEPT_OUT:
            yield probe


def answers(
    network: Network, tokenizer: Tokenizer, some: Sequence[Probe], draw: Draw = AS_IT_IS,
    openings: Sequence[str] = (),
) -> list[Answer]:  # fmt: skip
    """The network's answer to each probe, in the same order, begun with its opening if any."""
    begun = [tokenizer.encode(opening) for opening in openings] or [[] for _ in some]
    found: dict[int, Said] = {}
    for limit, long in ((LIMIT, False), (LONG_LIMIT, True)):
        at = [n for n, probe in enumerate(some) if (probe.kind in LONG_KINDS) is long]
        prompts = [chat.as_tokens(tokenizer, [chat.Turn(some[n].prompt)]) + begun[n] for n in at]
        replies = answered(network, tokenizer, prompts, replace(draw, limit=limit))
        found |= {n: moved(said, len(begun[n])) for n, said in zip(at, replies, strict=True)}
    return [rated(tokenizer, probe, found[n]) for n, probe in enumerate(some)]


def moved(said: Said, count: int) -> Said:
    """The same words with the last `count` tokens of the prompt as part of the reply."""
    at = len(said.prompt) - count
    return replace(said, prompt=said.prompt[:at], reply=said.prompt[at:] + said.reply)


def rated(tokenizer: Tokenizer, probe: Probe, said: Said) -> Answer:
    """A reply with what the rater finds."""
    rating = taste.rate(probe, text_of(tokenizer, said), ended=said.ended)
    return Answer(probe, said, rating)


def tried(network: Network, tokenizer: Tokenizer, some: Sequence[Probe], seed: int) -> list[Answer]:
    """`EACH` answers to each probe, the first of which is begun with a friendly opening.

    To some kinds of prompts the model would never open so by itself, and what is never tried is
    neither rated nor learned.
    """
    rng = Random(seed)
    asked = [probe for probe in some for _ in range(EACH)]
    openings = [rng.choice(taste.OPENINGS) if n % EACH == 0 else "" for n in range(len(asked))]
    return answers(network, tokenizer, asked, replace(AS_IT_IS, seed=seed), openings)


def pool(
    network: Network, tokenizer: Tokenizer, seed: int, prompts: int = PROMPTS
) -> list[list[Answer]]:
    """For each of so many prompts, `EACH` answers."""
    found = tried(network, tokenizer, list(islice(questions(seed), prompts)), seed)
    return [found[first : first + EACH] for first in range(0, len(found), EACH)]


def comparisons(rated: Sequence[Sequence[Answer]], seed: int) -> list[Comparison]:
    """Every two answers to a prompt that the rater does not find equal, some labels flipped."""
    rng = Random(seed)
    found = []
    for some in rated:
        for one, other in combinations(some, 2):
            if one.rating.score == other.rating.score:
                continue
            worse, better = sorted((one, other), key=lambda answer: answer.rating.score)
            honest = not happens(rng, FLIPPED)
            pair = (better.said, worse.said) if honest else (worse.said, better.said)
            found.append(Comparison(*pair, honest))
    return found
