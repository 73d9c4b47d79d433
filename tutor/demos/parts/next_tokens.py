"""The next token's chances: exactly those of the built-in model, as far as told those of others."""

from tutor.providers.built_in import BuiltIn, chances, prompt_tokens
from tutor.providers.talk import Chance, Reply, Request
from tutor.screen.streaming import harmless
from tutor.screen.words import dim
from tutor.stage.stage import Stage
from tutor.tinylm.model import Array, forward
from tutor.tinylm.tokenizer import END

MOST_ALTERNATIVES = 20
"""So many log-probabilities the usual servers give at most."""


def quoted(text: str, most: int = 60) -> str:
    """A prompt in a sentence: on one line, its end kept where it is long."""
    shown = " ".join(harmless(text).split())
    return f'"{shown}"' if len(shown) <= most else f'"…{shown[1 - most :]}"'


def next_scores(base: BuiltIn, text: str) -> Array:
    """The scores of all tokens after a text: (vocabulary,). PromptTooLongError if too long."""
    tokens, _ = prompt_tokens(base, Request(prompt=text))
    scores: Array = forward(base.model, tokens)[-1]
    return scores


def every_chance(base: BuiltIn, scores: Array) -> tuple[Chance, ...]:
    """All tokens with their chances, the likeliest first; the end of a text in words."""
    return tuple(named(one) for one in chances(base.tokenizer, scores, len(scores)))


def named(one: Chance) -> Chance:
    """A chance whose token can be read: the mark between documents ends a text."""
    return Chance("(the text ends)", one.log_probability) if one.text == END else one


def say_adjusted(stage: Stage, reply: Reply) -> None:
    """Tell what the model was asked and would not do, once."""
    for one in reply.adjusted:
        if one not in stage.told:
            stage.told.add(one)
            stage.terminal.say(dim(harmless(f"note: {one.parameter}: {one.why}")))
