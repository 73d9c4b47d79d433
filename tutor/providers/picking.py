"""What can be made of JSON that anybody sent: each value as it is wanted, or nothing.

Servers put null, text and fractions where numbers belong, one thing where a list belongs, and odd
shapes into fields of no importance. A reply is not thrown away for that: what fits is taken.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

MOST_DIGITS = 18
_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


def parse(data: str) -> Any:
    """JSON as it is; also with -Infinity and halves of characters. ValueError for what is none."""
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeError):
        try:
            return json.loads(data)
        except RecursionError as error:
            raise ValueError(str(error)) from error


def is_json(data: str) -> bool:
    """Tell whether it is JSON."""
    try:
        parse(data)
    except ValueError:
        return False
    return True


def mapping(value: Any) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> Sequence[Any]:
    """A list; of one, where a single object stands in its place."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def text(value: Any) -> str:
    """Text, or none."""
    return value if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """A number, also where it is written as text; None for another thing."""
    if isinstance(value, str) and len(value) <= 2 * MOST_DIGITS:
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return None if math.isnan(found) else found


def count(value: Any) -> int | None:
    """A whole number, also as text or as a fraction; None for another thing."""
    found = number(value)
    if found is None or math.isinf(found) or abs(found) >= 10**MOST_DIGITS:
        return None
    return int(found)
