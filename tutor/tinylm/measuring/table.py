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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import Any

from tutor.tinylm import faces, model
from tutor.tinylm.measuring import bias, promised, results
from tutor.tinylm.measuring.claims import judged, logged_rewards
from tutor.tinylm.measuring.measures import (
    Asked,
    Figure,
    Heard,
    divergence,
    mean_of,
    paired_difference,
    replies,
    share_of,
)
from tutor.tinylm.measuring.questions import NOT_KNOWN, UNASKED, Questions, questions
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
    Claim,
    Column,
    Table,
)
from tutor.tinylm.measuring.scores import WAYS
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.world.editions import SECOND
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.wider_taste import Rate

SEED = 577_215
"""For development: the versions of the model were chosen by what it showed."""
FRESH_SEED = 20_261_126
"""For the card: written down before it was used, and used once, when nothing could be chosen any
more. Whoever trains another version takes another."""
EACH, PAIRS = 40, 50
"""Prompts of each kind; pairs to compare for each of them (2,000 by default)."""


@dataclass(slots=True)
class Bench:
    """The faces on the bench, and what SFT said, with which the others are compared."""

    asked: Questions
    columns: dict[str, Asked]
    rate: Rate
    rated: dict[str, list[Heard]] = field(default_factory=dict)
    settled: dict[str, list[Heard]] = field(default_factory=dict)

    @classmethod
    def of(cls, weights: Path, asked: Questions) -> "Bench":
        """The faces in a folder; OSError where one is missing."""
        tokenizer = Tokenizer.load(weights / "tokenizer.json")
        loaded = {name: model.load(weights / f"{name}.safetensors") for name in faces.FACES}
        columns = {
            name: Asked(loaded[face], tokenizer, WAYS[way]) for name, (face, way) in COLUMNS.items()
        }
        return cls(asked, columns, edition_of(weights / "base.safetensors").talk.rate)

    def greedy(self, name: str, some: Sequence[Probe]) -> list[Heard]:
        """The most likely reply to each prompt."""
        return list(replies(self.columns[name], some))

    def free(self, name: str) -> list[Heard]:
        """One drawn reply to each prompt for the rater."""
        if name not in self.rated:
            drawn_replies = replies(self.columns[name], self.asked.tasted, 1.0)
            self.rated[name] = list(drawn_replies)
        return self.rated[name]

    def steady(self, name: str) -> list[Heard]:
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
        ratings = [self.rate(one.probe, one.text, ended=one.ended) for one in said]
        yield "friendly", share_of([one.opening or one.closing for one in ratings])
        yield "rude", share_of([one.rude for one in ratings])
        yield "gold", mean_of([one.score for one in ratings])
        if name != SFT:
            yield "wins", self.wins(said, self.free(SFT))
            yield "unseen wins", self.wins(self.unseen(said), self.unseen(self.free(SFT)))
        if name == PREFERENCE:
            yield "greedy wins", self.wins(self.steady(name), self.steady(SFT))
        if COLUMNS[name][1] == "chat":
            policy, reference = self.columns[name].model, self.columns[SFT].model
            yield "KL", mean_of([divergence(policy, reference, one) for one in said])

    def unseen(self, said: Sequence[Heard]) -> list[Heard]:
        """The replies to prompts that tuning never read."""
        return [one for one in said if one.probe.prompt not in self.asked.seen]

    def seen_of(self, some: Sequence[Probe]) -> int:
        """How many of these prompts tuning had read."""
        return sum(probe.prompt in self.asked.seen for probe in some)

    def wins(self, mine: Sequence[Heard], others: Sequence[Heard]) -> Figure:
        """The share of prompts to which mine pleases the rater more; a tie is half a win."""
        scores = (
            [self.rate(one.probe, one.text, ended=one.ended).score for one in some]
            for some in (mine, others)
        )
        return mean_of([win(*two) for two in zip(*scores, strict=True)])

    def rights(self, name: str, some: Sequence[Probe]) -> list[bool]:
        """Which of the prompts it answers rightly, greedy."""
        return [one.right for one in self.greedy(name, some)]


def win(mine: float, other: float) -> float:
    """1 for the higher score, 0 for the lower, a half for a tie."""
    return 0.5 if mine == other else float(mine > other)


def truths(said: Mapping[str, Sequence[Heard]]) -> Iterator[tuple[str, Figure]]:
    """Truth over all kinds together, and over those to which there is an answer."""
    inside = [one.right for kind, some in said.items() if kind not in NOT_KNOWN for one in some]
    yield "truth", share_of([one.right for some in said.values() for one in some])
    yield "world", share_of(inside)


def true_and_formed(said: Mapping[str, Sequence[Heard]]) -> Iterator[tuple[str, Figure]]:
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
        (LOSES_TRUTH_UNSEEN, [probe.prompt not in bench.asked.seen for probe in asked]),
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
    edition = edition_of(weights / "base.safetensors")
    bench = Bench.of(weights, questions(each, prompts or PAIRS * each, seed, edition))
    columns = {}
    for name in COLUMNS:
        print(f"{time.monotonic() - begun:5.0f} s  {name}", file=sys.stderr)
        columns[name] = bench.column(name)
    print(f"{time.monotonic() - begun:5.0f} s  the pairs", file=sys.stderr)
    paired, reward = dict(differences(bench)), logged_rewards(weights / "logs")
    seconds = round(time.monotonic() - begun, 1)
    asked = len(bench.asked.paired)
    claims, details = list(judged(columns, paired, reward)), dict[str, Any]()
    if edition is not SECOND:
        print(f"{time.monotonic() - begun:5.0f} s  the promises", file=sys.stderr)
        claims, details = promised_of(weights, each, seed)
        reward = rewarded(details) or reward
    biases = dict(biases_of(bench.columns[RAW]))
    seen = {kind: bench.seen_of(some) for kind, some in bench.asked.kinds.items()}
    return Table(
        date, seed, each, asked, seconds, columns, paired, reward, claims, biases, seen, details
    )


def promised_of(weights: Path, each: int, seed: int) -> tuple[list[Claim], dict[str, Any]]:
    """What the third edition's promises came to, and the measures behind each."""
    found = list(promised.judged(promised.Bench(weights, seed, each), list(promised.MEASURES)))
    claims = [Claim(one.text, one.measured, one.kept is True) for one, _details in found]
    return claims, {one.id: details for one, details in found}


def rewarded(details: Mapping[str, Any]) -> dict[str, float]:
    """The shipped reward model's mean score of each face, from what the promises measured."""
    found = details.get("over-optimised") or {}
    return {face: one.value for face, one in found.get("reward", {}).items()}


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
    parser.add_argument("--final", action="store_true", help="the seed that is for one use")
    parser.add_argument("--date", default="", help="to be written into the table")
    parser.add_argument("--json", type=Path, help="write the table to this file as well")
    given = vars(parser.parse_args(arguments))
    path = given.pop("json")
    if given.pop("final"):
        given["seed"] = promised.final_seed(given["weights"])
    table = measured(**given)
    if path is not None:
        results.write(table, path)
    print(results.as_text(table))


if __name__ == "__main__":
    main()
