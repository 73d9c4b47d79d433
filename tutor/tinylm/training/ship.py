"""Pack finished runs for shipping: `python -m tutor.tinylm.training.ship --help`.

The base is stored in fp16, the faces made from it as int8 differences from it (from the third
edition on, what further tuning left alone is stored once, with SFT), pictures of the growing base
and the ladder in int8. Each packed file is held against its original, token by
token of pages or conversations that no training has seen, and all of it must fit into
`manifest.LIMIT`.
"""

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray

from tutor.errors import TutorError
from tutor.tinylm import chat, judge, manifest, model, packing, safetensors
from tutor.tinylm.faces import FACES, LADDER, WEIGHTS
from tutor.tinylm.judge import Judge
from tutor.tinylm.manifest import Agreement, File, Manifest
from tutor.tinylm.measuring import scaling
from tutor.tinylm.packing import Same
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.safetensors import Float32
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import Tokenizer
from tutor.tinylm.training import ladder
from tutor.tinylm.training.sft import told
from tutor.tinylm.world.editions import SECOND, Edition, Talk

POSITIONS = 10_240
FACES_AGREE, OTHERS_AGREE = 0.995, 0.98
"""The least share of positions with the same likeliest token."""
CONVERSATIONS_SEED = 141_421
GROWTH = (100, 1_000, 4_000, 16_000)
"""Thousands of tokens after which a picture of the growing base is shipped."""
RUNGS = ladder.SIZES
"""Rungs whose weights are shipped."""
KEPT_LOSSES = 100
JUDGE = "reward"
LADDER_FOLDER = "ladder"


@dataclass(frozen=True, slots=True)
class Runs:
    """The folders of the runs to ship, and what of them."""

    base: Path
    sft: Path
    preference: Path
    ladder: Path | None
    out: Path
    date: str
    checked: Path | None = None
    growth: Sequence[int] = GROWTH
    rungs: Sequence[str] = RUNGS
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """Weights as training left them: in fp32 where it kept them."""

    weights: Mapping[str, Float32]
    about: Mapping[str, str]
    precision: str


def original(path: Path) -> Original:
    """The weights of a run's file, in fp32 from a twin or a checkpoint beside it if there is one.

    The twin of `sft.safetensors` is `sft.f32.safetensors`; a checkpoint belongs to `base`.
    """
    tensors, about = safetensors.read(path)
    twin, checkpoint = path.with_suffix(".f32.safetensors"), path.with_name("checkpoint.pt")
    if twin.exists():
        return Original(safetensors.unpack(safetensors.read(twin)[0]), about, "F32")
    if path.stem == "base" and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)["network"]
        weights = {name: tensor.float().numpy() for name, tensor in state.items()}
        return Original(weights, about, "F32")
    return Original(safetensors.unpack(tensors), about, "F16")


Rows = Sequence[Sequence[int]]


def pages(path: Path, length: int, seed: int = 0) -> Rows:
    """Windows of held-out pages with `POSITIONS` tokens together."""
    tokens: NDArray[np.uint16] = np.memmap(path, np.uint16, "r")
    count = -(-POSITIONS // length)
    starts = np.random.default_rng(seed).integers(0, len(tokens) - length, count)
    return [tokens[start : start + length].tolist() for start in starts]


def conversations(tokenizer: Tokenizer, length: int, talk: Talk = SECOND.talk) -> Rows:
    """Held-out conversations with at least `POSITIONS` tokens together."""
    rng, rows, total = Random(CONVERSATIONS_SEED), [], 0
    while total < POSITIONS:
        probe = talk.ask(rng, held_out=True)
        reply, _voice = talk.voiced(rng, probe)
        rows.append(chat.as_tokens(tokenizer, told(probe, reply))[:length])
        total += len(rows[-1])
    return rows


def agreement(packed: Path, kept: Original, rows: Rows) -> Agreement:
    """How often the packed file, read as the package reads it, agrees with its original."""
    shape = Shape.from_text(dict(kept.about))
    pair = model.load(packed), model.from_weights(dict(kept.weights), shape)
    same = np.concatenate(
        [np.equal(*(model.forward(one, row).argmax(-1) for one in pair)) for row in rows]
    )
    return Agreement(round(float(same.mean()), 5), len(same), kept.precision)


def entry(
    path: Path, kept: Original, stored: str, seconds: float | None, agrees: Agreement
) -> File:
    """The manifest's entry of a weights file."""
    about = kept.about
    return File(
        bytes=path.stat().st_size,
        sha256=manifest.digest(path),
        stored=stored,
        parameters=sum(weight.size for weight in kept.weights.values()),
        tokens=int(about["tokens"]) if "tokens" in about else None,
        seconds=seconds,
        loss=float(about["loss"]) if "loss" in about else None,
        steps=int(about["steps"]) if "steps" in about else None,
        agreement=agrees,
    )


def log_of(run: Path) -> list[dict[str, object]]:
    """The records of a base run."""
    text = (run / "log.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def seconds_at(run: Path, tokens: int) -> float | None:
    """How long a base run had trained when it had read so many tokens, as its log says."""
    for record in log_of(run):
        if record.get("tokens") == tokens:
            return float(str(record["seconds"]))
    return None


def logged_seconds(path: Path) -> float | None:
    """How long a fine-tuning took, if its log says so."""
    record = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return float(record["seconds"]) if "seconds" in record else None


def about_tokens(kept: Original) -> int:
    """How many tokens a base or a picture of it had read."""
    return int(kept.about["tokens"])


def ship_base(runs: Runs) -> tuple[str, File]:
    """Pack the base whole."""
    name = "base.safetensors"
    kept, path = original(runs.base / name), runs.out / name
    packing.write_whole(path, kept.weights, kept.about, "F16")
    seconds = seconds_at(runs.base, about_tokens(kept))
    rows = pages(runs.base / "validation.tokens", int(kept.about["context"]))
    return name, entry(path, kept, "F16", seconds, agreement(path, kept, rows))


@dataclass(frozen=True, slots=True)
class Tuned:
    """A face made from the base: its name, the folder of its run, and of SFT if it came after."""

    name: str
    folder: Path
    after: Path | None = None


def tuned_faces(runs: Runs, edition: Edition) -> Iterator[Tuned]:
    """What is made from the base, in the order in which it is made."""
    yield Tuned("sft", runs.sft)
    after = None if edition is SECOND else runs.sft
    further = FACES[2:] if edition is SECOND else (*FACES[2:], JUDGE, "sycophantic")
    for name in further:
        yield Tuned(name, runs.preference, after)
    if runs.checked is not None:
        yield Tuned("checked", runs.checked, after)


def ship_tuned(runs: Runs, face: Tuned, rows: Rows) -> tuple[str, File]:
    """Pack a face over the base, without what it shares with SFT."""
    name = f"{face.name}.safetensors"
    kept, path = original(face.folder / name), runs.out / name
    same = None
    if face.after is not None:
        alone = left_alone(kept, face.after / "sft.safetensors")
        same = Same(runs.out / "sft.safetensors", alone)
    packing.write_over(path, kept.weights, kept.about, runs.out / "base.safetensors", same)
    agrees = (ranks if face.name == JUDGE else agreement)(path, kept, rows)
    seconds = logged_seconds(face.folder / f"{face.name}.json")
    return name, entry(path, kept, "I8 over base", seconds, agrees)


def left_alone(kept: Original, begun: Path) -> frozenset[str]:
    """The weights that are still what they were in the file from which the training began."""
    before = safetensors.unpack(safetensors.read(begun)[0])
    same = (name for name, weight in kept.weights.items()
            if name in before and np.array_equal(weight, before[name]))  # fmt: skip
    return frozenset(same)


def ranks(packed: Path, kept: Original, rows: Rows) -> Agreement:
    """How often the packed judge prefers the same of two replies as its original."""
    weights = dict(kept.weights)
    direction, middle = weights.pop("direction"), float(weights.pop("middle")[0])
    exact = Judge(model.from_weights(weights, Shape.from_text(dict(kept.about))), direction, middle)
    scores = [[judge.score(one, row) for row in rows] for one in (judge.load(packed), exact)]
    same = [(a > b) == (c > d) for (a, b), (c, d) in zip(*map(pairwise, scores), strict=True)]
    return Agreement(round(fmean(same), 5), len(same), kept.precision)


def ship_faces(runs: Runs, tokenizer: Tokenizer) -> Iterator[tuple[str, File]]:
    """Pack the base whole, and every face that was made from it over it."""
    yield ship_base(runs)
    path = runs.base / "base.safetensors"
    edition, context = edition_of(path), int(safetensors.read(path)[1]["context"])
    rows = conversations(tokenizer, context, edition.talk)
    for face in tuned_faces(runs, edition):
        yield ship_tuned(runs, face, rows)


def pictures(runs: Runs) -> Iterator[tuple[Path, str]]:
    """The pictures of the growing base that are to be shipped, with their names there."""
    found = {int(path.stem.split("-")[1].removesuffix("k")): path
             for path in runs.base.glob("snapshot-*.safetensors")}  # fmt: skip
    for wanted in runs.growth:
        reached = min((thousand for thousand in found if thousand >= wanted), default=None)
        if reached is None:
            raise TutorError(
                f"{runs.base} has no snapshot at {wanted}k tokens or later",
                hint="Choose others with --growth.",
            )
        yield found[reached], f"growth/{reached:06d}k.safetensors"


def ladder_files(runs: Runs) -> Iterator[tuple[Path, str]]:
    """The rungs that are to be shipped, with their names there."""
    if runs.ladder is not None:
        for size in runs.rungs:
            path = runs.ladder / f"{size}-seed{runs.seed}" / "base.safetensors"
            yield path, f"ladder/{size}.safetensors"


def ship_others(runs: Runs) -> Iterator[tuple[str, File]]:
    """Pack pictures and rungs, in int8 wherever their width allows it and their words survive."""
    for source, name in (*pictures(runs), *ladder_files(runs)):
        kept, path = original(source), runs.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = pages(runs.base / "validation.tokens", int(kept.about["context"]))
        for kind in dict.fromkeys((packing.kind_for(kept.weights), "F16")):
            packing.write_whole(path, kept.weights, kept.about, kind)
            agrees = agreement(path, kept, rows)
            if agrees.share >= OTHERS_AGREE:
                break
        seconds = seconds_at(source.parent, about_tokens(kept))
        yield name, entry(path, kept, kind, seconds, agrees)


def trimmed(record: dict[str, object]) -> dict[str, object]:
    """A record with long rows of losses averaged to about `KEPT_LOSSES` of them."""
    losses = record.get("losses")
    if not isinstance(losses, list) or len(losses) <= KEPT_LOSSES:
        return record
    step = -(-len(losses) // KEPT_LOSSES)
    means = [round(fmean(losses[at : at + step]), 4) for at in range(0, len(losses), step)]
    return record | {"losses": means, "steps_per_loss": step}


def ship_logs(runs: Runs) -> None:
    """Copy the logs of every run, shortened, and what the ladder shows."""
    logs = runs.out / "logs"
    logs.mkdir(exist_ok=True)
    shutil.copy(runs.base / "log.jsonl", logs / "base.jsonl")
    for folder in filter(None, (runs.sft, runs.preference, runs.checked)):
        for path in sorted(folder.glob("*.json")):
            record = json.loads(path.read_text("utf-8"))
            if path.name != "tokenizer.json":
                short = trimmed(record) if isinstance(record, dict) else record
                (logs / path.name).write_text(json.dumps(short) + "\n", "utf-8")
    for path in sorted(runs.preference.glob("*.jsonl")):
        shutil.copy(path, logs / path.name)
    if runs.ladder is not None:
        scaling.write(scaling.measured(runs.ladder), runs.out / LADDER.name)


def others(weights: Path) -> Iterator[tuple[str, File]]:
    """Entries of all that is not weights: logs, tokenizer, tables."""
    for path in sorted(weights.rglob("*")):
        is_weights = path.suffix == ".safetensors" or path.name == manifest.NAME
        if path.is_file() and not is_weights and not path.name.startswith("scores"):
            yield (
                path.relative_to(weights).as_posix(),
                File(path.stat().st_size, manifest.digest(path)),
            )


def problems(made: Manifest) -> Iterator[str]:
    """What keeps the files from being shipped."""
    if made.bytes > manifest.LIMIT:
        yield f"{made.bytes:,} bytes are more than {manifest.LIMIT:,}"
    for name, file in made.files.items():
        is_face = "/" not in name and name != f"{JUDGE}.safetensors"
        wanted = FACES_AGREE if is_face else OTHERS_AGREE
        if file.agreement is not None and file.agreement.share < wanted:
            yield f"{name} agrees in {file.agreement.share:.2%} of the tokens, not {wanted:.1%}"


def kept_ladder(runs: Runs) -> dict[str, File]:
    """The entries of a ladder that lies there already, where none is given; {} if there is none.

    It keeps the tokenizer that it was trained with, where the new base has another.
    """
    ladder = runs.out / LADDER_FOLDER
    if runs.ladder is not None or not ladder.is_dir():
        return {}
    own, old, new = (folder / "tokenizer.json" for folder in (ladder, runs.out, runs.base))
    if not own.exists() and old.read_bytes() != new.read_bytes():
        shutil.copy(old, own)
    files = manifest.read(runs.out).files
    return {
        name: file for name, file in files.items()
        if name.startswith(f"{LADDER_FOLDER}/") and name.endswith(".safetensors")
    }  # fmt: skip


def ship(runs: Runs) -> Manifest:
    """Pack and check everything; TutorError, with the files left for a look, if a check fails."""
    runs.out.mkdir(parents=True, exist_ok=True)
    kept = kept_ladder(runs)
    for stale in ("growth", "logs") if kept else ("growth", "ladder", "logs"):
        shutil.rmtree(runs.out / stale, ignore_errors=True)
    shutil.copy(runs.base / "tokenizer.json", runs.out / "tokenizer.json")
    tokenizer = Tokenizer.load(runs.out / "tokenizer.json")
    files = dict(ship_faces(runs, tokenizer)) | dict(ship_others(runs)) | kept
    ship_logs(runs)
    files |= dict(others(runs.out))
    edition = edition_of(runs.base / "base.safetensors").number
    made = Manifest(runs.date, sum(file.bytes for file in files.values()), files, edition)
    manifest.write(made, runs.out)
    if found := list(problems(made)):
        raise TutorError("not fit to ship: " + "; ".join(found), hint="Ship fewer or other files.")
    return made


def read_runs(arguments: Sequence[str] | None) -> Runs:
    """The runs that the arguments name; SystemExit if they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.training.ship", description=__doc__
    )
    for name in ("base", "sft", "preference"):
        parser.add_argument(f"--{name}", type=Path, required=True, help="folder of the run")
    parser.add_argument("--checked", type=Path, help="folder of the checked run, if there is one")
    parser.add_argument("--ladder", type=Path, help="folder of the ladder, if there is one")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--date", required=True, help="to be written into the manifest")
    parser.add_argument("--growth", type=int, nargs="*", default=GROWTH, help="thousands of tokens")
    parser.add_argument("--rungs", nargs="*", default=RUNGS, metavar="WIDTHxLAYERS")
    parser.add_argument("--seed", type=int, default=0, help="which ladder's weights to ship")
    return Runs(**vars(parser.parse_args(arguments)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Ship what the command line or `arguments` name, and say what became of it."""
    made = ship(read_runs(arguments))
    for name, file in made.files.items():
        agrees = (
            f"{file.agreement.share:8.2%} as {file.agreement.original}" if file.agreement else ""
        )
        print(f"{name:32}{file.bytes:12,}  {file.stored or '':13}{agrees}")
    print(f"{'together':32}{made.bytes:12,}")


if __name__ == "__main__":
    main()
