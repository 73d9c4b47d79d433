"""What a server says when it does not answer, whatever shape it says it in, and what it means."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tutor.errors import (
    BadReplyError,
    KeyRefusedError,
    PromptTooLongError,
    ProviderError,
    RateLimitedError,
    RefusedRequestError,
    UnknownModelError,
    UnreachableError,
)

MOST_QUOTED = 240
BUSY = frozenset({429, 503, 529})
"""Statuses that pass by themselves; 529 is Anthropic's."""
STATUS_OF_TYPE = {
    "invalid_request_error": 400,
    "exceed_context_size_error": 400,
    "authentication_error": 401,
    "permission_error": 403,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "overloaded_error": 529,
}
"""For an error in mid-stream, where the status was 200 long ago."""
_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum context|prompt is too long|input is too long"
    r"|too many (input )?tokens|exceed_context",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"(invalid|unknown|no such|unsupported) model"
    r"|\bmodels?\b.{0,100}(not (be )?found|not exist|not available|unknown)"
    r"|model_not_found|invalid_model",
    re.IGNORECASE,
)
_BAD_KEY = re.compile(
    r"api.?key.{0,20}(invalid|not valid|expired|incorrect)|(invalid|incorrect) api.?key",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(r"insufficient_quota|billing|credit balance|exceeded your current quota")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A refusal, in one line of harmless text."""

    status: int
    message: str = ""
    code: str = ""
    """The server's own names for it, `type` and `code`."""
    parameter: str = ""
    """The field that it finds fault with, where it says so apart."""
    pause: float | None = None
    """Seconds after which to ask again, where it says so."""

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self.parameter} {self.code} {self.message}"

    @property
    def is_too_long(self) -> bool:
        """Tell whether the question does not fit into the context."""
        return bool(_TOO_LONG.search(self.words))

    @property
    def is_busy(self) -> bool:
        """Tell whether asking again later may help."""
        return self.status in BUSY and not _NO_CREDIT.search(self.words)


def read_complaint(
    status: int, body: bytes, key: str = "", *, pause: float | None = None
) -> Complaint:
    """Read an error's body: JSON of any shape, plain text, a web page, or nothing."""
    text = body.decode("utf-8", "replace")
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError):
        said = "" if "<html" in text[:1000].lower() or "<!doctype" in text[:1000].lower() else text
    message, code, parameter = _parts(said)
    return Complaint(status, _quotable(message, key), _quotable(code, key), parameter, pause)


def complaint_of(error: object, key: str = "") -> Complaint:
    """An error that came in mid-stream."""
    message, code, parameter = _parts({"error": error})
    named = [STATUS_OF_TYPE[word] for word in code.split() if word in STATUS_OF_TYPE]
    numbers = [int(word) for word in code.split() if word.isdigit() and 400 <= int(word) < 600]  # noqa: PLR2004  the range of HTTP's errors
    status = next(iter(named + numbers), 500)
    return Complaint(status, _quotable(message, key), _quotable(code, key), parameter)


def _parts(said: Any) -> tuple[str, str, str]:
    """Message, code and the parameter named, out of any shape seen in the wild."""
    match said:
        case {"error": {} as error}:
            message = error.get("message") or error.get("detail") or json.dumps(error)
            return str(message), _codes(error), _text(error.get("param"))
        case {"error": str(message)}:
            return message, _codes(said), ""
        case {"detail": [{"msg": message, "loc": [*_, parameter]}, *_]}:
            return f"{parameter}: {message}", "", str(parameter)
        case {"message": {} as inner}:
            return _parts(inner)
        case {"detail": detail} if detail:
            return detail if isinstance(detail, str) else json.dumps(detail), "", ""
        case {"message": str(message)}:
            return message, _codes(said), _text(said.get("param"))
        case [first, *_]:  # some hosts wrap the one error in a list
            return _parts(first)
        case str():
            return said, "", ""
        case _:
            return "", "", ""


def _codes(error: Mapping[str, Any]) -> str:
    return " ".join(str(error[name]) for name in ("type", "code") if error.get(name))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _quotable(text: str, key: str) -> str:
    """One short line without controls, and without the key, its beginning or its end."""
    half = max(6, len(key) // 2)
    for part in (key[:half], key[-half:]) if key else ():
        text = re.sub(rf"\S*{re.escape(part)}\S*", "[key]", text)
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= MOST_QUOTED else line[: MOST_QUOTED - 1] + "…"


def as_error(complaint: Complaint, host: str) -> ProviderError:
    """The error to raise, with what to do about it."""
    said = f' It says: "{complaint.message}"' if complaint.message else ""
    if complaint.is_too_long:
        return PromptTooLongError(
            f"That does not fit into the model's context.{said}", hint="Ask for something shorter."
        )
    if complaint.status in BUSY or _NO_CREDIT.search(complaint.words):
        return _busy(complaint, host, said)
    match complaint.status:
        case status if status in (401, 403) or _BAD_KEY.search(complaint.words):
            return KeyRefusedError(
                f"{host} does not accept the key (HTTP {complaint.status}).{said}",
                hint="Enter it again: tutor model key NAME. The name is in tutor model list.",
            )
        case 402:
            return RefusedRequestError(
                f"{host} wants to be paid first (HTTP 402).{said}",
                hint="See your account there, or choose another model: tutor model list.",
            )
        case 404 | 405:
            return _not_there(complaint, host, said)
        case status if status >= 500:  # noqa: PLR2004  HTTP's "my own fault"
            return BadReplyError(
                f"{host} has trouble of its own (HTTP {status}).{said}",
                hint="Try again later: tutor model test.",
            )
        case _ if _NO_MODEL.search(complaint.words):
            return _not_there(complaint, host, said)
        case 408:
            return UnreachableError(
                f"{host} gave up waiting for the question (HTTP 408).{said}",
                hint="Try again: tutor model test.",
            )
        case status:
            return RefusedRequestError(
                f"{host} finds a fault with the request (HTTP {status}).{said}",
                hint="See what it can do: tutor model test.",
            )


def _not_there(complaint: Complaint, host: str, said: str) -> ProviderError:
    known = f"{host} does not know this model"
    if complaint.status in (404, 405) and "model" not in complaint.words.lower():
        known = f"{host} knows no such address, or no such model"
    return UnknownModelError(
        f"{known} (HTTP {complaint.status}).{said}",
        hint="See tutor model list. An address of your own mostly ends in /v1.",
    )


def _busy(complaint: Complaint, host: str, said: str) -> ProviderError:
    if _NO_CREDIT.search(complaint.words):
        return RateLimitedError(
            f"Your account at {host} has nothing left to spend.{said}",
            hint="See your account there, or choose another model: tutor model list.",
        )
    asks = f", for {complaint.pause:,.0f} seconds" if complaint.pause else ""
    return RateLimitedError(
        f"{host} asks to wait{asks} (HTTP {complaint.status}).{said}",
        hint="Try again later, or choose another model: tutor model list.",
    )
