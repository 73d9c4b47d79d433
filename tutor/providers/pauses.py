"""How long a busy host asks to wait, wherever it says so: in a header, a field, or its words."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from tutor.providers.picking import mapping, number

SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_FIELDS = {
    "retrydelay": 1.0,
    "retryafter": 1.0,
    "retryafterseconds": 1.0,
    "retryafterms": 0.001,
    "estimatedtime": 1.0,
    "resetafter": 1.0,
    "waitseconds": 1.0,
}
"""Names of fields without their blanks and capitals, and what one of them is in seconds."""
_UNIT = r"(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\b"
_PART = rf"\d+(?:\.\d+)?\s?{_UNIT[:-2]}(?![a-z])"
_SPAN = re.compile(rf"(?:{_PART}[\s,]*(?:and )?)+", re.IGNORECASE)
_PIECE = re.compile(r"(\d+(?:\.\d+)?)\s?(ms|milli|[smhd])", re.IGNORECASE)
_ASKED = re.compile(
    r"retry|try again|try your request again|wait|available again|resets?\b", re.IGNORECASE
)
_BARE = re.compile(r"retry[- ]after\D{0,3}(\d{1,6}(?:\.\d+)?)(?![\d:-])", re.IGNORECASE)
_REACH = 60
"""Characters after the word, within which a span of time belongs to it."""
_MOST_DEPTH, _LONG_AGO = 6, 1_000_000_000


def told_pause(headers: Mapping[str, str], said: Any, words: str) -> float | None:
    """Seconds until asking again may help; None where a host does not say."""
    ways = (
        _milliseconds(_header(headers, "retry-after-ms")),
        _retry_after(headers),
        next(_fields(said, _MOST_DEPTH), None),
        _in_words(words),
        _reset(headers),
    )
    return next((seconds for seconds in ways if seconds is not None), None)


def _header(headers: Mapping[str, str], name: str) -> str:
    """A header, be it one that a gateway hands on under a longer name of its own."""
    ends = (told for key, told in headers.items() if key.lower().endswith(f"-{name}"))
    return headers.get(name) or next(ends, "")


def _milliseconds(told: str) -> float | None:
    found = number(told.strip())
    return None if found is None or not 0 <= found <= _LONG_AGO else found / 1000


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """A number, a span, or a date held against the server's own clock."""
    told = _header(headers, "retry-after").strip()
    return span(told) if re.fullmatch(r"\d.*[\da-z]", told + "s") else _until(told, headers)


def _until(told: str, headers: Mapping[str, str]) -> float | None:
    """Seconds from the server's now to a moment."""
    moment, now = _moment(told), _moment(headers.get("date", ""))
    if moment is None or now is None:
        return None
    return max(0.0, (moment - now).total_seconds())


def _moment(told: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(told)
        except (ValueError, TypeError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def span(told: str) -> float | None:
    """Seconds in a text such as 7, 2.1s, 1m26.4s or "20 seconds"; None where it is no span."""
    told = told.strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", told):
        return float(told)
    found = _SPAN.fullmatch(told + " ")
    return _sum(found.group()) if found else None


def _sum(spelled: str) -> float:
    pieces = _PIECE.findall(spelled)
    return sum(
        float(much) * SECONDS["ms" if unit.lower() == "milli" else unit.lower()]
        for much, unit in pieces
    )


def _fields(said: Any, depth: int) -> Iterator[float]:
    """Pauses in fields, however deep, for a number, a text or {seconds: ...}."""
    if depth == 0:
        return
    if isinstance(said, list):
        for one in said:
            yield from _fields(one, depth - 1)
    for name, value in mapping(said).items():
        unit = _FIELDS.get(re.sub(r"[^a-z]", "", name.lower()))
        if unit is None:
            yield from _fields(value, depth - 1)
            continue
        plain = mapping(value).get("seconds", value)
        seconds = span(plain) if isinstance(plain, str) else number(plain)
        if seconds is not None and 0 <= seconds <= _LONG_AGO:
            yield seconds * unit


def _in_words(words: str) -> float | None:
    if bare := _BARE.search(words):
        spelled = _SPAN.match(words, bare.start(1))
        return _sum(spelled.group()) if spelled else float(bare.group(1))
    for asked in _ASKED.finditer(words):
        if found := _SPAN.search(words, asked.end(), asked.end() + _REACH):
            return _sum(found.group())
    return None


def _reset(headers: Mapping[str, str]) -> float | None:
    """When a limit that is used up begins anew, by the headers of rate limits."""
    found = []
    for name, told in headers.items():
        if "ratelimit" not in name or "reset" not in name:
            continue
        if headers.get(name.replace("reset", "remaining"), "0").strip() not in ("0", "0.0"):
            continue
        seconds = number(told.strip()) or span(told)
        if seconds is not None and seconds >= _LONG_AGO:  # a moment by the clock of computers
            seconds = _until(_as_date(seconds), headers)
        found.append(_until(told, headers) if seconds is None else seconds)
    return max((seconds for seconds in found if seconds is not None), default=None)


def _as_date(moment: float) -> str:
    seconds = moment / 1000 if moment >= 1000 * _LONG_AGO else moment
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def spoken(seconds: float) -> str:
    """A span as people say it: 7 seconds, 3 minutes, 2 hours."""
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}s"
    whole = max(1, round(seconds))
    return f"{whole:,} second{'' if whole == 1 else 's'}"
