"""Learning without learning: what a few solved examples in the prompt do to the raw model.

First pages whose labels were made up for them, so that only the examples can tell; then questions
that it could know anyhow, where the page's form may do what looks like the examples' work.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from msgspec import Struct

from tutor.demos.parts import made_up
from tutor.demos.parts.reading import some, within
from tutor.providers.talk import Provider, Request, Tier, user
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.tables import bars, table
from tutor.screen.words import Renderable, bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, is_whole, spending, steadily, text_of_the_learner
from tutor.stage.stage import Stage
from tutor.sums.intervals import wilson
from tutor.sums.paired import paired
from tutor.tinylm.world.knowing import outside
from tutor.tinylm.world.labels import label_test
from tutor.tinylm.world.probes import Probe, as_quiz, base_probes

KINDS = (
    "animal", "person", "capital", "colour", "opposite", "thing", "place", "founder", "sum-1",
    "sum-2", "difference", "number-words", "word-sum", "repeat", "reverse", "next",
)  # fmt: skip
"""Kinds of questions with short answers; solved ones are of the same kind, as for any task."""
DRAWN, ASKED = 12, 2
"""Questions of a kind: so many are drawn, some of them twice; the first different ones are asked,
the last are shown solved."""
ITEM_TOKENS, WORD_TOKENS, LARGE_TOKENS = 40, 12, 60
LETTERS = 60
MOST_SHOTS = 4
SIGNS = re.compile(r"\s*(?:->|=>|→|/|=|:)\s*")
GUESSES = ("about half: a coin toss", "about three in four", "nearly all")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Examples as own text has them; pages with made-up labels for each number of examples.

    And how many questions of many kinds are asked, below how many solved ones.
    """

    examples: str = "hot / cold; up / down; early / late; big"
    pages: int = 30
    shots: tuple[int, ...] = (0, 4)
    items: int = 16

    def __post_init__(self) -> None:
        """Refuse more examples than the small context holds."""
        within("pages", (self.pages,), 2, 60)
        some("shots", self.shots, 5)
        within("shots", self.shots, 0, MOST_SHOTS)
        within("items", (self.items,), 4, len(KINDS) * ASKED)


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs, and a word whose partner is wanted."""

    pairs: tuple[tuple[str, str], ...]
    word: str

    def page(self, sign: str) -> str:
        """The pairs, a line each, and the open line."""
        solved = "".join(f"{left} {sign} {right}\n" for left, right in self.pairs)
        return f"{solved}{self.word} {sign}"


def read_examples(text: str, otherwise: Examples) -> Examples:
    """Pairs parted by semicolons; a single word goes on with the examples that we have.

    Where each part is a pair, the last one's first half is the word.
    """
    parts = [part.strip()[:LETTERS] for part in re.split(r"[;\n]", text) if part.strip()]
    if not parts:
        return otherwise
    if len(parts) == 1 and not SIGNS.search(parts[0]):
        return Examples(otherwise.pairs, parts[0])
    halves = [_halves(part) for part in parts]
    pairs = tuple((left, right) for left, right in halves[:-1] if left and right)
    return Examples(pairs or otherwise.pairs, halves[-1][0] or parts[-1])


def _halves(part: str) -> tuple[str, str]:
    """Both sides of "hot -> cold", "hot / cold" or "hot cold"."""
    found = SIGNS.split(part, maxsplit=1) if SIGNS.search(part) else part.split(maxsplit=1)
    left, right = (*found, "")[:2]
    return left.strip(), right.strip()


def run(settings: Settings, stage: Stage) -> None:
    """One word without and with examples; labels made up; what the form does; one's own model."""
    built_in = read_examples(settings.examples, Examples((), "big"))
    examples = read_examples(text_of_the_learner(stage), built_in)
    stage.introduce(stage.face("base"))
    _one_word(examples, stage)
    stage.terminal.gap()
    _labels(settings, stage)
    stage.terminal.gap()
    _count(settings, stage)
    _ask_chosen(examples, stage)


def _one_word(examples: Examples, stage: Stage) -> None:
    strange = outside(examples.page("/"))
    if strange:
        words = harmless(", ".join(strange[:6]))
        stage.terminal.say(line(f"It has never read: {words}. It can only copy the pattern."))
    for label, page in (
        ("Zero-shot", Examples((), examples.word).page("/")),
        (f"Few-shot, with {len(examples.pairs)} examples", examples.page("/")),
    ):
        request = Request(prompt=page, max_tokens=WORD_TOKENS, temperature=0.0, stop=("\n",))
        stage.terminal.gap()
        _show_prompt(page, stage)
        stage.listen(stage.face("base"), request, label)


def _show_prompt(page: str, stage: Stage) -> None:
    stage.terminal.say(indented(quoted_text(harmless(page))))


def _labels(settings: Settings, stage: Stage) -> None:
    """Labels made up for each page: only what stands above can tell which one fits."""
    terminal = stage.terminal
    page = label_test(Random(stage.seed), 2)
    terminal.say(
        bold("Labels made up for the page"),
        line("Words of two sorts, each sort with a label that means nothing, such as:"),
    )
    _show_prompt(made_up.solved(page), stage)
    terminal.say(
        line(
            "The last label is left out, and the raw model gives each of the two a probability."
            " The likelier one counts as its answer."
        )
    )
    guess = stage.guess(
        f"With {made_up.EXAMPLES[-1]} examples of each label above, how often will the likelier of"
        " the two be the right one?",
        GUESSES,
    )
    found = made_up.rows(settings.pages, stage.seed)
    terminal.say(
        *made_up.as_table(found, terminal),
        dim(
            "New word: it stands nowhere on the page. Labels shuffled: the same page, its labels"
            " dealt out at random. Then the form is all that is left."
        ),
        *map(line, made_up.verdict(found)),
    )
    if card := made_up.on_the_card():
        terminal.say(line(card))
    if guess:
        most = made_up.counted(found[-1].right[made_up.NEW])
        terminal.say(line(f"You guessed: {guess}. It was {most}."))
    stage.note("\n".join(f"- {said}" for said in made_up.verdict(found)))


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question to be asked, and others of its kind to be shown solved."""

    probe: Probe
    kin: Sequence[Probe]


def items(count: int) -> list[Exercise]:
    """Questions of all kinds in turn."""
    drawn = base_probes(DRAWN)
    kinds = [list({probe.prompt: probe for probe in drawn[kind]}.values()) for kind in KINDS]
    return [
        Exercise(different[turn], different[ASKED:][-MOST_SHOTS:])
        for turn in range(ASKED)
        for different in kinds
    ][:count]


def page_of(item: Exercise, shots: int | None) -> str:
    """A quiz page whose last line is open; None is the bare question."""
    if shots is None:
        return f"{item.probe.prompt}\n"
    return as_quiz(item.probe, item.kin[:shots])


def right_answers(stage: Stage, asked: Sequence[Exercise], shots: int | None) -> list[bool]:
    """Which of the questions the raw model gets right, below so many solved ones."""
    found: list[bool] = []
    for item in asked:
        page, end = page_of(item, shots), "\nQ:" if shots is None else "\n"
        request = Request(prompt=page, max_tokens=ITEM_TOKENS, temperature=0.0, stop=(end,))
        found.append(item.probe.accepts(hear(stage, stage.face("base"), request).text))
    return found


def _count(settings: Settings, stage: Stage) -> None:
    """Questions that it could know anyhow: bare, on a page, and below solved ones."""
    asked, terminal = items(settings.items), stage.terminal
    ways = (None, *settings.shots)
    rows = {_named(shots): right_answers(stage, asked, shots) for shots in ways}
    terminal.say(
        bold(f"What it knows anyhow: {len(asked)} questions, asked in {len(rows)} ways"),
        line("An answer counts if it names what was asked for."),
        line("The first of them, bare, and on a page below one solved question:"),
    )
    _show_prompt(page_of(asked[0], None).rstrip(), stage)
    terminal.gap()
    _show_prompt(page_of(asked[0], 1), stage)
    terminal.gap()
    terminal.say(*_results(rows, stage))
    stage.note("\n".join(f"- {name}: {sum(row)} of {len(row)} right" for name, row in rows.items()))


def _named(shots: int | None) -> str:
    return "bare" if shots is None else f"page, {shots} solved"


def _results(rows: dict[str, list[bool]], stage: Stage) -> list[Renderable]:
    """Each way with its interval, the curve; bare and the barest page against the last, paired."""
    terminal = stage.terminal
    cells = []
    for name, right in rows.items():
        low, high = wilson(sum(right), len(right))
        cells.append((name, f"{sum(right)} of {len(right)}", f"{low:.2f} to {high:.2f}"))
    shares = [sum(right) / len(right) for right in rows.values()]
    bare, form, *_ = names = list(rows)
    last = names[-1]
    tests = [
        line(f"{last} against {one}: {paired(rows[one], rows[last]).verdict}.")
        for one in dict.fromkeys((bare, form))
        if one != last
    ]
    drawn = [] if terminal.look.plain else [line(), *bars(list(rows), shares, terminal)]
    return [*table(("", "right", "95% interval"), cells, terminal), *drawn, *tests]


def _ask_chosen(examples: Examples, stage: Stage) -> None:
    asked = (f'Rewrite: "{examples.word}" →', examples.page("→"))
    speaker = stage.chosen(spending(user(one, max_tokens=LARGE_TOKENS) for one in asked))
    if speaker is None:
        return
    stage.terminal.gap()
    stage.introduce(speaker)
    for label, one in zip(("Zero-shot", "Few-shot"), asked, strict=True):
        stage.terminal.gap()
        _show_prompt(one, stage)
        request = steadily(speaker, _to_be_continued(speaker, one), stage.seed)
        if not is_whole(stage.listen(speaker, request, label)):
            return
    stage.terminal.say(dim("Same weights in both calls: only the text in front differs."))


def _to_be_continued(speaker: Provider, text: str) -> Request:
    """Bare text for a model nearby, which can continue one; a chat for a hosted one."""
    if speaker.card.tier is Tier.LOCAL:
        return Request(prompt=text, max_tokens=WORD_TOKENS, stop=("\n",))
    return user(text, max_tokens=LARGE_TOKENS)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Learning without learning",
    line="The same weights, a few examples in front: how many more answers are right?",
    own_text='examples of your own and a word to go on with, such as "hot cold; up down; thick"',
    notice=(
        "No weight changed between the rows: all that differs is the text in front. With labels"
        " made up for the page nothing but the examples can tell, so there a rise is learning in"
        " context. With questions that the model could know anyhow, see what the form alone does: a"
        " page on which answers follow questions (0 solved) may do all that examples seem to do."
        " Where the intervals overlap, a difference between rows says nothing."
    ),
)
