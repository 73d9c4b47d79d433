"""Directions: what sets one kind of text apart from another inside, as an arrow to push along.

The mean state at the last place of some texts, minus that of others, at every border (Turner
and others 2023, arXiv:2308.10248; Rimsky and others 2023, arXiv:2312.06681; of what is known and
what is not, in larger models: Ferrando and others 2025, arXiv:2411.14257).
"""

from collections.abc import Sequence
from random import Random

import numpy as np

from tutor.tinylm import chat
from tutor.tinylm.inside.passing import see
from tutor.tinylm.model import Array, Model
from tutor.tinylm.tokenizer import END, Tokenizer
from tutor.tinylm.world import dialogues
from tutor.tinylm.world.facts import all_facts, withheld

EXAMPLES = 16
"""Questions whose states are averaged; fine-tuning asked them, and no measurement does."""
SEED = 7
RANDOM_PUSHES = 20
"""Pushes of no meaning, of whose losses the mean is told."""
Tokens = Sequence[int]


def questions(count: int = EXAMPLES) -> list[str]:
    """The same few questions at every call."""
    asked = [fact.questions[0] for fact in all_facts() if not withheld(fact)]
    return Random(SEED).sample(asked, count)


def last_states(model: Model, texts: Sequence[Tokens]) -> Array:
    """The mean state at the last place of texts, at each border: (layers + 1, width)."""
    states: Array = np.mean([see(model, tokens).stream[:, -1] for tokens in texts], 0)
    return states


def difference(model: Model, texts: Sequence[Tokens], others: Sequence[Tokens]) -> Array:
    """From the second kind of text to the first, at each border: (layers + 1, width)."""
    return last_states(model, texts) - last_states(model, others)


def towards_an_answer(raw: Model, tokenizer: Tokenizer) -> Array:
    """From a bare line's end, after which anything may follow, to "A:", after which an answer does.

    Mask minus monster, found in the raw model, which was never tuned: (layers + 1, width).
    """
    some = questions()
    return difference(
        raw,
        [page(tokenizer, f"Quiz\nQ: {question}\nA:") for question in some],
        [page(tokenizer, f"{question}\n") for question in some],
    )


def towards_not_knowing(tuned: Model, tokenizer: Tokenizer) -> Array:
    """From questions that a tuned model can answer to questions about invented names.

    At the place where the reply begins: (layers + 1, width).
    """
    return difference(tuned, asked(tokenizer, invented()), asked(tokenizer, questions()))


def asked(tokenizer: Tokenizer, some: Sequence[str]) -> list[list[int]]:
    """Questions in the form of a chat."""
    return [chat.as_tokens(tokenizer, [chat.Turn(question)]) for question in some]


def invented(count: int = EXAMPLES) -> list[str]:
    """Questions about people and animals that there are not, the same few at every call."""
    rng = Random(SEED)
    askers = (dialogues.ask_stranger, dialogues.ask_no_animal)
    return [askers[n % 2](rng, held_out=False).prompt for n in range(count)]


def page(tokenizer: Tokenizer, text: str) -> list[int]:
    """A text at the beginning of a page."""
    return [tokenizer.special[END], *tokenizer.encode(text)]


def random_direction(like: Array, seed: int = SEED) -> Array:
    """A direction of no meaning, as long as another one at each border: what a push alone does."""
    drawn = np.random.default_rng(seed).normal(size=like.shape)
    drawn *= np.linalg.norm(like, axis=-1, keepdims=True) / np.linalg.norm(
        drawn, axis=-1, keepdims=True
    )
    return drawn.astype(np.float32)
