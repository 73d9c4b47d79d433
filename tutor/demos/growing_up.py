"""A model growing up: the same beginning, continued after more and more reading."""

from functools import cache
from itertools import islice
from pathlib import Path

from msgspec import Struct

from tutor.demos.parts.raw_models import continued
from tutor.demos.parts.reading import within
from tutor.errors import ProviderError
from tutor.providers.built_in import LIMITS
from tutor.providers.talk import Request
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.faces import growth, load_face, load_tokenizer, shipped
from tutor.tinylm.measuring.bias import probability
from tutor.tinylm.model import Model, load, log_probabilities
from tutor.tinylm.tokenizer import END
from tutor.tinylm.world import corpus
from tutor.tinylm.world.editions import shipped as shipped_edition

QUESTION = "After how many tokens of reading will it write its first whole sentence?"
FACT = "The capital of Kenya is", " Nairobi"
EXAM_SEED, EXAM_DOCUMENTS = 999, 8
"""Documents that no age has read; the mean surprise at them is taken."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be continued, and by how many tokens."""

    prompt: str = "Once upon a time there was a"
    tokens: int = 28

    def __post_init__(self) -> None:
        """Refuse what would fill the screen."""
        within("tokens", (self.tokens,), 5, 80)


def run(settings: Settings, stage: Stage) -> None:
    """Guess; then age by age."""
    try:
        prompt = own_text(stage) or settings.prompt
        guess = stage.guess(QUESTION, [in_words(thousands) for thousands, _path in growth()])
        stage.terminal.say(dim(LIMITS))
        for age, model in ages():
            show(stage, f"growing-up, {age}", *picture(settings, stage, prompt, age, model))
        if guess:
            words = f"You guessed: {guess}. Which is the first age with a sentence that is one?"
            stage.terminal.say(line(words))
    except ProviderError as error:
        refuse(stage, error)


def ages() -> list[tuple[str, Model]]:
    """The raw model after so much reading, the youngest first, and at last as it is shipped."""
    young = [(f"{in_words(thousands)} tokens read", taken(path)) for thousands, path in growth()]
    return [*young, ("grown up", load_face("base"))]


def taken(path: Path) -> Model:
    """The raw model as it was when this picture was taken; TutorError where it cannot be had."""
    with shipped(path):
        return load(path)


def in_words(thousands: int) -> str:
    """Thousands of tokens as one says them."""
    if thousands == 0:
        return "no"
    return f"{thousands} thousand" if thousands < 1000 else f"{thousands / 1000:.0f} million"  # noqa: PLR2004


def picture(
    settings: Settings, stage: Stage, prompt: str, age: str, model: Model
) -> list[Renderable]:
    """What it writes at this age, and how surprised it is at a text that makes sense."""
    request = Request(prompt=prompt, max_tokens=settings.tokens, temperature=0.8, seed=stage.seed)
    return [
        bold(f"{age}: {loss(model):.2f} nats a token on texts it never read"),
        continued(model, request),
        dim(f'  "{FACT[0]}": "{FACT[1].strip()}" next, {known(model):.1%}'),
    ]


def known(model: Model) -> float:
    """The probability, 0–1, of the fact's answer at this age."""
    return probability(model, load_tokenizer(), *FACT)


def loss(model: Model) -> float:
    """Mean surprise in nats a token over the exam's documents, each begun anew."""
    logs = [log_probabilities(model, tokens) for tokens in exam()]
    return -float(sum(one.sum() for one in logs)) / sum(map(len, logs))


@cache
def exam() -> tuple[list[int], ...]:
    """The exam's documents in tokens, cut to the model's context."""
    tokenizer, most = load_tokenizer(), load_face("base").shape.context
    documents = islice(corpus.documents(EXAM_SEED, shipped_edition().documents), EXAM_DOCUMENTS)
    start = tokenizer.special[END]
    return tuple([start, *tokenizer.encode(text)][:most] for text in documents)


DEMO = Live(
    settings=Settings,
    run=run,
    title="A model growing up",
    line="The raw model at several ages: how it writes, how texts it never read surprise it.",
    own_text="the beginning of a text, to be continued at every age",
    notice=(
        "First the frequent tokens, then words in their places, then sentences, then facts: nobody "
        "taught it grammar before meaning. All of it lowered one number, the loss."
    ),
)
