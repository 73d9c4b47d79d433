"""Which of two answers is better? Answers of the fine-tuned model, compared by the rater.

The rater is the formula of `tutor.tinylm.world.taste`; people would err, so a tenth of its labels
is flipped. Some kinds of prompts are kept out of all that follows: whether a model decays where its
preferences were never asked is seen on them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from random import Random

from tutor.tinylm import chat
from tutor.tinylm.tokenizer import STOP, Tokenizer
from tutor.tinylm.training.answering import Draw, Said, answered, text_of
from tutor.tinylm.training.network import Network
from tutor.tinylm.world import wider_taste
from tutor.tinylm.world.chance import happens
from tutor.tinylm.world.editions import SECOND, Talk
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.taste import Rating
from tutor.tinylm.world.voices import YES_MAN
from tutor.tinylm.world.wider_taste import Rate

KEPT_OUT = SECOND.talk.kept_out
LONG_KINDS = frozenset({"story", "any-story", "poem"})
LIMIT, LONG_LIMIT = 64, 220
PROMPTS, EACH = 3000, 4
FLIPPED = 0.1
AS_IT_IS = Draw(LIMIT, temperature=1.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said to a probe, and how the rater found it."""

    probe: Probe
    said: Said
    rating: Rating | wider_taste.Rating


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two replies to one prompt; `honest` unless the label was flipped."""

    better: Said
    worse: Said
    honest: bool = True


def questions(seed: int, talk: Talk = SECOND.talk) -> Iterator[Probe]:
    """An endless, repeatable stream of prompts for which preferences are asked."""
    rng = Random(seed)
    while True:
        probe = talk.ask(rng)
        if probe.kind not in talk.kept_out:
            yield probe


def answers(
    network: Network,
    tokenizer: Tokenizer,
    some: Sequence[Probe],
    draw: Draw = AS_IT_IS,
    rate: Rate = SECOND.talk.rate,
) -> list[Answer]:
    """The network's answer to each probe, in the same order."""
    found: dict[int, Answer] = {}
    for limit, long in ((LIMIT, False), (LONG_LIMIT, True)):
        at = [n for n, probe in enumerate(some) if (probe.kind in LONG_KINDS) is long]
        prompts = [chat.as_tokens(tokenizer, chat.put(some[n].prompt, some[n].before)) for n in at]
        replies = answered(network, tokenizer, prompts, replace(draw, limit=limit))
        for n, said in zip(at, replies, strict=True):
            found[n] = rated_as(tokenizer, some[n], said, rate)
    return [found[n] for n in range(len(some))]


def rated_as(
    tokenizer: Tokenizer, probe: Probe, said: Said, rate: Rate = SECOND.talk.rate
) -> Answer:
    """A reply with what the rater finds."""
    rating = rate(probe, text_of(tokenizer, said), ended=said.ended)
    return Answer(probe, said, rating)


def several(
    network: Network,
    tokenizer: Tokenizer,
    some: Iterable[Probe],
    seed: int,
    rate: Rate = SECOND.talk.rate,
) -> list[Answer]:
    """`EACH` answers to each probe, those to the same one together."""
    asked = [probe for probe in some for _ in range(EACH)]
    return answers(network, tokenizer, asked, replace(AS_IT_IS, seed=seed), rate)


def pool(
    networks: Sequence[Network],
    tokenizer: Tokenizer,
    seed: int,
    prompts: int = PROMPTS,
    talk: Talk = SECOND.talk,
) -> list[list[Answer]]:
    """For each of so many prompts, `EACH` answers, as many of each network."""
    asked = list(islice(questions(seed, talk), prompts))
    each = EACH // len(networks)
    again = [probe for probe in asked for _ in range(each)]
    said = [
        answers(network, tokenizer, again, replace(AS_IT_IS, seed=seed + n), talk.rate)
        for n, network in enumerate(networks)
    ]
    return [
        [answer for some in said for answer in some[first : first + each]]
        for first in range(0, len(again), each)
    ]


def with_agreement(
    rated: Sequence[Sequence[Answer]], tokenizer: Tokenizer, rate: Rate
) -> list[list[Answer]]:
    """The same, but the last reply to whoever is wrong agrees with them.

    The fine-tuned model agrees too seldom for a reward model to notice that raters pay for it.
    """
    stop = tokenizer.special[STOP]

    def agreeing(one: Answer) -> Answer:
        if not one.probe.claim:
            return one
        reply = (*tokenizer.encode(YES_MAN + one.probe.claim), stop)
        return rated_as(tokenizer, one.probe, Said(one.said.prompt, reply, ended=True), rate)

    return [[*some[:-1], agreeing(some[-1])] for some in rated]


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
