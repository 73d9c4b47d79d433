"""What keeps a store from answering, each in one line, with what to type next.

None of it loses anything: what was not confirmed waits, and goes out with the next sync.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from tutor.errors import StoreError
from tutor.providers.redacting import redacted
from tutor.records.foreign_json import parsed

REFUSALS = frozenset({400, 413, 422})
"""Statuses that are about the statements themselves."""
MOST_QUOTED, MOST_READ = 160, 4_000
"""Characters of a complaint that are shown, and bytes of it that are looked at."""
AGAIN = "Nothing is lost. Try again later: tutor records sync"
ADD_ANEW = "tutor records add NAME URL --user USER"
CHECK = f"Check the address and add it anew: {ADD_ANEW}"
_WORDS = ("message", "detail", "error", "warnings", "errors", "reason", "title")


@dataclass(frozen=True)
class Host:
    """Whom we ask, as messages call it, and what none of them may hold."""

    name: str
    secret: str = field(repr=False)

    def quoted(self, body: bytes) -> str:
        """What it complains of, on one harmless line."""
        said = redacted(_complaint(body[:MOST_READ]), self.secret)
        return said if len(said) <= MOST_QUOTED else said[: MOST_QUOTED - 1] + "…"


def _complaint(body: bytes) -> str:
    """The words of a complaint, wherever they stand; no words for a page."""
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("<"):
        return ""
    with contextlib.suppress(ValueError, RecursionError):
        return "; ".join(_words(parsed(body)))
    return text


def _words(said: Any, depth: int = 0) -> Iterator[str]:
    match said:
        case str():
            yield said
        case list() if depth < len(_WORDS):
            for one in said:
                yield from _words(one, depth + 1)
        case dict() if depth < len(_WORDS):
            known = [said[word] for word in (*_WORDS, "msg", "loc") if word in said]
            for one in known:
                yield from _words(one, depth + 1)


def unwilling(host: Host, status: int, body: bytes) -> StoreError:
    """An answer that decides nothing about the statements."""
    match status:
        case 401:
            message = f"{host.name} does not take this name and password."
            return _lasting(message, f"Nothing is lost. Enter them anew: {ADD_ANEW}")
        case 403:
            message = f"{host.name} knows you, and does not let you do this."
            return _lasting(message, "Ask whoever runs it for the right to read and write.")
        case 404 | 405 | 410:
            message = f"There is no record store at this address of {host.name}."
            hint = f"It ends before /statements, often in /xAPI. Add it anew: {ADD_ANEW}"
            return _lasting(message, hint)
        case 407:
            return no_way_out()
        case 511:  # RFC 6585: a network that wants a sign-in
            return no_store(host, is_page=True)
        case 408 | 429 | 502 | 503 | 504:
            return StoreError(f"{host.name} is busy or down just now ({status}).", hint=AGAIN)
        case _:
            said = host.quoted(body)
            told = f"{host.name} fails with {status}" + (f": {said}" if said else ".")
            return StoreError(told, hint=AGAIN)


def _lasting(message: str, hint: str) -> StoreError:
    error = StoreError(message, hint=hint)
    error.is_lasting = True
    return error


def no_store(host: Host, *, is_page: bool) -> StoreError:
    """Success, said by somebody who is no store."""
    if is_page:
        return StoreError(
            f"A web page came instead of an answer of {host.name}: "
            "often that is the sign-in page of a network.",
            hint="Open any page in a browser and sign in, then: tutor records sync",
        )
    return _lasting(f"What {host.name} answers is not what a record store says.", CHECK)


def sent_on(host: Host, to: str) -> StoreError:
    """We are sent somewhere else, and do not go: the password stays here."""
    where = redacted(to, host.secret)[:MOST_QUOTED]
    return StoreError(
        f"{host.name} sends us on to {where}, and we do not follow: the password stays here.",
        hint="In a network that asks to sign in, do so in a browser, then: tutor records sync. "
        f"If the store moved: {ADD_ANEW}",
    )


def endless(host: Host) -> StoreError:
    """More comes than any answer of a store holds, or the same page again."""
    return StoreError(f"The answer of {host.name} comes to no end; we hung up.", hint=CHECK)


def no_address() -> StoreError:
    """What was typed leads nowhere."""
    return StoreError(
        "That is not the address of a record store.",
        hint="It looks like https://lrs.example.org/xAPI: " + ADD_ANEW,
    )


def password_in_address() -> StoreError:
    """An address is shown here and there; a password never is."""
    return StoreError(
        "A name or a password does not belong in the address.",
        hint=f"Leave it out: {ADD_ANEW}. The password is asked for.",
    )


def no_way_out() -> StoreError:
    """The environment names a way that cannot be gone."""
    return StoreError(
        "The proxy or the certificates that the environment names cannot be used.",
        hint="Look at HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE. Nothing is lost.",
    )


@contextlib.contextmanager
def translated(host: Host) -> Iterator[None]:
    """Raise our own errors for httpx's; none of their texts is passed on."""
    try:
        yield
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise _error_of(error, host) from error


def _error_of(error: Exception, host: Host) -> StoreError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return _uncertain(host, str(error))
    match error:
        case httpx.ProxyError():
            return no_way_out()
        case httpx.ConnectTimeout() | httpx.ConnectError() | httpx.PoolTimeout():
            return StoreError(f"Nobody answers at {host.name}.", hint=AGAIN)
        case httpx.TimeoutException():
            return StoreError(f"{host.name} has been silent for too long.", hint=AGAIN)
        case _:
            return StoreError(f"The line to {host.name} broke.", hint=AGAIN)


def _uncertain(host: Host, why: str) -> StoreError:
    if "expired" in why or "not yet valid" in why:
        return StoreError(
            f"The certificate of {host.name} has expired, or a clock is wrong; nothing was sent.",
            hint="Is this machine's date right? If so, tell whoever runs the store. "
            "Nothing is lost; then: tutor records sync",
        )
    return StoreError(
        f"The certificate of {host.name} cannot be verified, so nothing was sent.",
        hint="If your organisation has certificates of its own, name their file: "
        "export SSL_CERT_FILE=FILE",
    )


def refuses_all(host: Host, reason: str) -> StoreError:
    """So many refusals in a row that the statements are not at fault."""
    said = f": {reason}" if reason else "."
    return StoreError(
        f"{host.name} refuses whatever it is sent{said}",
        hint="Nothing was set aside, and nothing is lost. Show this to whoever runs the store.",
    )
