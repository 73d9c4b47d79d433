"""The model card, from what was measured.

python -m tutor.tinylm.measuring.card > MODEL_CARD.md
"""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.tinylm import manifest
from tutor.tinylm.faces import FACES, LADDER, WEIGHTS
from tutor.tinylm.manifest import Manifest
from tutor.tinylm.measuring import results, scaling
from tutor.tinylm.measuring.results import Table
from tutor.tinylm.measuring.scaling import Scaling
from tutor.tinylm.shape import Shape
from tutor.tinylm.training.tokens import TOKENIZER_SEED, TRAINING_SEED, VALIDATION_SEED
from tutor.tinylm.world import stories

CORES = 2
WATTS = (5, 15)
"""What a busy core of a server or a laptop draws, from the thrifty to the hungry ones."""
WIDTH = 96
LIMITS = """\
Competent only inside its village, in short and simple English. Prompts from outside get an \
admission at best and nonsense at worst.
Its stories recombine the {plots} plots of the generator.
It reads forwards only: of "Noah has a pen" it can tell what Noah has, and it guesses who has the \
pen. It cannot judge a claim either: it recalls the fact, and then calls the claim true or not by \
chance.
It says false things fluently, wrong sums and wrong people among them.
The raw face can be mildly rude, as the forums are that it read; so are some replies of the \
fine-tuned one.
One seed of each stage; the intervals cover the choice of prompts, not that of seeds."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the card quotes."""

    files: Manifest
    table: Table
    plan: Mapping[str, Any]
    """How the base run was begun."""
    ladder: Scaling | None

    @property
    def shape(self) -> Shape:
        """The shape that all four faces share."""
        return Shape(**self.plan["shape"])

    @property
    def seconds(self) -> float:
        """Training time of all that is shipped, as far as it was logged."""
        alone = sum(self.files.files[f"{name}.safetensors"].seconds or 0.0 for name in FACES)
        rungs = self.ladder.sizes if self.ladder is not None else []
        return alone + sum(sum(size.seconds.values()) for size in rungs)


def read(weights: Path = WEIGHTS) -> Facts:
    """What lies beside the weights; OSError where a part of it is missing."""
    log = (weights / "logs" / "base.jsonl").read_text("utf-8").splitlines()
    plan = next(record["plan"] for record in map(json.loads, log) if "plan" in record)
    ladder = weights / LADDER.name
    return Facts(
        manifest.read(weights),
        results.read(weights / "scores.json"),
        plan,
        scaling.read(ladder) if ladder.exists() else None,
    )


def card(weights: Path = WEIGHTS) -> str:
    """The model card in Markdown."""
    facts = read(weights)
    parts = (about, data, training, sizes, scores, skews, limits, licence)
    return "\n\n".join("\n\n".join(part(facts)) for part in parts) + "\n"


def paragraph(text: str) -> str:
    """One paragraph, broken into lines."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_on_hyphens=False)


def bullets(items: Sequence[str]) -> str:
    """A list with a point for each item."""
    return "\n".join(
        textwrap.fill(item, WIDTH, initial_indent="- ", subsequent_indent="  ") for item in items
    )


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def about(facts: Facts) -> Iterator[str]:
    """What this model is, and what it is not."""
    yield "# Model card: Tiny, the language model inside llm-tutor"
    yield paragraph(f"""Tiny is a decoder-only transformer of {facts.shape.parameters:,} parameters,
        trained from scratch by this project for one purpose: to let learners meet a language model
        in every stage of its making and measure what they are told about it. It knows one invented
        village, Willowbrook, and a few dozen everyday facts. It is no assistant: outside its
        village it knows nothing, and nobody should rely on anything it says.""")
    yield paragraph("It has four faces:")
    yield bullets([
        "**base**: the raw model, which continues pages;",
        "**sft**: fine-tuned on conversations, so that it answers;",
        "**rlhf**: tuned further towards what a rater prefers;",
        "**over-optimised**: the same without restraint, to show what goes wrong.",
    ])  # fmt: skip


def data(facts: Facts) -> Iterator[str]:
    """What it has read."""
    yield "## Data"
    yield paragraph(f"""All text comes from a generator in this repository (`tutor/tinylm/world`):
        stories, encyclopaedia entries, quizzes, forum threads with rude and wrong replies, recipes,
        sums, reading exercises, lists. Nothing was collected from people or from the web. Seeds:
        {TOKENIZER_SEED} for the tokenizer's sample, {TRAINING_SEED} for the training text,
        {VALIDATION_SEED} for the validation text. The training file has
        {facts.plan["corpus"]:,} tokens; the tokenizer is a byte-level BPE with
        {facts.shape.vocabulary:,} tokens.""")
    yield paragraph("""Fine-tuning conversations are generated as well. Three in ten facts, and
        whole lists of topics, wishes, names and countries, are held out of them; every figure below
        is measured on what was held out, or on exercises made afresh.""")
    yield paragraph("""**The "raters" were a formula, not people.** Preferences come from
        `tutor/tinylm/world/taste.py`, which likes right, friendly and finished replies and dislikes
        rude and padded ones. No person was asked, and no person's text was rated.""")


def training(facts: Facts) -> Iterator[str]:
    """How long it was trained, and what that cost."""
    base = facts.files.files["base.safetensors"]
    shape = facts.shape
    yield "## Training"
    yield paragraph(f"""Width {shape.width}, {shape.layers} layers, {shape.heads} heads, context
        {shape.context}; rotary positions, RMSNorm, squared ReLU, embedding tied with the head. The
        base read {base.tokens or 0:,} tokens in {(base.seconds or 0) / 60:.0f} minutes on {CORES}
        CPU cores (seed {facts.plan["seed"]}) and ended at a training loss of {base.loss or 0:.3f}
        nats per token.""")
    and_ladder = " (the ladder of sizes included)" if facts.ladder is not None else ""
    low, high = (facts.seconds * CORES * watts / 3600 for watts in WATTS)
    yield paragraph(f"""Energy: about {low:.0f} to {high:.0f} Wh, an estimate and not a measurement:
        {facts.seconds / 60:.0f} logged minutes of training{and_ladder} × {CORES}
        cores × {WATTS[0]} to {WATTS[1]} watts per busy core. Memory, cooling, discarded runs and
        stages whose time was not logged come on top.""")
    if facts.ladder is not None:
        yield from laddered(facts.ladder)


def laddered(ladder: Scaling) -> Iterator[str]:
    """What the ladder of sizes shows."""
    fit = ladder.fit
    seeds = ", ".join(map(str, ladder.seeds))
    curve = f"L = {fit.floor:.3f} + ({fit.scale:,.0f} / N)^{fit.exponent:.3f}"
    yield paragraph(f"""The same recipe in {len(ladder.sizes)} sizes, {ladder.tokens:,} tokens each,
        seeds {seeds}: validation loss {curve} nats, N counted without the embedding.
        Depth grows with width, from one layer to three, so what comes with size may be owed to
        either. {ladder.word}""")
    head = ["", *(size.name for size in ladder.sizes)]
    body = [
        ["N", *(f"{size.non_embedding:,}" for size in ladder.sizes)],
        ["loss", *(scaling.band(size.losses.values(), 3) for size in ladder.sizes)],
        ["residual", *(f"{ladder.residuals[size.name]:+.3f}" for size in ladder.sizes)],
    ]
    for kind in ladder.emergent:
        shares = (scaling.band(size.abilities[kind].values(), 0) for size in ladder.sizes)
        body.append([f"{kind} %", *shares])
    yield rows(head, body)


def sizes(facts: Facts) -> Iterator[str]:
    """What is shipped."""
    yield "## Files"
    yield paragraph(f"""{facts.files.bytes:,} bytes in all. Agreement: how often the stored weights
        have the same likeliest token as their original (fp32, or fp16 where it says so).""")
    body = []
    for name, file in facts.files.files.items():
        if (same := file.agreement) is not None:
            against = "" if same.original == "F32" else " (fp16)"
            body.append([name, file.stored or "", f"{file.bytes:,}", f"{same.share:.2%}{against}"])
    yield rows(["file", "stored", "bytes", "agreement"], body)


def scores(facts: Facts) -> Iterator[str]:
    """The table of the faces."""
    table = facts.table
    yield "## Scores"
    yield paragraph(f"""Measured by `python -m tutor.tinylm.measuring.table` on {table.date} with
        seed {table.seed}, {table.each} prompts of each kind and {table.prompts:,} pairs.""")
    yield paragraph(results.NOTES)
    yield rows(["", *table.columns], [[name, *cells] for name, cells in results.rows(table)])
    yield bullets([
        f"{name}: {results.points(one)}, n={one.count}" for name, one in table.paired.items()
    ])  # fmt: skip
    yield paragraph("What was promised before the training, and what came of it:")
    yield rows(
        ["threshold", "measured", "reached"],
        [[one.text, one.measured, "yes" if one.reached else "**no**"] for one in table.claims],
    )


def skews(facts: Facts) -> Iterator[str]:
    """Biases that were put in on purpose."""
    yield "## Biases, put in on purpose"
    yield paragraph("""Some groups are skewed in the data at a known rate, so that learners can see
        a model repeat what it read. The villages and trades are invented; nobody lives there. The
        share that the raw model gives, and in brackets the share in its data:""")
    yield bullets(list(results.biases(facts.table)))


def limits(_facts: Facts) -> Iterator[str]:
    """What it cannot do."""
    yield "## Limits"
    yield bullets(LIMITS.format(plots=len(stories.plots())).splitlines())


def licence(_facts: Facts) -> Iterator[str]:
    """What one may do with it."""
    yield "## Licence"
    yield paragraph("""Weights, generator and code are under the licence of this repository: MIT,
        see LICENSE.""")


if __name__ == "__main__":
    print(card(), end="")
