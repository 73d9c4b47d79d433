"""What size buys: the same pages read by models of five sizes, and two ways to score them.

Parameters are counted without the embedding, as in scaling laws.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec import Struct

from tutor.demos.growing_up import continued
from tutor.demos.parts.reading import different, some, within
from tutor.errors import ProviderError
from tutor.providers.talk import Request
from tutor.screen.tables import short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import About, Stage
from tutor.tinylm.faces import LADDER, load_rung, load_tokenizer, shipped
from tutor.tinylm.measuring import scaling
from tutor.tinylm.measuring.scaling import Scaling
from tutor.tinylm.model import Model, forward
from tutor.tinylm.tokenizer import END
from tutor.tinylm.world.probes import Probe, as_quiz, base_probes

ABOUT = About(
    title="Five sizes, one diet",
    line="Five raw models of different sizes have read the same pages: what does size buy?",
    own_text="the beginning of a text, to be continued at every size",
    notice=(
        "Animals: the share of single words climbs from size to size, while whole answers stand "
        "near zero and then leap. Repeating: the single words themselves stay low, then leap. The "
        "first bend is largely in the score, the second in the model. And the loss foretells "
        "neither: it only falls, along a curve."
    ),
)
QUESTION = (
    "From size to size: how will the share of right words climb, for facts on animals and for "
    "repeating words?"
)
GUESSES = ("evenly for both", "in a jump for both", "evenly for animals, in a jump for repeating")
JUMP = 0.5
"""A step that makes more than so much of the whole climb is called a jump."""
SAID = (
    "Five raw models, tiny all of them, have each read the same {tokens:.0f} million tokens of one "
    "invented village. Layers grow along with width, from {few} to {many}."
)
LEGEND = (
    "loss: mean surprise a token, in nats, at pages never read. Then the share of the answers' "
    "tokens that are right, each asked for after the right ones; and of answers right throughout."
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
class Scored:
    """How one size does at one kind of question; both are shares, 0–1."""

    tokens: float
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
        for size in ladder.sizes:
            stage.terminal.gap()
            heading = bold(f"{size.parameters:,} parameters in all")
            show(stage, f"sizes, {size.name}", heading, continued(load_rung(size.name), request))
        stage.terminal.gap()
        compare(stage, guess, found)
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
    answers = [hits(model, probe) for probe in probes]
    tokens = [hit for one in answers for hit in one]
    return Scored(sum(tokens) / len(tokens), sum(map(all, answers)) / len(answers))


def hits(model: Model, probe: Probe) -> list[bool]:
    """Which tokens of the answer are the likeliest ones, each after the right ones before it.

    The question is the open line of a quiz page.
    """
    tokenizer = load_tokenizer()
    page = [tokenizer.special[END], *tokenizer.encode(as_quiz(probe))]
    answer = tokenizer.encode(f" {probe.answer}")
    best = forward(model, [*page, *answer])[len(page) - 1 : -1].argmax(-1)  # (T,)
    return [bool(token == wanted) for token, wanted in zip(best, answer, strict=True)]


def scores(
    ladder: Scaling,
    asked: Mapping[str, Sequence[Probe]],
    found: Mapping[str, Sequence[Scored]],
    terminal: Terminal,
) -> Iterator[Renderable]:
    """What is asked, and a row for each size: its loss, and how it does at each kind."""
    for kind, few in asked.items():
        yield line(f'{kind}: {len(few)} questions such as "{few[0].prompt}" ("{few[0].answer}")')
    rows = [
        (f"{size.non_embedding:,}", f"{size.loss:.2f}",
         *(f"{found[kind][at].tokens:.0%}, {found[kind][at].answers:.0%}" for kind in asked))
        for at, size in enumerate(ladder.sizes)
    ]  # fmt: skip
    yield from table(("parameters", "loss", *asked), rows, terminal)
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
    said = [f"{kind} {climb([one.tokens for one in some])}" for kind, some in found.items()]
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    stage.terminal.say(line(f"Measured, by the share of right tokens: {'; '.join(said)}."))


def climb(shares: Sequence[float]) -> str:
    """Whether one step makes most of the climb."""
    whole = shares[-1] - shares[0]
    largest = max(after - before for before, after in pairwise(shares))
    if whole <= 0:
        return "does not climb"
    how = "in a jump" if largest > JUMP * whole else "step by step"
    return f"{how} (the largest step is {largest / whole:.0%} of the climb)"
