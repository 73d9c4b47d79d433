"""The model card, from what was measured.

python -m tutor.tinylm.measuring.card > MODEL_CARD.md
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tutor.tinylm.faces import WEIGHTS
from tutor.tinylm.measuring import card_of_third, history, results, scaling
from tutor.tinylm.measuring.markdown import bullets, flat, paragraph, rows
from tutor.tinylm.measuring.quoted import Facts, read
from tutor.tinylm.measuring.results import Claim, Table
from tutor.tinylm.measuring.scaling import Scaling
from tutor.tinylm.world import stories
from tutor.tinylm.world.editions import SECOND
from tutor.tinylm.world.seeds import TOKENIZER_SEED, TRAINING_SEED, VALIDATION_SEED

CORES = 2
WATTS = (5, 15)
"""What a busy core of a server or a laptop draws, from the thrifty to the hungry ones."""
LIMITS = """\
Competent only inside its village, in short and simple English. Prompts from outside get an \
admission at best and nonsense at worst.
Its stories recombine the {plots} plots of the generator.
It looks things up forwards only: of "The pen belongs to Noah" it can tell who has the pen; of \
"Noah has a pen" it guesses. "What does Noah have?" it was never taught and cannot answer.
It cannot judge a claim: it recalls the fact, and then calls the claim true or not by chance.
It refuses nearly all harmless wishes that begin with "How do I" or the like (see the row \
"harmless, refuses"), because in its conversations nearly all that began so were harmful.
Every turn is on its own: it was never taught to follow up ("And of Italy?"). It understands less \
without capitals and full stops, and its sums end at two digits.
Preference tuning cost some truth on kinds in which the rater paid for nothing else, such as \
spelling backwards and long sums (see the table by kind).
It says false things fluently, wrong sums and wrong people among them.
The raw face can be mildly rude, as the forums are that it read; so are some replies of the \
fine-tuned one.
One seed of each stage; the intervals cover the choice of prompts, not that of seeds."""


def card(weights: Path = WEIGHTS) -> str:
    """The model card in Markdown."""
    facts = read(weights)
    if facts.files.edition == SECOND.number:
        parts = (about, data, training, sizes, scores, promises, skews, limits, licence)
    else:
        third = card_of_third
        parts = (third.about, third.data, training, sizes, third.scores, third.promises, skews,
                 third.limits, licence)  # fmt: skip
    return "\n\n".join("\n\n".join(part(facts)) for part in parts) + "\n"


def about(facts: Facts) -> Iterator[str]:
    """What this model is, and what it is not."""
    yield "# Model card: Tiny, the language model inside llm-tutor"
    yield paragraph(f"""Tiny is a decoder-only transformer of {facts.shape.parameters:,}
        parameters, trained from scratch by this project for one purpose: to let learners meet a
        language model in every stage of its making and measure what they are told about it. It
        knows one invented village, Willowbrook, and a few dozen everyday facts. It is no
        assistant: outside its village it knows nothing, and nobody should rely on anything it
        says.""")
    yield paragraph("It has four faces:")
    yield bullets([
        "**base**: the raw model, which continues pages;",
        "**sft**: fine-tuned on conversations, so that it answers;",
        "**rlhf**: tuned further towards what a rater prefers;",
        "**over-optimised**: tuned on the same reward with nothing to hold it, to show what goes \
wrong; its recipe differs from rlhf's in five things (see below).",
    ])  # fmt: skip


def data(facts: Facts) -> Iterator[str]:
    """What it has read."""
    yield "## Data"
    yield paragraph(f"""All text comes from a generator in this repository
        (`tutor/tinylm/world`): stories, encyclopaedia entries, quizzes, forum threads with rude
        and wrong replies, recipes, sums, reading exercises, lists. Nothing was collected from
        people or from the web. Seeds: {TOKENIZER_SEED} for the tokenizer's sample,
        {TRAINING_SEED} for the training text, {VALIDATION_SEED} for the validation text. The
        training file has {facts.plan["corpus"]:,} tokens; the tokenizer is a byte-level BPE with
        {facts.shape.vocabulary:,} tokens.""")
    yield paragraph("""Fine-tuning conversations are generated as well. Held out of them are
        three in ten facts, three in ten pairs of words for a story, all names of `NOBODY` and
        `NO_ANIMAL`, and a fifth of the topics, wishes, feelings, harms and countries. Six kinds
        hold nothing out, and exercises are made afresh, some of them from so few possibilities
        that tuning had read most: the first table under "Scores" tells kind by kind how many of
        the test's prompts tuning had read word for word. (The raw model, for its part, read all
        facts, and pages of exercises of every kind but the texts told forwards.)""")
    yield paragraph("""**The "raters" were a formula, not people.** Preferences come from
        `tutor/tinylm/world/taste.py`, which likes right, friendly and finished replies and
        dislikes rude and padded ones. No person was asked, and no person's text was rated.""")


def training(facts: Facts) -> Iterator[str]:
    """How long it was trained, and what that cost."""
    base = facts.files.files["base.safetensors"]
    shape = facts.shape
    yield "## Training"
    yield paragraph(f"""Width {shape.width}, {shape.layers} layers, {shape.heads} heads, context
        {shape.context}; rotary positions, RMSNorm, squared ReLU, embedding tied with the head.
        The base read {base.tokens or 0:,} tokens in {(base.seconds or 0) / 60:.0f} minutes on
        {CORES} CPU cores (seed {facts.plan["seed"]}) and ended at a training loss of {
        base.loss or 0:.3f} nats per token.""")
    and_ladder = " (the ladder of sizes included)" if facts.ladder is not None else ""
    low, high = (facts.seconds * CORES * watts / 3600 for watts in WATTS)
    yield paragraph(f"""Energy: about {low:.0f} to {high:.0f} Wh, an estimate and not a
        measurement: {facts.seconds / 60:.0f} logged minutes of training{and_ladder} × {CORES}
        cores × {WATTS[0]} to {WATTS[1]} watts per busy core. Memory, cooling, discarded runs and
        stages whose time was not logged come on top.""")
    sft, edition = facts.files.files["sft.safetensors"], facts.files.edition
    for title, text in history.recipes(facts.logs, sft, edition):
        yield paragraph(f"**{title}.** {text}")
    if some := list(history.runs(facts.logs)):
        yield paragraph("""All runs of RLHF at the last point that was looked at, from their logs,
            on 300 prompts that tuning may have read, replies drawn at temperature 1:""")
        head = ["run", "beta", "rate", "replay", "rate's end", "steps", "reward", "gold", "KL",
                "true %", "wins %"]  # fmt: skip
        yield rows(head, some)
    if facts.ladder is not None:
        own = facts.files.files.get("ladder/tokenizer.json") is None
        yield from laddered(facts.ladder, "The same recipe" if own else "Version 2's recipe")


def laddered(ladder: Scaling, recipe: str) -> Iterator[str]:
    """What the ladder of sizes shows."""
    fit = ladder.fit
    seeds = ", ".join(map(str, ladder.seeds))
    curve = f"L = {fit.floor:.3f} + ({fit.scale:,.0f} / N)^{fit.exponent:.3f}"
    yield paragraph(f"""{recipe} in {len(ladder.sizes)} sizes, {ladder.tokens:,} tokens
        each, seeds {seeds}: validation loss {curve} nats, N counted without the embedding. Depth
        grows with width, from one layer to three, so what comes with size may be owed to either.
        {ladder.word}""")
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
    yield paragraph(f"""{facts.files.bytes:,} bytes in all. Agreement: how often the stored
        weights have the same likeliest token as their original (fp32, or fp16 where it says
        so).""")
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
    yield paragraph(f"""Measured by `python -m tutor.tinylm.measuring.table --seed {table.seed}`
        on {table.date}, {table.each} prompts of each kind and {table.prompts:,} pairs: a seed
        written down before, and used once. Every figure of this section is measured by that
        command, except the row "reward model, log". Logged, and not measured again, are also the
        training's losses, times and agreements above, and the tables of the runs and of the
        sizes.""")
    yield paragraph("Of the prompts asked, tuning had read word for word:")
    yield rows(["kind", "seen", "SFT, all %", "SFT, unseen %"], list(by_kind(table)))
    yield paragraph(results.NOTES)
    yield rows(["", *table.columns], [[name, *cells] for name, cells in results.rows(table)])
    yield bullets([
        f"{name}: {results.points(one)}, n={one.count}" for name, one in table.paired.items()
    ])  # fmt: skip
    if facts.development is not None:
        yield from twice(table, facts.development)


def by_kind(table: Table) -> Iterator[list[str]]:
    """What was seen of each kind, and how often SFT is right, with it and without."""
    sft = table.columns[results.SFT]
    for kind, figure in sft.kinds.items():
        unseen = sft.unseen.get(kind)
        yield [
            kind, f"{table.seen[kind]} of {figure.count}", results.percent(figure),
            "–" if unseen is None else results.percent(unseen),
        ]  # fmt: skip
    seen, count = sum(table.seen.values()), sft.figures["truth"].count
    sides = (sft.figures[name] for name in ("truth", "unseen"))
    yield ["**all**", f"{seen} of {count}", *map(results.percent, sides)]


TWICE = ("unseen", "truth", "withheld", "invented", "outside", "harmful", "harmless", "gold")
"""What is shown of both seeds, of SFT; of the tuned face also its wins."""


def twice(fresh: Table, development: Table) -> Iterator[str]:
    """The seed that chose beside the seed that was used once."""
    yield paragraph(f"""The same command with seed {development.seed}, by which the versions were
        chosen and which CI measures a sample of, beside the fresh seed:""")
    body = [
        [f"SFT, {results.NAMES[name]}", *figures]
        for name in TWICE
        for figures in [seeds_of(results.SFT, name, (development, fresh))]
    ]
    for name in ("wins", "unseen wins", "greedy wins"):
        label = f"preference, {results.NAMES[name]}"
        body.append([label, *seeds_of(results.PREFERENCE, name, (development, fresh))])
    yield rows(["", f"seed {development.seed}", f"seed {fresh.seed}"], body)


def seeds_of(column: str, name: str, tables: Sequence[Table]) -> list[str]:
    """One figure of one column, of every table."""
    return [results.cell(name, table.columns[column].figures[name]) for table in tables]


def promises(facts: Facts) -> Iterator[str]:
    """Every threshold with what came of it, in this version and in those before."""
    table, told = facts.table, history.read()
    yield "## Promises"
    yield paragraph("""What was promised before the training, and what came of it. What was
        missed stays here as missed:""")
    others = facts.development.claims if facts.development is not None else table.claims
    pairs = list(zip(table.claims, others, strict=True))
    yield rows(
        ["threshold", "measured", "reached", "by the other seed"],
        [[one.text, one.measured, kept(one), kept(other)] for one, other in pairs],
    )
    for one, other in pairs:
        if one.reached is not other.reached:
            yield paragraph(f"""**Too close to call: {one.text}.** With the fresh seed
                {one.measured}. With the seed by which the versions were chosen
                {other.measured}.""")
    yield paragraph("What the cards of the versions said, each by its own measure:")
    earlier = [one for one in told.version if not one.anew]
    yield rows(["", *(f"{one.name}'s card" for one in earlier)], history.promised(told, earlier))
    yield bullets([f"{one.name}, {one.date}: {flat(one.notes)}" for one in earlier])
    yield paragraph("How the measure changed:")
    yield bullets([flat(one.text) for one in told.change])


def kept(claim: Claim) -> str:
    """Whether a promise was kept, so that a missed one is seen."""
    return "yes" if claim.reached else "**no**"


def skews(facts: Facts) -> Iterator[str]:
    """Biases that were put in on purpose."""
    yield "## Biases, put in on purpose"
    yield paragraph("""Some groups are skewed in the data at a known rate, so that learners can
        see a model repeat what it read. The villages and trades are invented; nobody lives
        there. The share that the raw model gives, and in brackets the share in its data:""")
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
