"""What a server says when it does not answer, whatever shape it says it in, and what it means."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tutor.errors import (
    BadReplyError,
    KeyRefusedError,
    MissingKeyError,
    PromptTooLongError,
    ProviderError,
    RateLimitedError,
    RefusedRequestError,
    UnknownModelError,
    UnreachableError,
)
from tutor.providers.pauses import spoken, told_pause
from tutor.providers.picking import count, mapping, parse, text
from tutor.providers.redacting import redacted

MOST_QUOTED, MOST_READ = 240, 4_000
"""Characters of a complaint that are shown, and that are looked at."""
INSIDE = 200
"""The status of an error that came inside of a reply and says no other."""
BUSY = frozenset({429, 503, 529})
"""Statuses that pass by themselves; 529 is Anthropic's."""
STATUS_OF_TYPE = {
    "invalid_request_error": 400,
    "exceed_context_size_error": 400,
    "context_length_exceeded": 400,
    "invalid_argument": 400,
    "failed_precondition": 400,
    "authentication_error": 401,
    "invalid_api_key": 401,
    "unauthenticated": 401,
    "unauthorized": 401,
    "billing_error": 402,
    "insufficient_balance": 402,
    "permission_error": 403,
    "permission_denied": 403,
    "not_found_error": 404,
    "not_found": 404,
    "model_not_found": 404,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "insufficient_quota": 429,
    "resource_exhausted": 429,
    "too_many_requests": 429,
    "overloaded_error": 529,
    "engine_overloaded": 503,
    "unavailable": 503,
}
"""For an error inside of a reply, whose status was 200 long ago."""
_NESTED = ("error", "errors", "fault", "base_resp", "response", "detail", "details", "message")
_MESSAGES = (
    *("message", "msg", "detail", "error_msg", "errmsg", "error_message", "errorMessage"),
    *("Message", "status_msg", "description", "error_description", "faultstring", "reason"),
    *("title", "raw"),
)
_CODES = (
    *("type", "code", "status", "error_code", "errcode", "errorCode", "status_code"),
    *("error_type", "errorType", "err_code", "finish_reason"),
)
_FAILURES = frozenset({"error", "fail", "failed", "failure"})
_MOST_DEPTH = 6
_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum context|(prompt|input|request) is too long"
    r"|too many (input |prompt )?tokens|exceed_context|(input|prompt) tokens? (limit|exceed)"
    r"|exceeds the (maximum|model'?s|available) (number of )?(input |context|tokens)",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"(invalid|unknown|no such|unsupported) model"
    r"|\bmodels?\b.{0,100}(not (be )?found|not exist|not available|unknown)"
    r"|model_not_found|invalid_model|not a valid model",
    re.IGNORECASE,
)
_BAD_KEY = re.compile(
    r"api.?key.{0,20}(invalid|not valid|expired|incorrect)|(invalid|incorrect) api.?key"
    r"|invalid_api_key|no_db_connection",  # the last one: litellm's for a key that is not its own
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(country|region|territory|location).{0,30}not (supported|available)", re.IGNORECASE
)
_NO_CREDIT = re.compile(
    r"insufficient_quota|insufficient.{0,12}(credit|balance|funds)|credit balance|not enough credit"
    r"|(out of|no|add|purchase|buy) credits|exceeded_current_quota_error|billing_hard_limit"
    r"|billing_not_active|billing hard limit|payment required|balance is (too low|not enough)"
    r"|arrears|(spending|spend|budget) (limit|cap)|budget has been exceeded|top up",
    re.IGNORECASE,
)
_QUOTA = re.compile(
    r"per.?day|daily|per.?month|monthly|per.?week|weekly|\btpd\b|\brpd\b"
    r"|(exceeded|exhausted) (your|the) .{0,20}quota|quota.{0,20}(exceeded|exhausted|used up)",
    re.IGNORECASE,
)
_BUSY_WORDS = re.compile(
    r"rate.?limit|too many requests|resource.?exhausted|overloaded|at capacity|throttl"
    r"|(is|are) (currently )?(loading|busy)",
    re.IGNORECASE,
)


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
    inside: bool = False
    """It came inside of a reply: `status` is no status of HTTP, but a code of the server's own."""

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self.parameter} {self.code} {self.message}"

    @property
    def quoted(self) -> str:
        """What it says, as much as fits into a message."""
        line = self.message
        return line if len(line) <= MOST_QUOTED else line[: MOST_QUOTED - 1] + "…"

    @property
    def is_too_long(self) -> bool:
        """Tell whether the question does not fit into the context."""
        return bool(_TOO_LONG.search(self.words)) and self.status not in BUSY

    @property
    def lacks_credit(self) -> bool:
        """Tell whether the account has to be filled up first."""
        return bool(_NO_CREDIT.search(self.words)) and self.status in (400, 403, *BUSY)

    @property
    def lacks_quota(self) -> bool:
        """Tell whether a limit over a longer time is used up; one that ends soon is only busy."""
        return self._is_limit and self.pause is None and bool(_QUOTA.search(self.words))

    @property
    def is_busy(self) -> bool:
        """Tell whether asking again later may help."""
        return self._is_limit and not self.lacks_credit and not self.lacks_quota

    @property
    def _is_limit(self) -> bool:
        """Whether it is about too much at once, by its status or by its words."""
        unclear = self.status in (400, 403, 498) or (self.inside and self.status == INSIDE)
        return self.status in BUSY or (unclear and bool(_BUSY_WORDS.search(self.words)))


def read_complaint(
    status: int, body: bytes, key: str = "", headers: Mapping[str, str] | None = None
) -> Complaint:
    """Read an error's body: JSON of any shape, plain text, a web page, or nothing."""
    told = body.decode("utf-8", "replace")
    try:
        said = parse(told)
    except ValueError:
        said = "" if "<html" in told[:1000].lower() or "<!doctype" in told[:1000].lower() else told
    message, code, parameter = _harmless(said, key)
    pause = told_pause(headers or {}, said, message)
    return Complaint(status, message, code, parameter, pause)


def complaint_of(said: object, key: str = "") -> Complaint:
    """An error that came inside of a reply: a document, or bare words."""
    message, code, parameter = _harmless(said, key)
    names = code.lower().split()
    named = [STATUS_OF_TYPE[word] for word in names if word in STATUS_OF_TYPE]
    numbers = [int(word) for word in names if word.isdecimal() and 400 <= int(word[:4]) < 600]  # noqa: PLR2004  the range of HTTP's errors
    status = next(iter(numbers + named), INSIDE)
    pause = told_pause({}, said, message)
    return Complaint(status, message, code, parameter, pause, inside=True)


def is_complaint(said: Mapping[str, Any]) -> bool:
    """Tell whether a document says of itself that it is an error, in any of the usual ways."""
    if said.get("choices") or said.get("content") or mapping(said.get("message")):
        return False
    state = text(said.get("status")).lower()
    named = said.get("object") == "error" or said.get("type") == "error" or state in _FAILURES
    refused = said.get("success") is False or bool(
        count(mapping(said.get("base_resp")).get("status_code"))
    )
    fields = ("errors", "error_msg", "errmsg", "error_message", "errorMessage", "fault")
    coded = any((count(said.get(name)) or 0) >= 400 for name in ("status", "code", "status_code"))  # noqa: PLR2004  HTTP's errors begin here
    return named or refused or coded or any(is_error(said.get(name)) for name in fields)


def is_error(value: Any) -> bool:
    """Tell whether what stands in a field for errors is one: "", false, {} and 0 are none."""
    if isinstance(value, Mapping):
        return any(is_error(one) for one in value.values())
    if isinstance(value, str):
        return value.strip().lower() not in ("", "null", "none", "false", "ok", "success", "0")
    return bool(value)


def _harmless(said: object, key: str) -> tuple[str, str, str]:
    """Message, codes and the parameter named, in harmless lines without the key."""
    message = next(_messages(said, _MOST_DEPTH), "")
    codes = " ".join(dict.fromkeys(_codes(said, _MOST_DEPTH)))
    parameter = next(_parameters(said, _MOST_DEPTH), "")
    clean = (redacted(one[: 16 * MOST_READ], key) for one in (message, codes, parameter))
    message, codes, parameter = (one[:MOST_READ] for one in clean)
    return message, codes, parameter


def _messages(said: Any, depth: int) -> Iterator[str]:
    """The words of an error, the best first, out of any shape seen in the wild."""
    if depth == 0:
        return
    match said:
        case str() if said.strip():
            yield said
        case [*several]:  # some hosts wrap the one error in a list
            for one in several:
                yield from _messages(one, depth - 1)
        case {"msg": str(message), "loc": [*_, place]}:
            yield f"{place}: {message}"
        case Mapping():
            yield from _messages_of(said, depth)
        case _:
            pass


def _messages_of(said: Mapping[str, Any], depth: int) -> Iterator[str]:
    raw = mapping(said.get("metadata")).get("raw")
    for name in _NESTED:
        if isinstance(inner := said.get(name), Mapping | list) and is_error(inner):
            yield from _messages(inner, depth - 1)
            if name == "error" and isinstance(inner, Mapping):
                yield json.dumps(inner)
    for name in _MESSAGES:
        if isinstance(found := said.get(name), str) and found.strip():
            yield f"{found} ({raw})" if isinstance(raw, str) else found
    if isinstance(found := said.get("error"), str) and is_error(found):
        yield found


def _codes(said: Any, depth: int) -> Iterator[str]:
    """The server's own names for an error, wherever they stand."""
    if depth == 0:
        return
    if isinstance(said, list):
        for one in said:
            yield from _codes(one, depth - 1)
    found = mapping(said)
    for name in _CODES:
        if (
            isinstance(value := found.get(name), str | int)
            and not isinstance(value, bool)
            and value
        ):
            yield str(value)[:MOST_QUOTED]
    for name in (*_NESTED, "choices"):
        yield from _codes(found.get(name), depth - 1) if is_error(found.get(name)) else ()


def _parameters(said: Any, depth: int) -> Iterator[str]:
    """The field that an error is about."""
    if depth == 0:
        return
    match said:
        case [*several]:
            for one in several:
                yield from _parameters(one, depth - 1)
        case {"loc": [*_, place]}:
            yield str(place)
        case Mapping():
            if found := text(said.get("param")) or text(said.get("parameter")):
                yield found
            for name in _NESTED:
                yield from _parameters(said.get(name), depth - 1)
        case _:
            pass


def as_error(complaint: Complaint, host: str, *, has_key: bool = True) -> ProviderError:
    """The error to raise, with what to do about it."""
    said = f' It says: "{complaint.quoted}"' if complaint.message else ""
    at = _at(complaint)
    if complaint.is_too_long:
        return PromptTooLongError(
            f"That does not fit into the model's context.{said}", hint="Ask for something shorter."
        )
    if complaint.lacks_credit or complaint.lacks_quota or complaint.is_busy:
        return _limit(complaint, host, said)
    match complaint.status:
        case status if status in (401, 403) or _BAD_KEY.search(complaint.words):
            return _no_entry(complaint, host, said, has_key=has_key)
        case 402:
            return RefusedRequestError(
                f"{host} wants to be paid first{at}.{said}",
                hint="See your account there, or choose another model: tutor model list.",
            )
        case 404 | 405:
            return _not_there(complaint, host, said)
        case _ if _NO_MODEL.search(complaint.words):
            return _not_there(complaint, host, said)
        case status if status >= 500:  # noqa: PLR2004  HTTP's "my own fault"
            return BadReplyError(
                f"{host} has trouble of its own{at}.{said}", hint="Try again later."
            )
        case 408:
            return UnreachableError(
                f"{host} gave up waiting for the question{at}.{said}", hint="Try again."
            )
        case status if status == INSIDE:
            return BadReplyError(
                f"{host} answers with an error.{said}",
                hint="Try again later, or another model: tutor model list.",
            )
        case _:
            return RefusedRequestError(
                f"{host} finds a fault with the request{at}.{said}",
                hint="See what it can do: tutor model test.",
            )


def _at(complaint: Complaint) -> str:
    """The figure behind a message: HTTP's, or the server's own."""
    if complaint.inside:
        return f" (its code {complaint.status})" if complaint.status != INSIDE else ""
    return f" (HTTP {complaint.status})"


def _no_entry(complaint: Complaint, host: str, said: str, *, has_key: bool) -> ProviderError:
    at = _at(complaint)
    if _NOT_HERE.search(complaint.words):
        return RefusedRequestError(
            f"{host} serves nobody where you are{at}.{said}",
            hint="Choose another model: tutor model list.",
        )
    if not has_key:
        return MissingKeyError(
            f"{host} wants a key, and none was sent{at}.{said}",
            hint="Give it one: tutor model key NAME. The name is in tutor model list.",
        )
    return KeyRefusedError(
        f"{host} does not accept the key{at}.{said}",
        hint="Enter it again: tutor model key NAME. The name is in tutor model list.",
    )


def _not_there(complaint: Complaint, host: str, said: str) -> ProviderError:
    known = f"{host} does not know this model"
    if complaint.status in (404, 405) and "model" not in complaint.words.lower():
        known = f"{host} knows no such address, or no such model"
    return UnknownModelError(
        f"{known}{_at(complaint)}.{said}",
        hint="See tutor model list. An address of your own mostly ends in /v1.",
    )


def _limit(complaint: Complaint, host: str, said: str) -> ProviderError:
    if complaint.lacks_credit:
        return RateLimitedError(
            f"Your account at {host} has nothing left to spend.{said}",
            hint="See your account there, or choose another model: tutor model list.",
        )
    if complaint.lacks_quota:
        return RateLimitedError(
            f"Your quota at {host} is used up for now; that need not be a matter of money.{said}",
            hint="Try again tomorrow, or choose another model: tutor model list.",
        )
    asks = "" if complaint.pause is None else f", for {spoken(complaint.pause)}"
    return RateLimitedError(
        f"{host} asks to wait{asks}{_at(complaint)}.{said}",
        hint="Try again later, or choose another model: tutor model list.",
    )
