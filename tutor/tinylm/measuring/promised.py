"""Whether version 3 keeps its promises: `python -m tutor.tinylm.measuring.promised --weights DIR`.

Without --final the prompts are drawn from the development seed, as often as one likes. The final
seed follows from the finished base itself and is for one use: what comes out then is the card's.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from tutor.tinylm import faces, manifest
from tutor.tinylm.measuring import third
from tutor.tinylm.measuring.measures import Figure, paired_difference, share_of
from tutor.tinylm.measuring.results import percent
from tutor.tinylm.measuring.third import CHECKED, OVER, SFT, Faces
from tutor.tinylm.world import wider_dialogues as talk

PROMISES = Path(__file__).with_name("promises.toml")
EACH = 40
"""Prompts of each kind; the other counts follow from it."""
SIDE, DOZEN = 3, 12
"""Times `EACH`: prompts for each side of a refusal and the like; prompts rated, facts, pages."""
FOUR = 4
"""Examples of each label at which the raw model is judged."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A threshold, set before the training; without a number it is told in words."""

    id: str
    text: str
    at_least: float | None = None
    at_most: float | None = None

    def kept_by(self, value: float) -> bool:
        """Whether a figure reaches the threshold; the figure itself decides."""
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class Promises:
    """The file of promises."""

    version: int
    status: str
    development_seed: int
    final_seed: str
    promise: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promise, what was measured in words, and whether it is kept; None: not measured."""

    id: str
    text: str
    measured: str
    kept: bool | None


@dataclass(slots=True)
class Report:
    """All that one run of this command measured."""

    date: str
    seed: int
    final: bool
    each: int
    seconds: float = 0.0
    verdicts: list[Verdict] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    """Every measure as it came out, by promise."""


def promises() -> Promises:
    """What was promised."""
    return msgspec.toml.decode(PROMISES.read_bytes(), type=Promises)


def final_seed(weights: Path) -> int:
    """The seed that follows from the base: nobody can choose it, or know it before."""
    return int(manifest.digest(weights / "base.safetensors")[:8], 16)


Outcome = tuple[str, bool, Any]
"""What was measured in words, whether that keeps the promise, and the measures themselves."""


def shares(promise: Promise, figure: Figure) -> Outcome:
    """A share that is judged as it is."""
    return f"{percent(figure)}, n={figure.count}", promise.kept_by(figure.value), figure


def loss(promise: Promise, change: Figure) -> Outcome:
    """A change that may be a loss of so much at most."""
    words = f"{100 * change.value:+.1f} [{100 * change.low:+.1f}, {100 * change.high:+.1f}] points"
    return f"{words}, n={change.count}", promise.kept_by(-change.value), change


class Bench:
    """The faces, the seed, and what several promises share."""

    def __init__(self, weights: Path, seed: int, each: int) -> None:
        self.faces, self.seed, self.each = Faces(weights), seed, each
        self.weights = weights
        self._truth: third.Truth | None = None
        self._preferred: third.Preferred | None = None

    @property
    def truth(self) -> third.Truth:
        """How often SFT is right."""
        self._truth = self._truth or third.truth(self.faces, third.by_kind(self.each, self.seed))
        return self._truth

    @property
    def preferred(self) -> third.Preferred:
        """How the preference-tuned faces fare against SFT."""
        count = DOZEN * self.each
        self._preferred = self._preferred or third.preferred(self.faces, count, self.seed + 1)
        return self._preferred


def right(bench: Bench, promise: Promise) -> Outcome:
    """SFT over all kinds, each of them counting the same."""
    words, kept, figure = shares(promise, share_of(bench.truth.neat))
    return words, kept, {"all": figure, "kinds": bench.truth.kinds}


def careless(bench: Bench, promise: Promise) -> Outcome:
    """The same prompts, typed carelessly."""
    change = paired_difference(bench.truth.neat, bench.truth.careless)
    words, kept, _figure = loss(promise, change)
    return words, kept, {"change": change, "kinds": bench.truth.careless_kinds}


def follow_up(bench: Bench, promise: Promise) -> Outcome:
    """Questions that follow a question."""
    make, count = third.of(talk.ask_follow_up), SIDE * bench.each
    some = third.different(make, count, Random(bench.seed + 2))
    return shares(promise, share_of(bench.faces.rights(SFT, some)))


def harmful(bench: Bench, promise: Promise) -> Outcome:
    """Harm is refused."""
    count = SIDE * bench.each
    return shares(promise, third.refusals(bench.faces, (talk.ask_harm,), count, bench.seed + 3))


def harmless(bench: Bench, promise: Promise) -> Outcome:
    """What is harmless is not refused, be it known or unknown."""
    askers, count = (talk.ask_craft, talk.ask_unknown_craft), 2 * bench.each
    return shares(promise, third.refusals(bench.faces, askers, count, bench.seed + 4))


def invented(bench: Bench, promise: Promise) -> Outcome:
    """Invented names are not known."""
    found = third.admissions(bench.faces, SIDE * bench.each, bench.seed + 5)
    return shares(promise, found)


def withheld(bench: Bench, promise: Promise) -> Outcome:
    """Facts never asked in tuning."""
    found = third.withheld_facts(bench.faces, DOZEN * bench.each, bench.seed + 6)
    return loss(promise, found)


def wins(bench: Bench, promise: Promise) -> Outcome:
    """The preference-tuned face against SFT."""
    return shares(promise, bench.preferred.wins)


def truth(bench: Bench, promise: Promise) -> Outcome:
    """What preference tuning costs in truth."""
    return loss(promise, bench.preferred.truth)


def sycophantic(bench: Bench, promise: Promise) -> Outcome:
    """Right answers given up under pressure, by how many more."""
    found = third.flips(bench.faces, DOZEN * bench.each, bench.seed + 7)
    words = f"SFT {percent(found.before)}, sycophantic {percent(found.after)}, points apart: "
    return f"{words}{100 * found.more:.1f}", promise.kept_by(found.more), found


def rewarded(bench: Bench, promise: Promise) -> Outcome:
    """Long rows before and after checked rewards, and every length beside."""
    each = max(2, bench.each // 2)
    before, after = (
        dict(third.by_length(bench.faces, name, each, bench.seed + 8)) for name in (SFT, CHECKED)
    )
    change = third.gained(before, after)
    words = f"{100 * change.value:+.1f} [{100 * change.low:+.1f}, {100 * change.high:+.1f}] points"
    kept = promise.kept_by(change.value)
    return f"{words}, n={change.count}", kept, {"before": before, "after": after}


def over_optimised(bench: Bench, _promise: Promise) -> Outcome:
    """The rater's score falls, and the reward model sees nothing of it."""
    gold, reward = bench.preferred.gold, bench.preferred.reward
    words = (
        f"rater {gold[OVER].value:.2f} against {gold[SFT].value:.2f}, "
        f"reward model {reward[OVER].value:.2f} against {reward[SFT].value:.2f}"
    )
    kept = gold[OVER].value < gold[SFT].value and reward[OVER].value >= reward[SFT].value
    return words, kept, {"gold": gold, "reward": reward}


def few_shot(bench: Bench, promise: Promise) -> Outcome:
    """Made-up labels by the examples in the prompt."""
    curve = third.few_shot(bench.faces, (DOZEN // 2) * bench.each, bench.seed + 9)
    words, kept, _figure = shares(promise, curve.met[FOUR])
    return words, kept, curve


def size(bench: Bench, promise: Promise) -> Outcome:
    """All that is shipped."""
    total = sum(path.stat().st_size for path in bench.weights.rglob("*") if path.is_file())
    return f"{total:,} bytes", promise.kept_by(total), total


MEASURES: Mapping[str, Callable[[Bench, Promise], Outcome]] = {
    "right": right, "careless": careless, "follow-up": follow_up, "harmful": harmful,
    "harmless": harmless, "invented": invented, "withheld": withheld, "wins": wins,
    "truth": truth, "sycophantic": sycophantic, "checked": rewarded,
    "over-optimised": over_optimised, "few-shot": few_shot, "size": size,
}  # fmt: skip
"""How each promise is measured, by its id."""


def judged(bench: Bench, wanted: Sequence[str]) -> Iterator[tuple[Verdict, Any]]:
    """A verdict on each promise that is wanted; one whose face is not there stays open."""
    for promise in promises().promise:
        if promise.id not in wanted:
            continue
        try:
            words, kept, details = MEASURES[promise.id](bench, promise)
        except FileNotFoundError as error:
            missing = Path(str(error.filename)).name
            yield Verdict(promise.id, promise.text, f"not measured: no {missing}", None), None
            continue
        yield Verdict(promise.id, promise.text, words, kept), details


def as_line(verdict: Verdict) -> str:
    """A verdict on one line."""
    said = {True: "kept", False: "MISSED", None: "open"}[verdict.kept]
    return f"{said:7} {verdict.text}: {verdict.measured}"


def measured(report: Report, bench: Bench, wanted: Sequence[str]) -> Report:
    """Measure what is wanted, line by line on stderr."""
    begun = time.monotonic()
    for verdict, details in judged(bench, wanted):
        report.verdicts.append(verdict)
        report.details[verdict.id] = details
        print(f"{time.monotonic() - begun:5.0f} s  {as_line(verdict)}", file=sys.stderr, flush=True)
    report.seconds = round(time.monotonic() - begun, 1)
    return report


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the verdicts, as the command line or `arguments` ask."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.measuring.promised", description=__doc__
    )
    parser.add_argument("--weights", type=Path, default=faces.WEIGHTS, help="folder of the faces")
    parser.add_argument("--each", type=int, default=EACH, help="prompts of each kind")
    parser.add_argument("--only", nargs="*", choices=list(MEASURES), default=list(MEASURES))
    parser.add_argument("--final", action="store_true", help="the seed that is for one use")
    parser.add_argument("--date", default="", help="to be written into the report")
    parser.add_argument("--json", type=Path, help="write all figures to this file as well")
    given = parser.parse_args(arguments)
    seed = final_seed(given.weights) if given.final else promises().development_seed
    report = Report(given.date, seed, given.final, given.each)
    measured(report, Bench(given.weights, seed, given.each), given.only)
    if given.json is not None:
        encoded = msgspec.json.encode(report)
        given.json.write_bytes(msgspec.json.format(encoded, indent=1) + b"\n")
    print("\n".join(map(as_line, report.verdicts)))


if __name__ == "__main__":
    main()
