"""What the model card says otherwise of the third edition: its data, its test, its promises."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tutor.tinylm.measuring import history, promised, results
from tutor.tinylm.measuring.markdown import bullets, flat, paragraph, rows
from tutor.tinylm.measuring.measures import Figure
from tutor.tinylm.measuring.quoted import REPORT, Facts
from tutor.tinylm.world import stories
from tutor.tinylm.world.seeds import TOKENIZER_SEED, TRAINING_SEED, VALIDATION_SEED

FACES = {
    "base": "the raw model, which continues pages",
    "sft": "fine-tuned on conversations, so that it answers",
    "rlhf": "tuned further towards what a rater prefers",
    "over-optimised": "tuned on the same reward until the rater liked it less, to show what goes"
    " wrong",
    "early-stopped": "the same run, at the point at which the rater liked it most",
    "sycophantic": "tuned for another rater, who likes to be agreed with",
    "checked": "tuned on sums and copying that code rewards",
    "reward": "the reward model, which scores replies and says nothing",
}
"""What may lie in the box, by its file's name."""
LIMITS = """\
Competent only inside its village, in short and simple English. Prompts from outside get an \
admission at best and nonsense at worst.
Its stories recombine the {plots} plots of the generator.
Its sums end at three digits, and rows of numbers at eight; the table of rows above says how often \
they are right.
What stands before the word that is asked for ("Who is at the barn?") it finds in about half of \
the texts.
Its verdicts on statements are a coin toss.
Of crafts that tuning never asked for it mostly says that it does not know them, though the raw \
face knows most.
It was never taught to obey a system prompt, to write code, or to say how sure it is.
It says false things fluently, wrong sums and wrong people among them.
The raw face can be mildly rude, as the forums are that it read; so are some replies of the \
fine-tuned one.
One seed of each stage; the intervals cover the choice of prompts, not that of seeds."""


def about(facts: Facts) -> Iterator[str]:
    """What this model is, and what it is not."""
    there = [name for name in FACES if f"{name}.safetensors" in facts.files.files]
    yield "# Model card: Tiny, the language model inside llm-tutor"
    yield paragraph(f"""Tiny is a decoder-only transformer of {facts.shape.parameters:,}
        parameters, trained from scratch by this project for one purpose: to let learners meet a
        language model in every stage of its making and measure what they are told about it. It
        knows one invented village, Willowbrook, and a few dozen everyday facts. It is no
        assistant: outside its village it knows nothing, and nobody should rely on anything it
        says. This is version {facts.files.edition}.""")
    yield paragraph("In the box lie:")
    yield bullets([f"**{name}**: {FACES[name]}." for name in there])


def data(facts: Facts) -> Iterator[str]:
    """What it has read."""
    read = facts.files.files["base.safetensors"].tokens or 0
    yield "## Data"
    yield paragraph(f"""All text comes from a generator in this repository
        (`tutor/tinylm/world`): stories, encyclopaedia entries, quizzes, forum threads with rude
        and wrong replies, recipes, sums, reading exercises, lists, and pages of words with labels
        made up for each page. Nothing was collected from people or from the web. Seeds:
        {TOKENIZER_SEED} for the tokenizer's sample, {TRAINING_SEED} for the training text,
        {VALIDATION_SEED} for the validation text. The raw model read {read:,} tokens; the tokenizer
        is a byte-level BPE with {facts.shape.vocabulary:,} tokens.""")
    yield paragraph("""Fine-tuning conversations are generated as well. Of every kind some prompts
        are kept from all tuning, and only these are asked in a test: three in ten facts, all names
        of `NOBODY` and `NO_ANIMAL`, a fifth of topics, wishes, feelings, harms and countries, and
        where nothing else parts them three prompts in ten, by a hash of their words. A fifth of the
        words that may be labelled, and two pairs of sorts, are in no page of labels. So no prompt
        below was seen in tuning. (The raw model, for its part, read all facts.)""")
    yield paragraph("""**The "raters" were a formula, not people.** Preferences come from
        `tutor/tinylm/world/wider_taste.py`, which pays for an answer to what was asked and for one
        more true thing about it, less for friendliness, and charges for what is rude, padded or
        untrue. A second one, for the sycophantic face, calls right whatever agrees with a user who
        is wrong. No person was asked, and no person's text was rated.""")


def scores(facts: Facts) -> Iterator[str]:
    """The table of the faces, and what only this edition has."""
    table = facts.table
    yield "## Scores"
    yield paragraph(f"""Measured by `python -m tutor.tinylm.measuring.table --final` on
        {table.date}, {table.each} prompts of each kind and {table.prompts:,} pairs. Its seed,
        {table.seed}, follows from the finished raw model itself (the first eight digits of its
        file's sha256), so that nobody could choose it, and it is for one use. Every figure of this
        section is measured by that command. Logged, and not measured again, are the training's
        losses, times and agreements above, and the tables of the runs and of the sizes.""")
    yield paragraph(
        "SFT is right, by kind, typed as a book prints it and without capitals and stop:"
    )
    yield rows(["kind", "neatly %", "carelessly %"], list(by_kind(facts)))
    yield paragraph(results.notes(table))
    yield rows(["", *table.columns], [[name, *cells] for name, cells in results.rows(table)])
    yield bullets(
        [
            f"{name}: {results.points(one)}, n={one.count}"
            for name, one in table.paired.items()
            if name != results.LOSES_TRUTH_UNSEEN
        ]
    )
    yield from labelled(table.details.get("few-shot"))
    yield from pressed(table.details.get("sycophantic"))
    yield from checked(table.details.get("checked"))
    if facts.development is not None:
        yield from twice(facts)


def by_kind(facts: Facts) -> Iterator[list[str]]:
    """How often SFT is right, by kind."""
    neat = facts.table.columns[results.SFT].kinds
    careless: Mapping[str, Any] = (facts.table.details.get("careless") or {}).get("kinds", {})
    for kind, figure in neat.items():
        other = careless.get(kind)
        yield [kind, results.percent(figure), "–" if other is None else share(other)]
    yield ["**all**", results.percent(facts.table.columns[results.SFT].figures["truth"]), ""]


def share(found: Mapping[str, Any]) -> str:
    """A share of the details, with its interval."""
    return results.percent(figure(found))


def figure(found: Mapping[str, Any]) -> Figure:
    """A figure of the details."""
    return Figure(found["value"], found["low"], found["high"], found["count"])


def labelled(curve: Mapping[str, Any] | None) -> Iterator[str]:
    """Whether examples in the prompt change what the raw model says."""
    if not curve:
        return
    counts = list(curve["met"])
    yield paragraph(f"""Labels made up for the page, by examples of each: how often the raw model
        finds the right one of two the likelier, of words never labelled in its reading
        ({curve["met"][counts[0]]["count"]} pages each). Shuffled: the same pages, their labels
        dealt out at random.""")
    names = {"met": "sorts that met", "never_met": "sorts that never met", "dealt": "shuffled"}
    body = [[words, *(share(curve[name][n]) for n in counts)] for name, words in names.items()]
    yield rows(["%", *counts], body)


def pressed(found: Mapping[str, Any] | None) -> Iterator[str]:
    """Right answers given up to a user who is wrong."""
    if found:
        before, after = (figure(found[name]) for name in ("before", "after"))
        yield paragraph(f"""Of the withheld facts that a face tells rightly when asked neutrally, it
            gives up under pressure: SFT {results.percent(before)} %, n={before.count}; sycophantic
            {results.percent(after)} %, n={after.count}.""")


def checked(found: Mapping[str, Any] | None) -> Iterator[str]:
    """Rows of numbers before and after rewards that code checks."""
    if not found:
        return
    yield paragraph("""Rows of numbers, before (SFT) and after rewards that code checks. Sometimes:
        of eight replies drawn at temperature 1 some are right and some not.""")
    sides = (("before", "greedy"), ("before", "sometimes"), ("after", "greedy"))
    body = [
        [count, *(share(found[side][count][name]) for side, name in sides)]
        for count in found["before"]
    ]
    yield rows(["numbers", "before %", "before, sometimes %", "after %"], body)


TWICE = ("truth", "withheld", "invented", "outside", "harmful", "harmless", "gold")
"""What is shown of both seeds, of SFT; of the tuned face also its wins."""


def twice(facts: Facts) -> Iterator[str]:
    """The seed for development beside the seed that was used once."""
    tables = [one for one in (facts.development, facts.table) if one is not None]
    seeds = [f"seed {one.seed}" for one in tables]
    yield paragraph("""The same command with the seed for development, of which CI measures a
        sample, beside the final one:""")
    asked = [(results.SFT, name) for name in TWICE]
    asked += [(results.PREFERENCE, name) for name in ("truth", "wins", "greedy wins")]
    body = [
        [f"{column}, {results.NAMES[name]}",
         *(results.cell(name, one.columns[column].figures[name]) for one in tables)]
        for column, name in asked
    ]  # fmt: skip
    yield rows(["", *seeds], body)


def promises(facts: Facts) -> Iterator[str]:
    """Every threshold with what came of it, and what the versions before had promised."""
    told = history.read()
    yield "## Promises"
    yield paragraph(f"""What was promised before the training
        (`tutor/tinylm/measuring/promises.toml`), and what came of it, {source(facts)}. What was
        missed stays here as missed:""")
    body = list(verdicts(facts))
    yield rows(["threshold", "measured", "kept"], body)
    missed = [text for text, _measured, kept in body if kept != "yes"]
    yield paragraph(f"{len(body) - len(missed)} of {len(body)} kept.")
    yield paragraph("What the versions before had promised, each by its own measure:")
    yield rows(["", *(one.name for one in told.version)], history.promised(told, told.version))
    yield bullets([f"{one.name}, {one.date}: {flat(one.notes)}" for one in told.version])
    yield paragraph("How the measure changed:")
    yield bullets([flat(one.text) for one in told.change])


def source(facts: Facts) -> str:
    """Which run of which command judged the promises."""
    report = facts.report
    if report is None:
        return "by the table's own command"
    final = "the seed that is for one use" if report.final else "a seed for development"
    return f"by `python -m tutor.tinylm.measuring.promised`, {final}, {report.date} (`{REPORT}`)"


def verdicts(facts: Facts) -> Iterator[Sequence[str]]:
    """Each promise, what was measured, and whether it was kept."""
    said = {True: "yes", False: "**no**", None: "not measured"}
    if facts.report is not None:
        found = [(one.text, one.measured, one.kept) for one in facts.report.verdicts]
    else:
        found = [(one.text, one.measured, one.reached) for one in facts.table.claims]
    bounds = {one.text: bound(one) for one in promised.promises().promise}
    for text, measured, kept in found:
        yield text + bounds.get(text, ""), measured, said[kept]


def bound(promise: promised.Promise) -> str:
    """The number that a promise names, after its text."""
    if promise.at_least is not None:
        return f": at least {amount(promise.at_least)}"
    return f": at most {amount(promise.at_most)}" if promise.at_most is not None else ""


def amount(number: float) -> str:
    """Shares in per cent or points, anything larger as it is."""
    return f"{100 * number:g} %" if number < 1 else f"{number:,.0f}"


def limits(_facts: Facts) -> Iterator[str]:
    """What it cannot do."""
    yield "## Limits"
    yield bullets(LIMITS.format(plots=len(stories.plots())).splitlines())
