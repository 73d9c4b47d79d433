"""How the shipped model was made, and what was promised of its versions: `history.toml`."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tutor.tinylm.manifest import File
from tutor.tinylm.world import voices
from tutor.tinylm.world.dialogues import VOICES
from tutor.tinylm.world.editions import SECOND

RATED_RUNS = (
    "rlhf-0.3", "rlhf-0.1", "rlhf-0.03", "rlhf-0", "over-optimised", "early-stopped",
)  # fmt: skip
"""The runs of RLHF that were made; the one that is shipped is a copy of one of them."""


class Version(Struct, frozen=True, forbid_unknown_fields=True):
    """A version, and for each promise what its own card said: kept or not, and the figure.

    `anew`: what its last card said, of a fresh seed; that card itself shows it elsewhere.
    """

    name: str
    date: str
    notes: str
    promises: list[tuple[str, str]]
    anew: bool = False


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """How something came to be measured in another way."""

    text: str


class History(Struct, frozen=True, forbid_unknown_fields=True):
    """All versions, what changed in measuring them, and the recipe of each stage."""

    promised: list[str]
    """What the first two versions promised, in the order of their figures."""
    version: list[Version]
    change: list[Change]
    recipe: dict[str, dict[str, str]]
    """By edition and stage; in braces what the logs know."""


def read() -> History:
    """The history that came with the package."""
    text = files("tutor.tinylm.measuring").joinpath("history.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), History)


def promised(told: History, versions: Sequence[Version]) -> list[list[str]]:
    """For each promise of the first two versions what these said of it."""
    return [
        [text, *(f"{figure}: {kept}" for kept, figure in said)]
        for text, *said in zip(told.promised, *(one.promises for one in versions), strict=True)
    ]


TITLES = {
    "sft": "Fine-tuning", "reward": "Reward model", "rlhf": "Preference training",
    "over": "Over-optimised", "sycophantic": "Sycophantic", "checked": "Checked rewards",
    "dpo": "DPO",
}  # fmt: skip
"""The title of each stage."""


def recipes(logs: Path, sft: File, edition: int) -> Iterator[tuple[str, str]]:
    """Each stage's title and recipe, filled in from the logs; nothing of what was not logged."""
    known = dict(logged(logs, sft, edition))
    for stage, text in read().recipe[str(edition)].items():
        if stage in known:
            yield TITLES[stage], text.format(**known[stage])


def manners(edition: int) -> Mapping[str, float]:
    """In per cent, how demonstrations are written."""
    if edition == SECOND.number:
        return {voice: share for voice, (*_phrases, share) in VOICES.items()}
    return {**voices.SHARES, "agreeing": 100 * voices.AGREES}


def logged(logs: Path, sft: File, edition: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What fills in the recipe of each stage whose logs are there."""
    time = {"steps": sft.steps or 0, "minutes": (sft.seconds or 0) / 60}
    yield "sft", {**time, **manners(edition)}
    yield from further(logs)
    names = ("reward", "rlhf", "over-optimised", "dpo", "preference")
    if not all((logs / f"{name}.json").exists() for name in names):
        return
    reward, rlhf, over, dpo, exam = (log(logs, name) for name in names)
    yield "reward", reward | first_round(logs)
    yield "rlhf", rlhf["recipe"] | {"kept_out": ", ".join(exam["kept_out"])}
    yield "over", compared(rlhf["recipe"], over)
    yield "dpo", dpo["recipe"] | examined(exam)


def first_round(logs: Path) -> dict[str, Any]:
    """The comparisons of a first round, and the truth that its policy had lost; {} without one."""
    if not (logs / "first-reward.json").exists():
        return {}
    judge, run = log(logs, "first-reward"), log(logs, "first-rlhf-0.1")
    begun, ended = run["curve"][0], run["curve"][-1]
    return {
        "first_comparisons": judge["comparisons"], "first_accuracy": judge["accuracy_unflipped"],
        "first_steps": ended["step"], "first_truth": ended["truth"], "sft_truth": begun["truth"],
    }  # fmt: skip


def further(logs: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The stages that came with the third edition, where they were logged."""
    if all((logs / f"{name}.json").exists() for name in ("sycophantic", "reward-agreeable")):
        run, judge = log(logs, "sycophantic"), log(logs, "reward-agreeable")
        yield "sycophantic", run["recipe"] | judge
    if (logs / "checked.json").exists():
        run = log(logs, "checked")
        yield "checked", run["recipe"] | {"prompts": run["prompts"], "each": run["each"]}


def log(logs: Path, name: str) -> dict[str, Any]:
    """The log of one stage; OSError if there is none."""
    found: dict[str, Any] = json.loads((logs / f"{name}.json").read_text("utf-8"))
    return found


def compared(rlhf: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """The over-optimised run's recipe beside that of the run that is shipped as "rlhf"."""
    recipe = over["recipe"]
    return {
        "rate": rlhf["rate"], "replay": rlhf["replay"], "over_beta": recipe["beta"],
        "over_rate": recipe["rate"], "over_replay": recipe["replay"],
        "over_most": recipe["steps"], "over_steps": over["curve"][-1]["step"],
    }  # fmt: skip


def examined(exam: Mapping[str, Any]) -> dict[str, Any]:
    """The last exam's verdict on the DPO run beside RLHF."""
    dpo, rlhf = exam["dpo, temperature 1"], exam["rlhf, temperature 1"]
    greedy = exam["dpo, temperature 0"]
    return {
        "prompts": exam["prompts"], "win": dpo["win"], "gold": dpo["gold"], "kl": dpo["kl"],
        "rlhf_win": rlhf["win"], "rlhf_gold": rlhf["gold"],
        "greedy_win": greedy["win"], "greedy_mean": greedy["truth_change"]["mean"],
        **{name: dpo["truth_change"][name] for name in ("mean", "low", "high")},
        **{f"rlhf_{name}": rlhf["truth_change"][name] for name in ("mean", "low", "high")},
    }  # fmt: skip


def runs(logs: Path) -> Iterator[Sequence[str]]:
    """Every run of RLHF: what it was given, and how it ended, from its log."""
    for name in RATED_RUNS:
        if (logs / f"{name}.json").exists():
            one = log(logs, name)
            recipe, end = one["recipe"], one["curve"][-1]
            yield [
                name, f"{recipe['beta']:g}", f"{recipe['rate']:g}", f"{recipe['replay']:g}",
                "falls" if recipe["falling"] else "level", str(end["step"]),
                f"{end['reward']:.2f}", f"{end['gold']:.2f}", f"{end['kl']:.1f}",
                f"{end['truth']:.1f}", f"{end['win']:.1f}",
            ]  # fmt: skip
