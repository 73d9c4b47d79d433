"""Log-probabilities out of the shapes that servers send them in."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from tutor.providers.picking import mapping, number, sequence, text
from tutor.providers.talk import Chance, TokenChances
from tutor.providers.thoughts import whole

ROUNDED = 0.001
"""So far above 0 a log-probability may come to lie by rounding."""
_BYTE = range(256)


def token_chances(given: Any) -> Iterator[TokenChances]:
    """Chosen tokens with their likely others, in either shape; what fits none of them is no token.

    One is a list of tokens, in `content` or bare; the other has lists side by side.
    """
    if isinstance(given, list):
        yield from filter(None, map(_token, given))
    elif listed := sequence(mapping(given).get("content")):
        yield from filter(None, map(_token, listed))
    else:
        yield from _side_by_side(mapping(given))


def _token(given: Any) -> TokenChances | None:
    chosen = _chance(given)
    return None if chosen is None else TokenChances(chosen, _likeliest(_others(mapping(given))))


def _others(given: Mapping[str, Any]) -> Iterator[Chance | None]:
    tops = given.get("top_logprobs") or given.get("top_probs")
    if isinstance(tops, Mapping):  # a token each, as in the older shape
        return (_named(str(name), number(value)) for name, value in tops.items())
    return map(_chance, sequence(tops))


def _side_by_side(given: Mapping[str, Any]) -> Iterator[TokenChances]:
    names, logs = sequence(given.get("tokens")), sequence(given.get("token_logprobs"))
    tops = sequence(given.get("top_logprobs"))
    for name, log, others in zip_longest(names, logs, tops[: len(names)]):
        chosen = _named(text(name), number(log))
        if isinstance(name, str) and chosen:
            pairs = ((str(one), number(value)) for one, value in mapping(others).items())
            yield TokenChances(chosen, _likeliest(_named(*pair) for pair in pairs))


def _likeliest(chances: Iterable[Chance | None]) -> tuple[Chance, ...]:
    known = (chance for chance in chances if chance)
    return tuple(sorted(known, key=lambda chance: -chance.log_probability))


def _chance(given: Any) -> Chance | None:
    """A token by its bytes where they are told: half a character is U+FFFD, as everywhere here."""
    said = mapping(given)
    numbers = said.get("bytes")
    spelled = ""
    if isinstance(numbers, list) and all(type(one) is int and one in _BYTE for one in numbers):
        spelled = bytes(numbers).decode("utf-8", "replace")
    return _named(spelled or text(said.get("token")), number(said.get("logprob")))


def _named(name: str, log_probability: float | None) -> Chance | None:
    """A token with its log-probability, if that is one."""
    if log_probability is None or log_probability > ROUNDED:
        return None
    return Chance(whole(name), min(0.0, log_probability))
