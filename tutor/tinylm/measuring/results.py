"""What was measured of the shipped faces, as data, as JSON and as text."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tutor.tinylm.measuring.measures import Figure

COLUMNS = {
    "base, raw": ("base", "raw"),
    "base, few-shot": ("base", "few-shot"),
    "SFT": ("sft", "chat"),
    "preference": ("rlhf", "chat"),
    "over-optimised": ("over-optimised", "chat"),
}
"""Each column of the table: which face is asked, and how."""
RAW, FEW_SHOT, SFT, PREFERENCE, OVER = COLUMNS
LOSES_UNASKED = "the same on kinds that no preference was stated for"
LOSES_TRUTH_UNSEEN = "the same on prompts never seen in tuning"
LOSES_TRUTH, LOSES_FACTS = "preference − SFT, truth", "SFT − base few-shot, withheld facts"


@dataclass(slots=True)
class Column:
    """What was measured of one face in one way; shares are 0–1, KL is in nats per reply."""

    name: str
    figures: dict[str, Figure] = field(default_factory=dict)
    kinds: dict[str, Figure] = field(default_factory=dict)
    unseen: dict[str, Figure] = field(default_factory=dict)
    """The same without the prompts that tuning had read; no kind of which it had read all."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A threshold set before the training, what was measured, and whether it is reached."""

    text: str
    measured: str
    reached: bool


@dataclass(slots=True)
class Table:
    """The whole table, as it lies in `weights/scores.json`."""

    date: str
    seed: int
    each: int
    prompts: int
    seconds: float
    columns: dict[str, Column]
    paired: dict[str, Figure]
    """Differences of two columns on the same prompts."""
    reward: dict[str, float]
    """The reward model's mean score, from the logs of the training: it is not shipped."""
    claims: list[Claim]
    biases: dict[str, dict[str, tuple[float, float]]]
    """Skews put into the data: the raw model's share and the data's, by village and by trade."""
    seen: dict[str, int]
    """Of the prompts of each kind, how many tuning had read word for word."""
    details: dict[str, Any] = field(default_factory=dict)
    """From the third edition on, the measures behind each promise, by its id."""


def read(path: Path) -> Table:
    """A table from its file; OSError if there is none, msgspec.DecodeError if it is not one."""
    return msgspec.json.decode(path.read_bytes(), type=Table)


def write(table: Table, path: Path) -> None:
    """Write a table as JSON, a figure a line."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n")


NAMES = {
    "unseen": "right, unseen %", "truth": "right, all %",
    "unseen world": "in-world, unseen %", "world": "in-world, all %", "format": "format %",
    "both": "right + format %", "ends": "ends %",
    "withheld": "withheld facts %", "invented": "invented, admits", "outside": "outside, admits",
    "harmful": "harm, refuses %", "harmless": "harmless, refuses",
    "forward": "read forwards %", "backward": "read backwards %",
    "friendly": "friendly %", "rude": "rude %", "gold": "gold score", "wins": "wins vs SFT %",
    "unseen wins": "the same, unseen %", "greedy wins": "the same, greedy %",
    "KL": "KL to SFT, nats",
}  # fmt: skip
MEANS = frozenset({"gold", "KL"})
"""Figures that are no shares."""
LABEL, CELL, WIDTH = 19, 16, 100
NOTES = (
    "Shares are followed by their 95 % interval (Wilson), means by the half-width of theirs. "
    "Right, format and ends: greedy, all kinds together. Unseen: without every prompt that tuning "
    "had read word for word. In-world: without the kinds to which the right reply is to own up or "
    "to refuse. Format: one answer and no more. Admits: says that it does not know. Harm, "
    "harmless: six ways of asking for help, with what hurts somebody and with what does not; no "
    "such deed was in tuning. Read forwards, backwards: the answer stands after the word that "
    "is asked for, or before it. Friendly, rude, gold, wins and KL: replies drawn at temperature "
    "1, rated by a formula (tutor.tinylm.world.taste), not by people; a tie is half a win. Greedy "
    "wins: on the pairs below. KL: per reply. Reward model: the one row that is not measured here "
    "but copied from the training's log, for the reward model is not shipped."
)


NOTES_OF_THE_THIRD = (
    "Shares are followed by their 95 % interval (Wilson), means by the half-width of theirs. "
    "Right, format and ends: greedy, all kinds together; no prompt was in any tuning. In-world: "
    "without the kinds to which the right reply is to own up or to refuse. Format: one answer and "
    "no more. Admits: says that it does not know. Harm, harmless: wishes in the same forms. Read "
    "forwards, backwards: the answer stands after the word that is asked for, or before it. "
    "Friendly, rude, gold, wins, KL and reward model: replies drawn at temperature 1, rated by a "
    "formula (tutor.tinylm.world.wider_taste), not by people, and by the shipped reward model; a "
    "tie is half a win. Greedy wins: on the pairs below. KL: per reply."
)


def notes(table: Table) -> str:
    """What the figures of a table are."""
    return NOTES_OF_THE_THIRD if table.details else NOTES


def percent(figure: Figure) -> str:
    """A share with its interval: `92.3 [90, 94]`."""
    return f"{100 * figure.value:.1f} [{100 * figure.low:.0f}, {100 * figure.high:.0f}]"


def points(figure: Figure) -> str:
    """A difference of shares with its interval: `-1.2 [-2.0, -0.4] points`."""
    low, high = 100 * figure.low, 100 * figure.high
    return f"{100 * figure.value:+.1f} [{low:+.1f}, {high:+.1f}] points"


def mean(figure: Figure) -> str:
    """A mean with the half-width of its interval: `1.49 ±0.05`."""
    return f"{figure.value:.2f} ±{(figure.high - figure.low) / 2:.2f}"


def cell(name: str, figure: Figure | None) -> str:
    """A figure as it stands in a column; a dash where there is none."""
    if figure is None:
        return "–"
    return mean(figure) if name in MEANS else percent(figure)


def rows(table: Table) -> Iterator[tuple[str, list[str]]]:
    """Every line of the table: its name, and a cell for each column; kinds after the figures."""
    columns = table.columns.values()
    for name, label in NAMES.items():
        if table.details and "unseen" in name:
            continue  # nothing was seen
        yield label, [cell(name, one.figures.get(name)) for one in columns]
    if table.reward:
        known = [table.reward.get(COLUMNS[name][0]) for name in table.columns]
        yield (
            "reward model" if table.details else "reward model, log",
            ["–" if one is None else f"{one:.2f}" for one in known],
        )
    for kind in next(iter(columns)).kinds:
        yield kind, [cell(kind, one.kinds[kind]) for one in columns]


def claimed(claim: Claim) -> str:
    """A threshold and what came of it, on one line."""
    verdict = "reached" if claim.reached else "NOT REACHED"
    return f"{verdict:12} {claim.text}: {claim.measured}"


def biases(table: Table) -> Iterator[str]:
    """What the raw model makes of the skews in its data, a line each."""
    for word, some in table.biases.items():
        shares = (f"{name} {said:.0%} ({data:.0%})" for name, (said, data) in some.items())
        yield f'base says "{word}" (its data do): ' + ", ".join(shares)


def seen_shares(table: Table) -> Iterator[str]:
    """How many prompts of each kind tuning had read, such as "harm 0 of 40"."""
    kinds = next(iter(table.columns.values())).kinds
    for kind, figure in kinds.items():
        yield f"{kind} {table.seen.get(kind, 0)} of {figure.count}"


def as_text(table: Table) -> str:
    """The table at no more than 100 columns."""
    head = "".join(f"{name:>{CELL}}" for name in table.columns)
    lines = [f"{'':{LABEL}}{head}"]
    lines += [f"{name:{LABEL}}" + "".join(f"{one:>{CELL}}" for one in cells)
              for name, cells in rows(table)]  # fmt: skip
    below = [
        "",
        *(f"{name}: {points(one)}, n={one.count}" for name, one in table.paired.items()),
        "",
        "seen in tuning, word for word: " + ", ".join(seen_shares(table)),
        *("", *biases(table)),
        *("", *map(claimed, table.claims)),
        *("", notes(table)),
    ]
    for note in below:
        lines += textwrap.wrap(note, WIDTH) or [""]
    made = f"seed {table.seed}, {table.each} of each kind, {table.prompts} pairs"
    return "\n".join([*lines, f"{made}, {table.seconds:.0f} s, {table.date}"])
