"""How a conversation is written in tokens.

    <|document|> <|user|> Hello! <|assistant|> Hello! How can I help you? <|end|> <|user|> …

The raw model has never seen these marks; fine-tuning teaches it what they mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.tinylm.tokenizer import ASSISTANT, END, STOP, USER, Tokenizer


@dataclass(frozen=True, slots=True)
class Turn:
    """What the user said and what the assistant replied; `None` while the reply is awaited."""

    prompt: str
    reply: str | None = None


def put(prompt: str, before: Sequence[tuple[str, str]] = ()) -> list[Turn]:
    """A conversation that awaits the reply to a prompt, after earlier ones with their replies."""
    return [*(Turn(*pair) for pair in before), Turn(prompt)]


def as_tokens(tokenizer: Tokenizer, turns: Sequence[Turn]) -> list[int]:
    """A conversation from its start to the point where the assistant speaks or has spoken."""
    return [token for token, _is_reply in marked_tokens(tokenizer, turns)]


def marked_tokens(tokenizer: Tokenizer, turns: Sequence[Turn]) -> list[tuple[int, bool]]:
    """The tokens of a conversation, each with whether the assistant is to produce it."""
    special = tokenizer.special
    marked = [(special[END], False)]
    for turn in turns:
        asked = [special[USER], *tokenizer.encode(turn.prompt), special[ASSISTANT]]
        marked += [(token, False) for token in asked]
        if turn.reply is not None:
            said = [*tokenizer.encode(turn.reply), special[STOP]]
            marked += [(token, True) for token in said]
    return marked
