"""What size buys: the same pages read by models of five sizes, and two ways to score them.

Parameters are counted without the embedding, as in scaling laws.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tutor.demos.own_text import own_text, refuse, show
from tutor.demos.reading import different, some, within
from tutor.demos.stage import About, Stage
from tutor.demos.tables import short, table
from tutor.errors import ProviderError
from tutor.providers.built_in import LIMITS, BuiltIn
from tutor.providers.talk import Card, Request, Tier, collect
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line
from tutor.tinylm import scaling
from tutor.tinylm.faces import LADDER, load_rung, load_tokenizer
from tutor.tinylm.model import Model, forward, log_softmax
from tutor.tinylm.tokenizer import END
from tutor.tinylm.world.probes import Probe, as_quiz, base_probes

ABOUT = About(
    title="Five sizes, one diet",
    line="Five raw models of different sizes have read the same pages: what does size buy?",
    own_text="the beginning of a text, to be continued at every size",
    notice=(
        "Capitals: the surprise at the right answer falls from size to size, and only the share of "
        "right answers jumps. Repeating: the surprise itself hardly moves, then drops. Some jumps "
        "are in the score, and some in the model."
    ),
)
QUESTION = (
    "From the smallest model to the largest: how does the surprise at the right answer fall, for "
    "capitals and for repeating words?"
)
GUESSES = ("evenly for both", "in a jump for both", "evenly for one of them")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked, how often at most, and what is to be continued by how many tokens."""

    kinds: tuple[str, ...] = ("capital", "repeat")
    each: int = 30
    prompt: str = "Once upon a time there was a"
    tokens: int = 14

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


def run(settings: Settings, stage: Stage) -> None:
    """Guess; measure every size; then let each write."""
    try:
        prompt = own_text(stage) or settings.prompt
        guess = stage.guess(QUESTION, GUESSES)
        stage.terminal.say(dim(LIMITS))
        ladder = scaling.read(LADDER)
        show(stage, "sizes", *measured(settings, ladder, stage.terminal))
        for size in ladder.sizes:
            stage.terminal.gap()
            text = continued(settings, stage, prompt, load_rung(size.name))
            written = indented(line(f"{harmless(prompt)} … {text or '(it ends the text here)'}"), 2)
            show(stage, f"sizes, {size.name}", bold(parameters(size)), written)
        if guess:
            stage.terminal.say(line(f"You guessed: {guess}."))
    except ProviderError as error:
        refuse(stage, error)


def measured(
    settings: Settings, ladder: scaling.Scaling, terminal: Terminal
) -> Iterator[Renderable]:
    """What is asked, and a row for each size: its loss, and how it does at each kind."""
    probes = base_probes(settings.each)
    asked = {kind: probes[kind] for kind in settings.kinds}
    yield line()
    for kind, few in asked.items():
        asks, wants = few[0].prompt, few[0].answer
        yield line(f'{kind}: {len(few)} questions such as "{asks}" ("{wants}")')
    yield line("nats: surprise at the right answer; per cent: answers that are right throughout")
    rows = [
        (f"{size.non_embedding:,}", f"{size.losses[0]:.2f}",
         *(scored(load_rung(size.name), few) for few in asked.values()))
        for size in ladder.sizes
    ]  # fmt: skip
    yield from table(("parameters", "loss", *asked), rows, terminal)
    yield dim(law(ladder))


def parameters(size: scaling.Size) -> str:
    """The size in words."""
    return f"{size.non_embedding:,} parameters"


def scored(model: Model, probes: Sequence[Probe]) -> str:
    """The mean surprise at the right answers, in nats an answer, and how many come out whole."""
    found = [surprise(model, probe) for probe in probes]
    nats = sum(nats for nats, _whole in found) / len(found)
    whole = sum(whole for _nats, whole in found) / len(found)
    return f"{nats:.1f} nats {whole:.0%}"


def surprise(model: Model, probe: Probe) -> tuple[float, bool]:
    """Surprise at the answer in nats, and whether its every token is the likeliest one.

    The question is the open line of a quiz page; each token is asked for after the right ones.
    """
    tokenizer = load_tokenizer()
    page = [tokenizer.special[END], *tokenizer.encode(as_quiz(probe))]
    answer = tokenizer.encode(f" {probe.answer}")
    logs = log_softmax(forward(model, [*page, *answer])[len(page) - 1 : -1])  # (T, vocabulary)
    right = logs[range(len(answer)), answer]  # (T,)
    return -float(right.sum()), bool((logs.max(-1) == right).all())


def law(ladder: scaling.Scaling) -> str:
    """The curve through the losses, and how far the sizes lie from it."""
    fit, worst = ladder.fit, max(map(abs, ladder.residuals.values()))
    curve = f"{fit.floor:.2f} + ({short(fit.scale)} / N) to the power {fit.exponent:.2f}"
    seeds = f", means of {len(ladder.seeds)} runs" if len(ladder.seeds) > 1 else ""
    return f"  loss = {curve}; off by {worst:.2f} at most{seeds}"


def continued(settings: Settings, stage: Stage, prompt: str, model: Model) -> str:
    """What this size writes after the prompt."""
    speaker = BuiltIn(Card("rung", "rung", Tier.BUILT_IN), model, load_tokenizer())
    request = Request(prompt=prompt, max_tokens=settings.tokens, temperature=0.7, seed=stage.seed)
    return " ".join(harmless(collect(speaker.stream(request)).text).split())
