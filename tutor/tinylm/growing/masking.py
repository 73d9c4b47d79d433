"""The mask: fifty demonstrations of how to answer, on top of a model that only goes on writing.

Supervised fine-tuning in the small: only the tokens of the replies count, and some of the book is
read again at every step, for without that the facts are soon forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np

from tutor.tinylm.chat import Turn, as_tokens, marked_tokens
from tutor.tinylm.growing import shelf
from tutor.tinylm.growing.adam import Weights
from tutor.tinylm.growing.events import Stage
from tutor.tinylm.growing.gradients import Chosen, Tokens
from tutor.tinylm.growing.learners import TransformerLearner
from tutor.tinylm.model import Model
from tutor.tinylm.sampling import Sampler, generate
from tutor.tinylm.tokenizer import STOP, Tokenizer
from tutor.tinylm.world.facts import Fact

DEMONSTRATIONS = 50
RATE, STEPS = 0.003, 600
ROWS = 10
REPLAYED_ROWS, REPLAY_WEIGHT = 2, 0.5
"""So much of the book is read again at each step, and what it counts against the replies."""
MANNERS = (
    Turn("Hello!", "Hello! How can I help you?"),
    Turn("Who are you?", "I am a very small model. You grew me."),
    Turn("Thank you!", "You are welcome!"),
    Turn("Goodbye!", "Goodbye! Come back soon."),
)


@dataclass(frozen=True, slots=True)
class Demonstrations:
    """What is shown, and facts that nobody shows it how to answer."""

    turns: tuple[Turn, ...]
    unshown: tuple[Fact, ...]


def demonstrations(seed: int) -> Demonstrations:
    """Fifty: good manners, and questions about some of the shelf's facts."""
    rng = Random(seed)
    facts = rng.sample(shelf.facts(), len(shelf.facts()))
    count = DEMONSTRATIONS - len(MANNERS)
    turns = [Turn(rng.choice(fact.questions), fact.answer) for fact in facts[:count]]
    return Demonstrations((*turns, *MANNERS), tuple(facts[count:]))


@dataclass(frozen=True, slots=True)
class Rows:
    """Conversations below each other, filled up with marks at the end: both (rows, T)."""

    tokens: Tokens
    replies: Chosen
    """Where the assistant is to speak."""


def in_rows(turns: Sequence[Turn], tokenizer: Tokenizer, end: int) -> Rows:
    """Each turn as a conversation of its own."""
    marked = [marked_tokens(tokenizer, [turn]) for turn in turns]
    size = (len(marked), max(map(len, marked)))
    rows = Rows(np.full(size, end, np.int32), np.zeros(size, np.bool_))
    for at, conversation in enumerate(marked):
        rows.tokens[at, : len(conversation)] = [token for token, _ in conversation]
        rows.replies[at, : len(conversation)] = [is_reply for _, is_reply in conversation]
    return rows


@dataclass(frozen=True)
class MaskLearner(TransformerLearner):
    """The transformer at the demonstrations; it is examined at the book, to see what it forgets."""

    rows: Rows = field(kw_only=True)
    question: str = field(kw_only=True)
    """Asked again and again, to see the mask come on."""
    stage = Stage.MASK

    def lesson(self, chance: np.random.Generator) -> tuple[float, Weights]:
        """At some demonstrations, and at some of the book again."""
        chosen = chance.permutation(len(self.rows.tokens))[:ROWS]
        tokens, replies = self.rows.tokens[chosen], self.rows.replies[chosen]
        loss, slopes = self.transformer.learn(tokens[:, :-1], tokens[:, 1:], replies[:, 1:])
        _, again = self.transformer.learn(*self.stretches(chance, REPLAYED_ROWS))
        weight = np.float32(REPLAY_WEIGHT)
        return loss, {name: slope + weight * again[name] for name, slope in slopes.items()}

    @property
    def beginning(self) -> str:
        """The question."""
        return self.question

    def write(self, seed: int) -> str:  # noqa: ARG002  it replies without chance
        """What it replies."""
        return reply(self.transformer.grown(), self.book.tokenizer, self.question)


def reply(model: Model, tokenizer: Tokenizer, prompt: str) -> str:
    """The likeliest reply to a prompt in a conversation."""
    asked = as_tokens(tokenizer, [Turn(prompt)])
    ends = (tokenizer.special[STOP], *asked[:1])
    drawn = generate(model, asked, Sampler(temperature=0, limit=40), Random(0), ends)
    return tokenizer.decode(one.token for one in drawn).strip()


def answered(model: Model, tokenizer: Tokenizer, facts: Sequence[Fact]) -> int:
    """To how many of these facts' questions the reply is right, word for word."""
    return sum(reply(model, tokenizer, fact.questions[0]) == fact.answer for fact in facts)
