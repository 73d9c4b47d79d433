"""Search the shipped models and print what their parts do: `… tutor.tinylm.inside.circuits`.

With --write the result becomes `findings.json`, from which demos, `tutor look` and tests take it.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tutor.tinylm import manifest
from tutor.tinylm.faces import WEIGHTS, load_face, load_tokenizer
from tutor.tinylm.inside import damage, searching, trials
from tutor.tinylm.inside.changes import UNCHANGED, parts_of
from tutor.tinylm.inside.claims import CLAIMS
from tutor.tinylm.inside.findings import NAME, Carrying, Findings, Steering, Task, findings
from tutor.tinylm.inside.tasks import TASKS
from tutor.tinylm.model import Model
from tutor.tinylm.tokenizer import Tokenizer

FACES = ("base", "sft", "rlhf")
DIGITS = 4
"""Digits after the point that are written down."""


def measured() -> Findings:
    """Everything, measured anew on the shipped weights: half a minute."""
    raw, tokenizer = load_face("base"), load_tokenizer()
    gaps = {name: make(tokenizer) for name, make in TASKS.items()}
    copiers = searching.copiers_of(raw, gaps["rows"])
    return Findings(
        weights={face: manifest.digest(WEIGHTS / f"{face}.safetensors") for face in FACES},
        parameters=raw.shape.parameters,
        tasks={name: searching.task(raw, some, copiers) for name, some in gaps.items()},
        copying=searching.copying(raw, gaps["rows"]),
        carrying=searching.carrying(raw, gaps["capitals"]),
        lens={name: searching.through_the_lens(raw, some) for name, some in gaps.items()},
        damage=losses(raw, tokenizer),
        answering=trials.answering(),
        not_knowing=trials.not_knowing(),
    )


def losses(raw: Model, tokenizer: Tokenizer) -> dict[str, float]:
    """Loss on the fixed pages, whole and without each part."""
    pages = damage.in_tokens(tokenizer)
    without = {str(p): damage.loss(raw, pages, UNCHANGED.minus(p)) for p in parts_of(raw.shape)}
    return {"": damage.loss(raw, pages), **without}


def table(found: Findings) -> Iterator[str]:
    """All of it, in lines."""
    for name, task in found.tasks.items():
        yield from task_lines(name, task)
    yield from copying_lines(found)
    yield from carrying_lines(found.carrying)
    yield ""
    yield "chance of the right token if the model stopped before layer 1, after layer 1, …"
    for name, row in found.lens.items():
        yield f"  {name:10}{in_numbers(row)}"
    yield ""
    yield "loss in nats on eight fixed pages, whole and without each part"
    yield from (f"  {part or 'whole':10}{loss:6.2f}" for part, loss in found.damage.items())
    yield from steering_lines("raw, pushed towards an answer: right", found.answering)
    yield from steering_lines("tuned, pushed towards not knowing: admits", found.not_knowing)
    yield ""
    yield from (f"{'holds' if one.holds(found) else 'FAILS'}  {one.says(found)}" for one in CLAIMS)


def task_lines(name: str, task: Task) -> Iterator[str]:
    """A task, with what each part costs."""
    pair = " and ".join(task.pair)
    yield ""
    yield f"{name}, {task.whole.count} gaps: mean chance of the right token, how often it is first"
    rows = {
        "whole": task.whole,
        f"without {pair}": task.without_pair,
        "without two others": task.without_others,
        "without the copiers": task.without_copiers,
        **{f"without {part}": effect for part, effect in task.without.items()},
    }
    for label, effect in rows.items():
        yield f"  {label:22}{effect.chance:7.3f}{effect.right:7.2f}"


def copying_lines(found: Findings) -> Iterator[str]:
    """Who looks where when a row is copied."""
    copying = found.copying
    yield ""
    yield "rows: mean attention to the token before; of the last word, to the word to be copied"
    for head, before in copying.before.items():
        yield f"  {head:6}{before:7.2f}{copying.sight[head]:7.2f}"
    copiers = ", ".join(copying.copiers)
    yield f"mean sight of {copiers}: {copying.copiers_sight:.2f}; without each earlier head"
    yield from (f"  {head:6}{sight:7.2f}" for head, sight in copying.sight_without.items())
    gone = copying.without_tellers
    yield f"rows without {' and '.join(copying.tellers)}: {gone.chance:.3f}{gone.right:7.2f}"


def carrying_lines(carrying: Carrying) -> Iterator[str]:
    """What a state of another country does at each border."""
    yield ""
    yield f"another country's state put in, {carrying.count} pairs: chance of its capital"
    yield f"  at the country  {in_numbers(carrying.at_subject)}"
    yield f"  at the last     {in_numbers(carrying.at_last)}"


def steering_lines(label: str, found: Steering) -> Iterator[str]:
    """What a push did."""
    yield ""
    yield f"{label}; after layer {found.after}, strength {found.strength}, {found.count} questions"
    yield f"  share {found.share_before:.2f} -> {found.share_pushed:.2f}"
    yield f"  share with a push of no meaning {found.share_random:.2f}"
    yield f"  right {found.right_before:.2f} -> {found.right_pushed:.2f}"
    yield f"  loss on the pages {found.loss_before:.2f} -> {found.loss_pushed:.2f}"
    yield f"  loss with pushes of no meaning {found.loss_random:.2f}"


def in_numbers(row: Sequence[float]) -> str:
    """A row of shares."""
    return "".join(f"{share:7.2f}" for share in row)


def rounded(value: object) -> object:
    """The same JSON with all numbers as short as they are told."""
    match value:
        case float():
            return round(value, DIGITS)
        case dict():
            return {name: rounded(part) for name, part in value.items()}
        case list() | tuple():
            return [rounded(part) for part in value]
        case _:
            return value


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table; measure anew, and write it down, as the command line asks."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.inside.circuits", description=__doc__
    )
    parser.add_argument("--known", action="store_true", help="print what is written down already")
    parser.add_argument("--write", action="store_true", help="write the result down")
    given = parser.parse_args(arguments)
    found = findings() if given.known else measured()
    print("\n".join(table(found)))
    if given.write:
        short = msgspec.json.encode(rounded(msgspec.to_builtins(found)))
        Path(__file__).with_name(NAME).write_bytes(msgspec.json.format(short, indent=1) + b"\n")


if __name__ == "__main__":
    main()
