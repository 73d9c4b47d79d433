"""Tokens as they can be seen."""

from collections.abc import Sequence

from tutor.screen.pieces_view import as_bytes, visible
from tutor.screen.terminal import Look
from tutor.tinylm.tokenizer import Tokenizer


def piece_of(tokenizer: Tokenizer, token: int, look: Look) -> str:
    """A token to be seen: its text, or its bytes where they are no whole characters."""
    data = tokenizer.bytes_of[token]
    try:
        return visible(data.decode(), look)
    except UnicodeDecodeError:
        return as_bytes(data)


def pieces_of(tokenizer: Tokenizer, tokens: Sequence[int], look: Look) -> list[str]:
    """Tokens to be seen."""
    return [piece_of(tokenizer, token, look) for token in tokens]
