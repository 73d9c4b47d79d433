"""What size buys: the same pages read by models of five sizes, and two ways to score them.

Parameters are counted without the embedding, as in scaling laws.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from msgspec import Struct

from tutor.demos.parts.raw_models import continued
from tutor.demos.parts.reading import different, some, within
from tutor.errors import ProviderError
from tutor.providers.talk import Request
from tutor.screen.tables import bars, short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.dial import Dial, Turning, Values, turn
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.faces import LADDER, load_ladder_tokenizer, load_rung, shipped
from tutor.tinylm.measuring import scaling
from tutor.tinylm.measuring.scaling import Scaling
from tutor.tinylm.model import Model, forward, log_softmax
from tutor.tinylm.tokenizer import END
from tutor.tinylm.world.probes import Probe, as_quiz, base_probes

QUESTION = (
    "From size to size: how will the right words come, for the fact about an animal and for words "
    "copied from the question?"
)
GUESSES = ("evenly for both", "in a jump for both", "the fact evenly, the copy in a jump")
FRAME, COPIED, FACT = "frame", "copied", "fact"
PARTS = (FRAME, COPIED, FACT)
"""Of an answer: words of its form, words that stand in the question, and what must be known."""
JUMP = 0.5
"""A step that makes more than so much of the whole climb is called a jump."""
SAID = (
    "Five raw models, tiny all of them, have each read the same {tokens:.0f} million tokens of one "
    "invented village. Layers grow along with width, from {few} to {many}."
)
LEGEND = (
    "loss: mean surprise a token, in nats, at pages never read. Then for each part of the answers, "
    "each token asked for after the right ones: the share that is right, and the mean surprise in "
    "nats, which tells nearly right from far off. whole: answers right throughout. copied: words "
    "that stand in the question. fact: what must be known. frame: the rest, full stop included."
)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked, how often at most, and what is to be continued by how many tokens."""

    kinds: tuple[str, ...] = ("animal", "repeat")
    each: int = 30
    prompt: str = "The capital of Kenya is"
    tokens: int = 9

    def __post_init__(self) -> None:
        """Refuse what cannot be asked, and what would fill the screen."""
        some("kinds", self.kinds, 3)
        different("kinds", self.kinds)
        within("each", (self.each,), 2, 50)
        within("tokens", (self.tokens,), 5, 40)
        known = base_probes(1)
        for kind in self.kinds:
            if kind not in known:
                raise ValueError(f"kinds: {kind!r} is none of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class ScoredToken:
    """A token of an answer: which part it belongs to, whether it was foretold, surprise in nats."""

    part: str
    right: bool
    nats: float


@dataclass(frozen=True, slots=True)
class Scored:
    """How one size does at one kind of question; shares are 0–1."""

    parts: Mapping[str, tuple[float, float]]
    """Of each part of the answers: the share of right tokens, and nats a token."""
    answers: float


def run(settings: Settings, stage: Stage) -> None:
    """Guess; measure every size; then let each write."""
    try:
        request = Request(
            prompt=own_text(stage) or settings.prompt,
            max_tokens=settings.tokens,
            temperature=0.7,
            seed=stage.seed,
        )
        guess = stage.guess(QUESTION, GUESSES)
        with shipped(LADDER) as path:
            ladder = scaling.read(path)
        stage.terminal.say(dim(introduction(ladder)))
        probes = base_probes(settings.each)
        asked = {kind: probes[kind] for kind in settings.kinds}
        found = {kind: measured(ladder, few) for kind, few in asked.items()}
        show(stage, "sizes", *scores(ladder, asked, found, stage.terminal))
        written = [
            continued(load_rung(size.name), request, load_ladder_tokenizer())
            for size in ladder.sizes
        ]
        for size, words in zip(ladder.sizes, written, strict=True):
            stage.terminal.gap()
            heading = bold(f"{size.parameters:,} parameters in all")
            show(stage, f"sizes, {size.name}", heading, words)
        stage.terminal.gap()
        compare(stage, guess, found)
        turn(stage, turned(ladder, found, written, stage.terminal))
    except ProviderError as error:
        refuse(stage, error)


def introduction(ladder: Scaling) -> str:
    """Who they are."""
    few, *_, many = (size.shape.layers for size in ladder.sizes)
    return SAID.format(tokens=ladder.tokens / 1e6, few=few, many=many)


def measured(ladder: Scaling, probes: Sequence[Probe]) -> list[Scored]:
    """How each size does at these questions, from small to large."""
    return [scored(load_rung(size.name), probes) for size in ladder.sizes]


def scored(model: Model, probes: Sequence[Probe]) -> Scored:
    """The shares of the answers' tokens and of whole answers that are right."""
    answers = [foretold(model, probe) for probe in probes]
    tokens = [token for one in answers for token in one]
    parts = {part: some for part in PARTS if (some := [one for one in tokens if one.part == part])}
    return Scored(
        {part: (share(some), fmean(one.nats for one in some)) for part, some in parts.items()},
        fmean(all(token.right for token in one) for one in answers),
    )


def share(some: Sequence[ScoredToken]) -> float:
    """How many were foretold, 0–1."""
    return fmean(one.right for one in some)


def foretold(model: Model, probe: Probe) -> list[ScoredToken]:
    """How the model takes each token of the answer, after the right ones before it.

    The question is the open line of a quiz page.
    """
    tokenizer = load_ladder_tokenizer()
    page = [tokenizer.special[END], *tokenizer.encode(as_quiz(probe))]
    answer = tokenizer.encode(f" {probe.answer}")
    logs = log_softmax(forward(model, [*page, *answer])[len(page) - 1 : -1])  # (T, vocabulary)
    pieces = [tokenizer.decode([token]) for token in answer]
    return [
        ScoredToken(part, bool(log.argmax() == token), -float(log[token]))
        for part, token, log in zip(parts_of(probe, pieces), answer, logs, strict=True)
    ]


def parts_of(probe: Probe, pieces: Sequence[str]) -> Iterator[str]:
    """Which part of the answer each piece of it belongs to."""
    text, at = "".join(pieces).lower(), 0
    asked = set(re.findall(r"\w+", probe.prompt.lower()))
    known = {span for words in probe.accepted for span in places(text, words)}
    copied = {span for words in probe.needed for span in places(text, words)}
    if asked.issuperset(re.findall(r"\w+", " ".join(probe.accepted).lower())):
        known, copied = set(), known | copied
    for piece in pieces:
        where = set(range(at, at + len(piece)))
        at += len(piece)
        yield COPIED if where & copied else FACT if where & known else FRAME


def places(text: str, words: str) -> set[int]:
    """Where these words stand in a text: the positions of their letters; empty if they do not."""
    begin = text.find(words.lower())
    return set(range(begin, begin + len(words))) if begin >= 0 else set()


def scores(
    ladder: Scaling,
    asked: Mapping[str, Sequence[Probe]],
    found: Mapping[str, Sequence[Scored]],
    terminal: Terminal,
) -> Iterator[Renderable]:
    """What is asked, and for each kind a row for each size: its loss, and how it does."""
    for kind, few in asked.items():
        yield line(f'{kind}: {len(few)} questions such as "{few[0].prompt}" ("{few[0].answer}")')
        parts = [part for part in PARTS if part in found[kind][0].parts]
        rows = [
            (f"{size.non_embedding:,}", str(size.shape.layers), f"{size.loss:.2f}",
             *(f"{one.parts[part][0]:.0%} {one.parts[part][1]:.2f}" for part in parts),
             f"{one.answers:.0%}")
            for size, one in zip(ladder.sizes, found[kind], strict=True)
        ]  # fmt: skip
        yield from table(("parameters", "layers", "loss", *parts, "whole"), rows, terminal)
        yield line()
    yield dim(LEGEND)
    whole = f"{ladder.sizes[0].parameters:,}"
    yield dim(f"Parameters without the table of embeddings; with it the smallest has {whole}.")
    yield dim(law(ladder))


def law(ladder: Scaling) -> str:
    """The curve through the losses, and how far the sizes lie from it."""
    fit, worst = ladder.fit, max(map(abs, ladder.residuals.values()))
    curve = f"{fit.floor:.2f} + ({short(fit.scale)} / parameters) to the power {fit.exponent:.2f}"
    runs = f", means of {len(ladder.seeds)} runs" if len(ladder.seeds) > 1 else ""
    return f"A curve through the losses{runs}: {curve}. None lies further from it than {worst:.2f}."


def compare(stage: Stage, guess: str, found: Mapping[str, Sequence[Scored]]) -> None:
    """The guess beside what was measured."""
    said = [
        f"{kind}, {part}: {climb(right)}; in nats {climb(sureness)}"
        for kind, some in found.items()
        for part in (COPIED, FACT)
        if part in some[0].parts
        for right in [[one.parts[part][0] for one in some]]
        for sureness in [[-one.parts[part][1] for one in some]]
    ]
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    stage.terminal.say(
        line(
            "Measured, by the share of right tokens and in nats. One step that makes more than"
            f" {JUMP:.0%} of the climb we call a jump:"
        )
    )
    stage.terminal.say(*map(line, said))


def turned(
    ladder: Scaling,
    found: Mapping[str, Sequence[Scored]],
    written: Sequence[Renderable],
    terminal: Terminal,
) -> Turning:
    """The size under the learner's keys: what it foretells, and how it writes."""
    stops = [float(size.non_embedding) for size in ladder.sizes]

    def picture(values: Values) -> list[Renderable]:
        at = min(range(len(stops)), key=lambda n: abs(math.log(stops[n] / values[0])))
        shares = {
            f"{kind}, {part}": right
            for kind, some in found.items()
            for part, (right, _) in some[at].parts.items()
        }
        said = [f"{share:.0%}" for share in shares.values()]
        return [
            bold(f"{stops[at]:,.0f} parameters, loss {ladder.sizes[at].loss:.2f}"),
            line("Right tokens, by part of the answer:"),
            *bars(list(shares), list(shares.values()), terminal, said),
            written[at],
        ]

    dial = Dial("parameters", stops, written=lambda number: f"{number:,.0f}")
    return Turning("sizes, by hand", [dial], picture)


def climb(shares: Sequence[float]) -> str:
    """Whether one step makes most of the climb of a score that is better the higher it is."""
    whole = shares[-1] - shares[0]
    largest = max(after - before for before, after in pairwise(shares))
    if whole <= 0:
        return "does not climb"
    how = "in a jump" if largest > JUMP * whole else "step by step"
    return f"{how} (the largest step is {largest / whole:.0%} of the climb)"


DEMO = Live(
    settings=Settings,
    run=run,
    title="Five sizes, one diet",
    line="Five raw models of different sizes have read the same pages: what does size buy?",
    own_text="the beginning of a text, to be continued at every size",
    notice=(
        "Split an answer on animals in three. The frame is mostly right from the smallest size on. "
        "The fact comes step by step. The animal's name, copied from the question, is never right "
        "at the two smallest sizes, and a whole answer needs all three: so whole answers stay at "
        "zero for long. Now the nats, the smooth score. At the copied name they fall from size to "
        "size: much of its jump is in the counting. At the row of words to repeat they stay high, "
        "then fall mostly in one step: that jump is in the model. What made it? Layers grow with "
        "width here, and copying takes heads in two of them; yet the model of two layers still "
        "copies nothing of the row. These five cannot tell depth from width."
    ),
)
