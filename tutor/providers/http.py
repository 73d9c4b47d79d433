"""The one place where a server is called, and where httpx's exceptions become our own.

No redirect is followed: it would carry the question, and with some hosts' headers the key, to an
address that the learner did not choose.
"""

import contextlib
import json
import re
import ssl
import weakref
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from tutor.errors import BadReplyError, KeyRefusedError, ProviderError, UnreachableError
from tutor.providers.complaints import Complaint, read_complaint
from tutor.providers.patience import Patience, Wait
from tutor.providers.presets import is_loopback

MOST_COMPLAINT = 64_000
MOST_WHOLE = 16_000_000
FIRST_PAUSE = 2.0
"""Seconds, where a busy host does not say how long; doubled each time."""
_KEY = re.compile(r"[\x21-\x7e]*")
_ENDPOINTS = ("/chat/completions", "/completions", "/messages")


class Answer:
    """A reply to be read, still arriving."""

    def __init__(self, response: httpx.Response, host: str) -> None:
        self._response = response
        self.host = host
        self.kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()

    def pieces(self) -> Iterator[bytes]:
        """Bytes as they come; UnreachableError where the line drops."""
        with _translated(self.host):
            yield from self._response.iter_bytes()

    def whole(self, most: int = MOST_WHOLE) -> bytes:
        """All bytes, up to so many."""
        read = bytearray()
        for piece in self.pieces():
            read += piece
            if len(read) >= most:
                break
        return bytes(read[:most])

    def close(self) -> None:
        """Hang up: the server sees it, and can stop."""
        self._response.close()


class Line:
    """The way to one host, with the key that opens it."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        key: str,
        patience: Patience,
        wait: Wait | None,
    ) -> None:
        self.base_url, self.host = _checked_url(base_url)
        _check_key(key, self.host)
        self.key, self._headers = key, headers
        self._patience, self._wait = patience, wait
        self._client: httpx.Client | None = None

    def call(self, path: str, body: Mapping[str, Any]) -> Answer | Complaint:
        """Ask once, and again while the host is busy and the waiting is seen and bounded."""
        left = self._patience.waiting
        for number in range(1, self._patience.tries + 1):
            said = self._send(path, body)
            if isinstance(said, Answer) or not said.is_busy:
                return said
            pause = FIRST_PAUSE * 2 ** (number - 1) if said.pause is None else said.pause
            if self._wait is None or number == self._patience.tries or pause > left:
                return said
            left -= pause
            self._wait(pause, f"{self.host} is busy and asks to wait")
        raise AssertionError("unreachable: the last try returns")

    def _send(self, path: str, body: Mapping[str, Any]) -> Answer | Complaint:
        client = self._opened()
        with _translated(self.host):
            request = client.build_request(
                "POST", self.base_url + path, content=json.dumps(body).encode()
            )
            response = client.send(request, stream=True)
        answer = Answer(response, self.host)
        if response.is_success:
            return answer
        with contextlib.closing(answer):
            if response.is_redirect:
                raise _moved(response, self.host)
            told = answer.whole(MOST_COMPLAINT)
            return read_complaint(response.status_code, told, self.key, pause=_pause(response))

    def _opened(self) -> httpx.Client:
        if self._client is None:
            try:
                self._client = _open_client(self.base_url, self._headers, self._patience)
            except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
                raise UnreachableError(
                    "The proxy or the certificates that the environment names cannot be used.",
                    hint="Look at HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE. For SOCKS: "
                    "pip install 'httpx[socks]'",
                ) from error
            weakref.finalize(self, self._client.close)
        return self._client


def _checked_url(base_url: str) -> tuple[str, str]:
    """The address to put paths behind, and its host for messages: never with a password in it."""
    address = base_url.strip().rstrip("/")
    for end in _ENDPOINTS:
        address = address.removesuffix(end)
    try:
        url = httpx.URL(address)
        url.host.encode("idna")  # what no look-up can spell would fail only there, and badly
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _no_address() from error
    if url.scheme not in ("http", "https") or not url.host:
        raise _no_address()
    return address, url.netloc.decode("ascii", "replace")


def _no_address() -> ProviderError:
    return UnreachableError(
        "That is not the address of a server.",
        hint="It looks like http://localhost:8080/v1: tutor model use --url URL --model NAME",
    )


def _check_key(key: str, host: str) -> None:
    """Refuse what no header can carry, before a library's message quotes it."""
    if not _KEY.fullmatch(key):
        raise KeyRefusedError(
            f"The key for {host} holds blanks or letters that no key has.",
            hint="Enter it again: tutor model key NAME.",
        )


def _open_client(base_url: str, headers: Mapping[str, str], patience: Patience) -> httpx.Client:
    """A client that heeds the environment's proxies and certificates, except for this machine."""
    url = httpx.URL(base_url)
    near = is_loopback(url.host)
    plain = near and url.scheme == "http"
    return httpx.Client(
        headers={
            "Content-Type": "application/json",
            "Accept": "text/event-stream, application/json",
            "Accept-Encoding": "identity",  # a compressed stream comes in lumps
            "User-Agent": "llm-tutor",
            **headers,
        },
        timeout=httpx.Timeout(patience.connect, read=patience.silence),
        # reading the certificates takes longer than a call to this machine, which needs none
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else httpx.create_ssl_context(),
        trust_env=not near,
        follow_redirects=False,
    )


def _moved(response: httpx.Response, host: str) -> ProviderError:
    with contextlib.suppress(httpx.InvalidURL, UnicodeError, KeyError):
        to = httpx.URL(response.headers["location"])
        return UnreachableError(
            f"{host} sends us on to {to.host or host}, and we do not follow: the key stays here.",
            hint="If you trust that address, choose it: tutor model use --url URL --model NAME",
        )
    return UnreachableError(
        f"{host} sends us on, without saying where.", hint="Check the address: tutor model list."
    )


def _pause(response: httpx.Response) -> float | None:
    """Seconds to wait, by Retry-After: a number, or a date held against the server's own clock."""
    told = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", told):
        return float(told)
    try:
        now = _moment(response.headers.get("date", ""))
        return max(0.0, (_moment(told) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _moment(date: str) -> datetime:
    return parsedate_to_datetime(date)


@contextlib.contextmanager
def _translated(host: str) -> Iterator[None]:
    """Raise our own errors for httpx's; none of their texts is passed on, lest it hold the key."""
    try:
        yield
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise _error_of(error, host) from error


def _error_of(error: Exception, host: str) -> ProviderError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return UnreachableError(
            f"The certificate of {host} cannot be verified, so nothing was sent.",
            hint="If your organisation has certificates of its own, name their file: "
            "export SSL_CERT_FILE=FILE",
        )
    match error:
        case httpx.ProxyError():
            message = f"The proxy on the way to {host} does not let us through."
            hint = "Look at HTTPS_PROXY and NO_PROXY in your environment."
            return UnreachableError(message, hint=hint)
        case httpx.ReadTimeout() | httpx.WriteTimeout():
            message = f"{host} has been silent for too long."
            return UnreachableError(message, hint="Try again, or another model: tutor model list.")
        case httpx.ConnectTimeout() | httpx.ConnectError() | httpx.PoolTimeout():
            message = f"Nobody answers at {host}."
            hint = "Is the network up, the server running? Try: tutor model test"
            return UnreachableError(message, hint=hint)
        case httpx.DecodingError():
            message = f"{host} sends what cannot be unpacked."
            return BadReplyError(message, hint="Try again: tutor model test.")
        case _:
            message = f"The line to {host} broke."
            return UnreachableError(message, hint="Try again: tutor model test.")
