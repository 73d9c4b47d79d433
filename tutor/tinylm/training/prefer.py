"""The cherry on top: `python -m tutor.tinylm.training.prefer --base RUN --out RUN`.

Answers of the fine-tuned model are compared by the rater, a reward model learns from the
comparisons, and DPO and RLHF train towards it: RLHF at several β and all else equal, and once with
nothing to hold it, until its reward has parted from what the rater really wants; of that run the
best moment is kept too, which is early stopping. From the third edition on there is one more run,
for a rater who likes to be agreed with, by DPO. Each stage leaves its weights and a log with curves
in --out; a stage whose files are there is not run again.

A policy says what the fine-tuned model never said, and no comparison has shown that to the reward
model. So comparisons may come in two rounds: `--first` makes a reward model and one policy, and
a later run `--after` it has the replies of that policy compared as well.
"""

import argparse
import copy
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from tutor.tinylm import safetensors
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training import dpo, exam, preference, replay, reward, rlhf
from tutor.tinylm.training.answering import Draw
from tutor.tinylm.training.exam import Exam
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.preference import Comparison
from tutor.tinylm.training.reward import Fixed, RewardModel
from tutor.tinylm.training.rlhf import Recipe
from tutor.tinylm.training.sft import Rows, load_network
from tutor.tinylm.training.tokens import Tokens
from tutor.tinylm.world.editions import AGREEABLE, SECOND, THIRD, Talk

BETAS = (0.3, 0.1, 0.03, 0.0)
"""Runs that differ in this alone."""
OVER_OPTIMISED = Recipe(beta=0.0, rate=1e-3, steps=200, replay=0.0, falling=False)
GENTLER = replace(OVER_OPTIMISED, rate=5e-4)
"""The third edition's: at the full rate its model broke within ten steps, and no score rose."""
FIRST_BETA = 0.1
SECOND_ROUND = 100
"""What is added to the seed of the second round's prompts."""
FALLEN = 0.8
"""The over-optimised run ends when the rater's score is so far below the fine-tuned model's."""
OVER, STOPPED, AGREEING = "over-optimised", "early-stopped", "sycophantic"
JUDGE = "reward"
HELD_BACK = 10
"""One comparison in so many is kept for testing the reward model."""
MOST_LOST = 1.0
"""Per cent of truth that the chosen model may lose on prompts that choose between the β."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the models are, and how much is done at each stage."""

    base: Path
    sft: Path
    out: Path
    seed: int = 17
    threads: int = 2
    prompts: int = preference.PROMPTS
    reward_steps: int = reward.STEPS
    dpo_steps: int = dpo.Recipe().steps
    rlhf_steps: int = 120
    rlhf_replay: float = 1.0
    """What the replayed loss counts in RLHF at every β."""
    every: int = 30
    """Steps from one point of a curve to the next."""
    watched: int = 300
    """Prompts on which each point of a curve is measured."""
    examined: int = 2000
    """Held-out prompts of the last exam."""
    first: bool = False
    """Whether this is a first round, of a reward model and one policy."""
    after: Path | None = None
    """The folder of the first round, if this is the second."""


class Workshop:
    """What the stages share; each thing is made when it is first asked for.

    Another talk than the edition's has a judge of its own, under another name.
    """

    def __init__(self, plan: Plan, talk: Talk | None = None, judge: str = JUDGE) -> None:
        self.plan = plan
        self.tokenizer = Tokenizer.load(plan.base / "tokenizer.json")
        self.reference = load_network(plan.sft / "sft.safetensors")
        self.edition = edition_of(plan.sft / "sft.safetensors")
        self.talk = talk or self.edition.talk
        self.judge_file = plan.out / f"{judge}.safetensors"

    @cached_property
    def compared(self) -> list[Network]:
        """Whose replies are compared: the fine-tuned model's, and the first round's policy's."""
        if self.plan.after is None:
            return [self.reference]
        return [
            self.reference,
            load_network(self.plan.after / f"{name_of(FIRST_BETA)}.safetensors"),
        ]

    @cached_property
    def corpus(self) -> Tokens:
        """The base's reading, to be read again."""
        return np.memmap(self.plan.base / "training.tokens", np.uint16, "r")

    @cached_property
    def comparisons(self) -> tuple[list[Comparison], list[Comparison]]:
        """To learn from, and to test on; both sides never share a prompt."""
        say("answers to compare")
        plan = self.plan
        seed = plan.seed if plan.after is None else plan.seed + SECOND_ROUND
        rated = preference.pool(self.compared, self.tokenizer, seed, plan.prompts, self.talk)
        if self.talk is AGREEABLE:
            rated = preference.with_agreement(rated, self.tokenizer, self.talk.rate)
        cut = len(rated) // HELD_BACK
        return (
            preference.comparisons(rated[cut:], seed),
            preference.comparisons(rated[:cut], seed + 1),
        )

    def untrained(self) -> RewardModel:
        """The reward model before it learns here; the second round's is the first's.

        From the third edition on the embedding stays SFT's, and need not be shipped again.
        """
        after = self.plan.after
        begun = load_judge(after / self.judge_file.name) if after else None
        model = begun or reward.begun_from(self.reference)
        model.embedding.requires_grad_(self.edition is SECOND)
        return model

    @cached_property
    def judge(self) -> RewardModel:
        """The reward model, trained now or before."""
        if not self.judge_file.exists():
            train_judge(self, self.judge_file)
        return load_judge(self.judge_file)

    @property
    def fixed(self) -> Fixed:
        """What every policy is held against."""
        return Fixed(self.reference, self.judge, self.tokenizer, self.talk)

    def replayed(self) -> Iterator[Rows]:
        """What a policy reads again, from the beginning; no rater changes that."""
        length = self.reference.shape.context + 1
        return replay.rows(self.tokenizer, self.corpus, self.plan.seed, length, self.edition.talk)

    @cached_property
    def watched(self) -> Exam:
        """The exam for the curves, on prompts that the held-out ones do not meet."""
        plan = self.plan
        some = exam.prompts(plan.watched, plan.seed + 2, held_out=False, talk=self.talk)
        return exam.prepare(self.fixed, some, replace(preference.AS_IT_IS, seed=plan.seed))

    def about(self, stage: str) -> dict[str, str]:
        """What is written into the weights of a stage."""
        return {
            "stage": stage, "seed": str(self.plan.seed), "edition": str(self.edition.number),
        }  # fmt: skip


def say(line: str, end: str = "\n") -> None:
    """Progress, on stderr."""
    print(line, end=end, file=sys.stderr, flush=True)


def write_log(path: Path, record: dict[str, object]) -> None:
    """Write the log of a stage, whole or not at all."""
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    unfinished.rename(path)


def save(network: Network, path: Path, about: dict[str, str]) -> None:
    """Write weights in fp16, and in fp32 beside them, whole or not at all."""
    for kind, file in (("F32", path.with_suffix(".f32.safetensors")), ("F16", path)):
        unfinished = file.with_suffix(".part")
        packed = safetensors.pack(network.arrays(), kind)
        safetensors.write(unfinished, packed, network.shape.as_text() | about)
        unfinished.rename(file)


def load_judge(path: Path) -> RewardModel:
    """The reward model of a weights file."""
    tensors, about = safetensors.read(path)
    judge = RewardModel(Shape.from_text(about))
    weights = safetensors.unpack(tensors)
    judge.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    return judge


def train_judge(shop: Workshop, path: Path) -> None:
    """The first stage: comparisons, and the reward model that learns from them."""
    begun = time.monotonic()
    learned, tested = shop.comparisons
    say(f"reward model: {len(learned)} comparisons")
    judge = shop.untrained()
    losses = reward.train(judge, learned, shop.plan.seed, shop.plan.reward_steps)
    judge.standardise([one.better for one in tested] + [one.worse for one in tested])
    honest = [one for one in tested if one.honest]
    record: dict[str, object] = {
        "stage": path.stem, "seed": shop.plan.seed, "prompts": shop.plan.prompts,
        "comparisons": len(learned),
        "flipped": preference.FLIPPED, "tested": len(tested),
        "accuracy": round(100 * reward.accuracy(judge, tested), 1),
        "accuracy_unflipped": round(100 * reward.accuracy(judge, honest), 1),
        "losses": [round(loss, 4) for loss in losses],
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
    say(f"  right about {record['accuracy_unflipped']} % of {len(honest)} unflipped labels")
    write_log(path.with_suffix(".json"), record)
    save(judge, path, shop.about(path.stem))


@dataclass(slots=True)
class Curve:
    """Measures a policy every few steps; ends the run once it has fallen far enough.

    With a limit to its fall, it keeps the policy as it was at its best: early stopping.
    """

    exam: Exam
    every: int
    fallen: float | None = None
    points: list[dict[str, float]] = field(default_factory=list)
    best: Network | None = None

    def __call__(self, step: int, policy: Network) -> bool:
        """Add a point when one is due."""
        if step % self.every:
            say(f"\r{step:4} ", end="")
            return False
        point = {"step": step} | exam.record(self.exam, policy, exam.taken(self.exam, policy))
        self.points.append(point)
        say(f"\r{json.dumps(point)}")
        if self.fallen is not None and point is self.peak:
            self.best = copy.deepcopy(policy)
        return self.fallen is not None and point["gold"] < self.points[0]["gold"] - self.fallen

    @property
    def peak(self) -> dict[str, float]:
        """The point at which the rater was pleased most; IndexError before there is one."""
        return max(self.points, key=lambda point: point["gold"])


Trainer = Callable[[Curve], Network]


def run(shop: Workshop, name: str, recipe: dict[str, object], train: Trainer,
        *, fallen: float | None = None) -> None:  # fmt: skip
    """A stage that trains a policy: weights and a log with its curve, unless they are there."""
    path = shop.plan.out / f"{name}.safetensors"
    if path.exists():
        return
    every = shop.plan.every if fallen is None else max(1, shop.plan.every // 3)
    curve = Curve(shop.watched, every, fallen)
    say(f"{name}: {recipe}")
    begun = time.monotonic()
    policy = train(curve)
    record: dict[str, object] = {
        "stage": name, "seed": shop.plan.seed, "recipe": recipe, "curve": curve.points,
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
    write_log(path.with_suffix(".json"), record)
    save(policy, path, shop.about(name))
    if curve.best is not None:
        stopped = shop.plan.out / f"{STOPPED}.safetensors"
        early: dict[str, object] = {
            "stage": STOPPED, "of": name, "recipe": recipe, "curve": [curve.peak],
        }  # fmt: skip
        write_log(stopped.with_suffix(".json"), early)
        save(curve.best, stopped, shop.about(STOPPED))


def run_dpo(shop: Workshop, name: str = "dpo") -> None:
    """Direct preference optimisation, by the comparisons of a workshop."""
    recipe = dpo.Recipe(steps=shop.plan.dpo_steps)

    def train(curve: Curve) -> Network:
        learned, _tested = shop.comparisons
        compared = dpo.batches(learned, shop.plan.seed)
        return dpo.train(shop.reference, recipe, compared, shop.replayed(), curve)

    run(shop, name, asdict(recipe), train)


def run_rlhf(shop: Workshop, name: str, recipe: Recipe, fallen: float | None = None) -> None:
    """RLHF by one recipe."""

    def train(curve: Curve) -> Network:
        return rlhf.train(shop.fixed, recipe, shop.replayed(), shop.plan.seed, curve)

    run(shop, name, asdict(recipe), train, fallen=fallen)


def name_of(beta: float) -> str:
    """The name of the run at this β."""
    return f"rlhf-{beta:g}"


def held(plan: Plan, beta: float) -> Recipe:
    """The recipe that the runs share, at this β."""
    return Recipe(beta, steps=plan.rlhf_steps, replay=plan.rlhf_replay)


def choose(logs: dict[float, list[dict[str, float]]]) -> float:
    """The β that wins most without losing truth; if all lose some, the one that loses least."""
    ends = {beta: (curve[-1]["win"], curve[-1]["truth"] - curve[0]["truth"])
            for beta, curve in logs.items()}  # fmt: skip
    kept = [beta for beta, (_win, truth) in ends.items() if truth >= -MOST_LOST]
    if kept:
        return max(kept, key=lambda beta: ends[beta][0])
    return max(ends, key=lambda beta: ends[beta][1])


def read_curve(path: Path) -> list[dict[str, float]]:
    """The curve in the log of a stage."""
    curve: list[dict[str, float]] = json.loads(path.read_text("utf-8"))["curve"]
    return curve


def paired_change(new: Sequence[bool], old: Sequence[bool], seed: int) -> dict[str, float]:
    """Change in per cent on the same prompts, with the 95 % interval of 2,000 resamples."""
    if not new:
        return {}
    each = np.array(new, float) - np.array(old, float)
    drawn = np.random.default_rng(seed).choice(each, (2000, len(each))).mean(1)
    low, high = np.percentile(100 * drawn, [2.5, 97.5])
    return {"mean": round(100 * each.mean(), 2), "low": round(low, 2), "high": round(high, 2)}


def examine(shop: Workshop, names: Sequence[str]) -> dict[str, object]:
    """The last exam: held-out prompts of every kind, drawn at temperature 1 and at 0."""
    talk, plan = shop.talk, shop.plan
    some = exam.prompts(plan.examined, plan.seed + 3, held_out=True, talk=talk)
    found: dict[str, object] = {"prompts": len(some), "kept_out": sorted(talk.kept_out)}
    for temperature in (1.0, 0.0):
        asked = exam.prepare(shop.fixed, some, Draw(preference.LIMIT, temperature, plan.seed))
        found[f"sft, temperature {temperature:g}"] = exam.record(
            asked, shop.reference, asked.baseline
        )
        for name in names:
            policy = load_network(plan.out / f"{name}.safetensors")
            result = graded(asked, policy, plan.seed)
            found[f"{name}, temperature {temperature:g}"] = result
            say(f"{name}, temperature {temperature:g}: {json.dumps(result)}")
    return found


def graded(asked: Exam, policy: Network, seed: int) -> dict[str, object]:
    """A policy's record and its paired change of truth: over all, and where none was preferred."""
    answers = exam.taken(asked, policy)
    pairs = list(zip(answers, asked.baseline, strict=True))
    outside = [pair for pair in pairs if pair[0].probe.kind in asked.fixed.talk.kept_out]
    result: dict[str, object] = dict(exam.record(asked, policy, answers))
    for name, few in (("truth_change", pairs), ("truth_change_kept_out", outside)):
        new = [one.rating.right for one, _before in few]
        old = [before.rating.right for _one, before in few]
        result[name] = {"n": len(few)} | paired_change(new, old, seed)
    return result


def pleasing(plan: Plan) -> Workshop:
    """The workshop of the rater who likes to be agreed with; one round serves it."""
    return Workshop(replace(plan, after=None), AGREEABLE, "reward-agreeable")


def run_first(plan: Plan) -> None:
    """The first of two rounds: a reward model, and one policy."""
    run_rlhf(Workshop(plan), name_of(FIRST_BETA), held(plan, FIRST_BETA))


def run_all(plan: Plan) -> None:
    """Every stage that is not there yet, the choice between the β, and the last exam."""
    shop = Workshop(plan)
    if plan.after is not None:
        for name in (JUDGE, name_of(FIRST_BETA)):
            shutil.copy(plan.after / f"{name}.json", plan.out / f"first-{name}.json")
    run_dpo(shop)
    for beta in BETAS:
        run_rlhf(shop, name_of(beta), held(plan, beta))
    run_rlhf(shop, OVER, GENTLER if shop.edition is THIRD else OVER_OPTIMISED, FALLEN)
    if shop.edition is THIRD:
        run_dpo(pleasing(plan), AGREEING)  # it agrees too seldom for RLHF to find that it pays
    beta = choose({beta: read_curve(plan.out / f"{name_of(beta)}.json") for beta in BETAS})
    for suffix in (".safetensors", ".f32.safetensors", ".json"):
        shutil.copy(plan.out / f"{name_of(beta)}{suffix}", plan.out / f"rlhf{suffix}")
    say(f"chosen: beta {beta:g}")
    if not (plan.out / "preference.json").exists():
        results = examine(shop, ["dpo", "rlhf", OVER])
        write_log(plan.out / "preference.json", {"beta": beta} | results)


def read_plan(arguments: Sequence[str] | None) -> Plan:
    """The plan that the arguments ask for; SystemExit if they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.prefer", description=__doc__
    )
    parser.add_argument("--base", type=Path, required=True, help="folder of the base run")
    parser.add_argument("--sft", type=Path, help="folder with sft.safetensors; default: --out")
    parser.add_argument("--out", type=Path, required=True)
    for name in ("seed", "threads", "prompts", "reward_steps", "dpo_steps", "rlhf_steps",
                 "rlhf_replay", "every", "watched", "examined"):  # fmt: skip
        default = Plan.__dataclass_fields__[name].default
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    parser.add_argument("--first", action="store_true", help="the first of two rounds")
    parser.add_argument("--after", type=Path, help="folder of the first round, for the second")
    given = vars(parser.parse_args(arguments))
    return Plan(**(given | {"sft": given["sft"] or given["out"]}))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the preference stages, as the command line or `arguments` ask."""
    plan = read_plan(arguments)
    plan.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    (run_first if plan.first else run_all)(plan)


if __name__ == "__main__":
    main()
