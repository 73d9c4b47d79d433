"""The one place where a server is called, and where httpx's exceptions become our own.

No redirect is followed: it would carry the question, and with some hosts' headers the key, to an
address that the learner did not choose.
"""

import contextlib
import json
import re
import ssl
import time
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from tutor.errors import BadReplyError, KeyRefusedError, ProviderError, UnreachableError
from tutor.providers.complaints import Complaint, read_complaint
from tutor.providers.patience import Patience, Wait
from tutor.providers.presets import callable_host, is_loopback
from tutor.providers.proxies import proxy_for
from tutor.providers.redacting import redacted
from tutor.providers.watch import Watch

MOST_COMPLAINT = 64_000
FIRST_PAUSE = 2.0
"""Seconds, where a busy host does not say how long; doubled each time."""
_KEY = re.compile(r"[\x21-\x7e]*")


class Answer:
    """A reply to be read, still arriving."""

    def __init__(self, response: httpx.Response, host: str, patience: Patience) -> None:
        self._response, self._patience = response, patience
        self.host = host
        self._began = self._last_word = time.monotonic()

    def heard_a_word(self) -> None:
        """Note that the reply went on: only then it is waited for the next word."""
        self._last_word = time.monotonic()

    def pieces(self) -> Iterator[bytes]:
        """Bytes as they come; UnreachableError where the line drops or there is no end to it."""
        size = 0
        with translated(self.host):
            for piece in self._response.iter_bytes():
                size += len(piece)
                self._check_limits(size)
                yield piece

    def _check_limits(self, size: int) -> None:
        now = time.monotonic()
        if now - self._last_word > self._patience.silence:
            raise silent(self.host)
        if now - self._began > self._patience.total or size > self._patience.bytes:
            raise BadReplyError(
                f"{self.host} comes to no end; we hung up.",
                hint="Ask for something shorter, or another model: tutor model list.",
            )

    def beginning(self, most: int) -> bytes:
        """The first bytes, up to so many; also where the line drops before the last one."""
        read = bytearray()
        with contextlib.suppress(ProviderError):
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
        self._watch = Watch()

    def call(self, path: str, body: Mapping[str, Any]) -> Answer | Complaint:
        """Ask once, and again while the host is busy and the waiting is seen and bounded."""
        left = self._patience.waiting
        for number in range(1, self._patience.tries + 1):
            said = self._send("POST", path, json.dumps(body).encode())
            if isinstance(said, Answer) or not said.is_busy:
                return said
            pause = FIRST_PAUSE * 2 ** (number - 1) if said.pause is None else said.pause
            if self._wait is None or number == self._patience.tries or pause > left:
                return said
            left -= pause
            self._wait(pause, f"{self.host} is busy and asks to wait")
        raise AssertionError("unreachable: the last try returns")

    def get(self, path: str) -> Answer | Complaint:
        """Look something up, once."""
        return self._send("GET", path, None)

    def _send(self, method: str, path: str, content: bytes | None) -> Answer | Complaint:
        client = self._opened()
        self._watch.begin(self._patience.connect + self._patience.silence)
        try:
            with translated(self.host):
                extensions = {"trace": self._watch.note}
                url = self.base_url + path
                request = client.build_request(method, url, content=content, extensions=extensions)
                response = client.send(request, stream=True)
        except UnreachableError:
            if self._watch.is_over:
                raise silent(self.host) from None
            raise
        finally:
            self._watch.end()
        answer = Answer(response, self.host, self._patience)
        if response.is_success:
            return answer
        with contextlib.closing(answer):
            if response.is_redirect:
                raise _moved(response, self.host, self.key)
            told = answer.beginning(MOST_COMPLAINT)
            return read_complaint(response.status_code, told, self.key, response.headers)

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
    try:
        url = httpx.URL(address)
        url.host.encode("idna")  # what no look-up can spell would fail only there, and badly
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _no_address() from error
    if url.scheme not in ("http", "https") or not url.host:
        raise _no_address()
    named = url.netloc.decode("ascii", "replace")
    return str(url.copy_with(host=callable_host(url.host))).rstrip("/"), named


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
            "Accept-Encoding": "identity",  # a compressed stream comes in lumps
            "User-Agent": "llm-tutor",
            **headers,
        },
        timeout=httpx.Timeout(patience.connect, read=patience.silence),
        # reading the certificates takes longer than a call to this machine, which needs none
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else httpx.create_ssl_context(),
        proxy=None if near else proxy_for(url.scheme, url.host, url.port),
        trust_env=False,
        follow_redirects=False,
    )


def _moved(response: httpx.Response, host: str, key: str) -> ProviderError:
    with contextlib.suppress(httpx.InvalidURL, UnicodeError, KeyError):
        to = httpx.URL(response.headers["location"])
        where = redacted(to.host or host, key)
        return UnreachableError(
            f"{host} sends us on to {where}, and we do not follow: the key stays here.",
            hint="If you trust that address, choose it: tutor model use --url URL --model NAME",
        )
    return UnreachableError(
        f"{host} sends us on, without saying where.", hint="Check the address: tutor model list."
    )


@contextlib.contextmanager
def translated(host: str) -> Iterator[None]:
    """Raise our own errors for httpx's; none of their texts is passed on, lest it hold the key."""
    try:
        yield
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise _error_of(error, host) from error


def silent(host: str) -> ProviderError:
    """Nothing, or nothing that is an answer, came in time."""
    error = UnreachableError(
        f"{host} has been silent for too long.",
        hint="Try again, or another model: tutor model list.",
    )
    error.is_silence = True
    return error


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
            return silent(host)
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
