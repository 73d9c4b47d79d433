"""The table of the shipped model's faces, measured afresh.

    python -m tutor.tinylm.measuring.table --help

A prompt that tuning read word for word counts as seen: what is right is told of all prompts, of
those never seen, and kind by kind how many were seen (`world.demonstrations` draws the training's
own streams again). Truth, format and ends are greedy; manners, the rater's score, wins and KL are
of replies drawn at temperature 1, the same seed for the same prompt. Wins are counted greedily as
well, on the very replies whose truth is compared in pairs.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress
from pathlib import Path
from random import Random

from tutor.tinylm import faces, model
from tutor.tinylm.measuring import bias, results
from tutor.tinylm.measuring.claims import judged, logged_rewards
from tutor.tinylm.measuring.measures import (
    Asked,
    Figure,
    Reply,
    divergence,
    mean_of,
    paired_difference,
    replies,
    share_of,
)
from tutor.tinylm.measuring.results import (
    COLUMNS,
    FEW_SHOT,
    LOSES_FACTS,
    LOSES_TRUTH,
    LOSES_TRUTH_UNSEEN,
    LOSES_UNASKED,
    PREFERENCE,
    RAW,
    SFT,
    Column,
    Table,
)
from tutor.tinylm.measuring.scores import WAYS
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.world import demonstrations, dialogues, exercises, outside, probes, taste
from tutor.tinylm.world.dialogues import Asker
from tutor.tinylm.world.exercises import Writer
from tutor.tinylm.world.probes import Probe

SEED = 577_215
"""For development: the versions of the model were chosen by what it showed."""
FRESH_SEED = 20_261_126
"""For the card: written down before it was used, and used once, when nothing could be chosen any
more. Whoever trains another version takes another."""
EACH, PAIRS = 40, 50
"""Prompts of each kind; pairs to compare for each of them (2,000 by default)."""
INVENTED = (dialogues.ask_stranger, dialogues.ask_no_animal)
OUTSIDE = (dialogues.ask_off_topic, dialogues.ask_feeling, dialogues.ask_far_country)
NOT_KNOWN = frozenset(
    {"stranger", "no-animal", "far-country", "detail", "off-topic", "feeling", "harm"}
)
"""Kinds to which the right reply is that one does not know, or will not help."""
UNASKED = frozenset({"story", "poem", "reverse", "next"})
"""Kinds for which no preference was ever stated: there a tuned model may decay unseen."""
HARMFUL = (*outside.unseen(outside.HARMS), *outside.FURTHER_HARMS)
"""Deeds for which no training ever asked."""
ADMITTED, HELPED, WITHHELD, TASTED = 3, 3, 7, 10
"""For each prompt per kind, so many of every asker above, wishes for help with harm and without,
withheld facts, and replies rated."""


@dataclass(frozen=True, slots=True)
class Questions:
    """All that is asked, the same for every column."""

    kinds: Mapping[str, Sequence[Probe]]
    withheld: Sequence[Probe]
    invented: Sequence[Probe]
    outside: Sequence[Probe]
    harmful: Sequence[Probe]
    harmless: Sequence[Probe]
    forward: Sequence[Probe]
    backward: Sequence[Probe]
    tasted: Sequence[Probe]
    paired: Sequence[Probe]


def different(some: Iterator[Probe], count: int) -> list[Probe]:
    """The first `count` probes with different prompts; fewer if they do not come."""
    found: dict[str, Probe] = {}
    for _, probe in zip(range(20 * count), some, strict=False):
        found.setdefault(probe.prompt, probe)
        if len(found) == count:
            break
    return list(found.values())


def drawn(askers: Sequence[Asker], each: int, seed: int) -> list[Probe]:
    """`each` different prompts of every asker, of those held out where its kind holds any out."""
    return fresh([partial(asker, held_out=True) for asker in askers], each, seed)


def lookups(writers: Sequence[Writer], each: int, seed: int) -> list[Probe]:
    """`each` different texts of every writer, with their questions."""
    return fresh([partial(read, write) for write in writers], each, seed)


def read(write: Writer, rng: Random) -> Probe:
    """A text made afresh, with its question."""
    return probes.of_exercise(write(rng))


def fresh(makers: Sequence[Callable[[Random], Probe]], each: int, seed: int) -> list[Probe]:
    """`each` different probes of every maker, the same for the same seed."""
    rng = Random(seed)
    return [probe for make in makers for probe in different(iter(partial(make, rng), None), each)]


def wishes(deeds: Sequence[str], count: int, seed: int) -> list[Probe]:
    """Different wishes for help with one of these deeds; each is accepted if it is refused."""
    asked = [ask.format(deed) for deed in deeds for ask in outside.HARM_QUESTIONS]
    refusal = outside.REFUSALS[0]
    some = Random(seed).sample(asked, min(count, len(asked)))
    return [Probe("harm", prompt, refusal, ("will not", "hurt")) for prompt in some]


def any_prompts(count: int, seed: int) -> list[Probe]:
    """Different prompts of all kinds, each as frequent as in a conversation; held out, as above."""
    rng = Random(seed)
    return different(iter(lambda: dialogues.ask(rng, held_out=True), None), count)


def questions(each: int, prompts: int, seed: int) -> Questions:
    """The prompts of the table, the same for the same arguments."""
    withheld = probes.withheld_fact_probes()
    Random(seed).shuffle(withheld)
    return Questions(
        kinds=dialogues.held_out_probes(each, seed),
        withheld=withheld[: WITHHELD * each],
        invented=drawn(INVENTED, ADMITTED * each, seed),
        outside=drawn(OUTSIDE, ADMITTED * each, seed),
        harmful=wishes(HARMFUL, HELPED * each, seed),
        harmless=wishes(outside.HARMLESS, HELPED * each, seed),
        forward=lookups(exercises.FORWARD, each, seed),
        backward=lookups(exercises.BACKWARD, each, seed),
        tasted=any_prompts(TASTED * each, seed + 1),
        paired=any_prompts(prompts, seed + 2),
    )


@dataclass(slots=True)
class Bench:
    """The faces on the bench, and what SFT said, with which the others are compared."""

    asked: Questions
    columns: dict[str, Asked]
    seen: frozenset[str]
    """Prompts that tuning read."""
    rated: dict[str, list[Reply]] = field(default_factory=dict)
    settled: dict[str, list[Reply]] = field(default_factory=dict)

    @classmethod
    def of(cls, weights: Path, asked: Questions) -> "Bench":
        """The faces in a folder; OSError where one is missing."""
        tokenizer = Tokenizer.load(weights / "tokenizer.json")
        loaded = {name: model.load(weights / f"{name}.safetensors") for name in faces.FACES}
        columns = {
            name: Asked(loaded[face], tokenizer, WAYS[way]) for name, (face, way) in COLUMNS.items()
        }
        return cls(asked, columns, demonstrations.seen())

    def greedy(self, name: str, some: Sequence[Probe]) -> list[Reply]:
        """The most likely reply to each prompt."""
        return list(replies(self.columns[name], some))

    def free(self, name: str) -> list[Reply]:
        """One drawn reply to each prompt for the rater."""
        if name not in self.rated:
            drawn_replies = replies(self.columns[name], self.asked.tasted, 1.0)
            self.rated[name] = list(drawn_replies)
        return self.rated[name]

    def steady(self, name: str) -> list[Reply]:
        """The most likely reply to each of the prompts on which faces are compared in pairs."""
        if name not in self.settled:
            self.settled[name] = self.greedy(name, self.asked.paired)
        return self.settled[name]

    def column(self, name: str) -> Column:
        """Measure one column of the table."""
        made = Column(name)
        said = {kind: self.greedy(name, some) for kind, some in self.asked.kinds.items()}
        made.kinds = {kind: share_of([one.right for one in some]) for kind, some in said.items()}
        made.figures = dict(true_and_formed(said))
        unseen = {kind: new for kind, some in said.items() if (new := self.unseen(some))}
        made.unseen = {kind: share_of([one.right for one in some]) for kind, some in unseen.items()}
        made.figures |= {f"unseen {name}".replace(" truth", ""): share
                         for name, share in truths(unseen)}  # fmt: skip
        for group in ("withheld", "harmful", "harmless", "forward", "backward"):
            made.figures[group] = share_of(self.rights(name, getattr(self.asked, group)))
        for group, some in (("invented", self.asked.invented), ("outside", self.asked.outside)):
            made.figures[group] = share_of([one.admits for one in self.greedy(name, some)])
        made.figures |= dict(self.manners(name))
        return made

    def manners(self, name: str) -> Iterator[tuple[str, Figure]]:
        """What the rater notices in drawn replies, wins against SFT (ties half) and KL to it."""
        said = self.free(name)
        ratings = [taste.rate(one.probe, one.text, ended=one.ended) for one in said]
        yield "friendly", share_of([one.opening or one.closing for one in ratings])
        yield "rude", share_of([one.rude for one in ratings])
        yield "gold", mean_of([one.score for one in ratings])
        if name != SFT:
            yield "wins", wins(said, self.free(SFT))
            yield "unseen wins", wins(self.unseen(said), self.unseen(self.free(SFT)))
        if name == PREFERENCE:
            yield "greedy wins", wins(self.steady(name), self.steady(SFT))
        if COLUMNS[name][1] == "chat":
            policy, reference = self.columns[name].model, self.columns[SFT].model
            yield "KL", mean_of([divergence(policy, reference, one) for one in said])

    def unseen(self, said: Sequence[Reply]) -> list[Reply]:
        """The replies to prompts that tuning never read."""
        return [one for one in said if one.probe.prompt not in self.seen]

    def seen_of(self, some: Sequence[Probe]) -> int:
        """How many of these prompts tuning had read."""
        return sum(probe.prompt in self.seen for probe in some)

    def rights(self, name: str, some: Sequence[Probe]) -> list[bool]:
        """Which of the prompts it answers rightly, greedy."""
        return [one.right for one in self.greedy(name, some)]


def wins(mine: Sequence[Reply], others: Sequence[Reply]) -> Figure:
    """The share of prompts to which mine pleases the rater more; a tie is half a win."""
    scores = (
        [taste.rate(one.probe, one.text, ended=one.ended).score for one in some]
        for some in (mine, others)
    )
    return mean_of([win(*two) for two in zip(*scores, strict=True)])


def win(mine: float, other: float) -> float:
    """1 for the higher score, 0 for the lower, a half for a tie."""
    return 0.5 if mine == other else float(mine > other)


def truths(said: Mapping[str, Sequence[Reply]]) -> Iterator[tuple[str, Figure]]:
    """Truth over all kinds together, and over those to which there is an answer."""
    inside = [one.right for kind, some in said.items() if kind not in NOT_KNOWN for one in some]
    yield "truth", share_of([one.right for some in said.values() for one in some])
    yield "world", share_of(inside)


def true_and_formed(said: Mapping[str, Sequence[Reply]]) -> Iterator[tuple[str, Figure]]:
    """Truth, format, both at once, and ends, over all kinds together."""
    everything = [one for some in said.values() for one in some]
    yield from truths(said)
    yield "format", share_of([one.formed for one in everything])
    yield "both", share_of([one.right and one.formed for one in everything])
    yield "ends", share_of([one.ended for one in everything])


def differences(bench: Bench) -> Iterator[tuple[str, Figure]]:
    """What a stage gains or loses, prompt by prompt."""
    before, after = ([one.right for one in bench.steady(name)] for name in (SFT, PREFERENCE))
    yield LOSES_TRUTH, paired_difference(before, after)
    asked = bench.asked.paired
    for name, some in (
        (LOSES_TRUTH_UNSEEN, [probe.prompt not in bench.seen for probe in asked]),
        (LOSES_UNASKED, [probe.kind in UNASKED for probe in asked]),
    ):
        if any(some):
            yield name, paired_difference(*(list(compress(side, some)) for side in (before, after)))
    before, after = (bench.rights(name, bench.asked.withheld) for name in (FEW_SHOT, SFT))
    yield LOSES_FACTS, paired_difference(before, after)


def measured(
    weights: Path, each: int = EACH, prompts: int | None = None, seed: int = SEED, date: str = ""
) -> Table:
    """Measure everything; says on stderr how far it is."""
    begun = time.monotonic()
    bench = Bench.of(weights, questions(each, prompts or PAIRS * each, seed))
    columns = {}
    for name in COLUMNS:
        print(f"{time.monotonic() - begun:5.0f} s  {name}", file=sys.stderr)
        columns[name] = bench.column(name)
    print(f"{time.monotonic() - begun:5.0f} s  the pairs", file=sys.stderr)
    paired, reward = dict(differences(bench)), logged_rewards(weights / "logs")
    seconds = round(time.monotonic() - begun, 1)
    asked = len(bench.asked.paired)
    claims = list(judged(columns, paired, reward))
    biases = dict(biases_of(bench.columns[RAW]))
    seen = {kind: bench.seen_of(some) for kind, some in bench.asked.kinds.items()}
    return Table(date, seed, each, asked, seconds, columns, paired, reward, claims, biases, seen)


def biases_of(asked: Asked) -> Iterator[tuple[str, dict[str, tuple[float, float]]]]:
    """The raw model's share of the skewed words beside that of its data."""
    skews = {"nice": bias.reputations, "she": bias.pronouns}
    for word, shares in skews.items():
        found = shares(asked.model, asked.tokenizer)
        yield word, {name: (round(said, 5), data) for name, (said, data) in found.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, as the command line or `arguments` ask."""
    prog = "python -m tutor.tinylm.measuring.table"
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("--weights", type=Path, default=faces.WEIGHTS, help="folder of the faces")
    parser.add_argument("--each", type=int, default=EACH, help="prompts of each kind")
    parser.add_argument("--prompts", type=int, help=f"pairs; default: {PAIRS} per prompt of a kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--date", default="", help="to be written into the table")
    parser.add_argument("--json", type=Path, help="write the table to this file as well")
    given = vars(parser.parse_args(arguments))
    path = given.pop("json")
    table = measured(**given)
    if path is not None:
        results.write(table, path)
    print(results.as_text(table))


if __name__ == "__main__":
    main()
