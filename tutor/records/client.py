"""The wire to a learning record store, as xAPI 1.0.3 has it: statements out, statements back.

What a store answers comes back as a value where statements are concerned, and is raised as a
StoreError where nothing was decided: then everything stays as it was, and waits.
"""

import contextlib
import datetime
import email.utils
import json
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeAlias

import httpx

from tutor.providers.presets import is_loopback
from tutor.providers.proxies import proxy_for
from tutor.providers.watch import Watch
from tutor.records import troubles
from tutor.records.access import Access
from tutor.records.foreign_json import parsed
from tutor.records.troubles import Host

VERSION = {"X-Experience-API-Version": "1.0.3"}
"""Every store takes it; one of three refuses 2.0.0, and one refuses its absence."""
PAGE = 500
"""Statements asked for at a time; a store may give fewer."""
MOST_PAGES = 100_000
Clock = Callable[[], datetime.datetime]
Statement: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Patience:
    """Limits of waiting, and of what is read."""

    connect: float = 10.0
    """Seconds for a connection."""
    silence: float = 60.0
    """Seconds for the next bytes; a store over files reads its whole file for every batch."""
    call: float = 180.0
    """Seconds for one answer, from the question to its end."""
    bytes: int = 64_000_000
    """Of one answer."""


@dataclass(frozen=True)
class Stored:
    """The store has all that it was sent."""


@dataclass(frozen=True)
class MaybeStored:
    """409: it has one of these already; the same, or another under the same id."""


@dataclass(frozen=True)
class Refused:
    """400, 413 or 422: it finds a fault with what it was sent, and took none of it."""

    status: int
    reason: str


Answer: TypeAlias = Stored | MaybeStored | Refused


@dataclass(frozen=True)
class _Reply:
    """What came back, whole."""

    status: int
    kind: str
    """Its media type."""
    body: bytes
    to: str
    """Where it sends us on to; empty where it does not."""

    @property
    def is_success(self) -> bool:
        """The store did what was asked."""
        return httpx.codes.is_success(self.status)

    def read(self) -> Any:
        """Its JSON; None for what is none, as the page that a network puts in the way."""
        with contextlib.suppress(ValueError, RecursionError):
            return parsed(self.body)
        return None


class Client:
    """Asks one store. Use as a context manager."""

    def __init__(self, access: Access, clock: Clock, patience: Patience | None = None) -> None:
        self._url = checked_url(access.url)
        self.host = Host(self._url.netloc.decode("ascii", "replace"), access.secret)
        self._patience = patience or Patience()
        self._clock = clock
        self._watch = Watch()
        self.ahead = datetime.timedelta()
        """By how much this machine's clock was ahead of the store's, at its latest answer."""
        self._client = _open(self._url, access, self._patience)

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._client.close()

    def post(self, statements: Sequence[bytes]) -> Answer:
        """Send a batch, byte for byte; a store takes all of it or none."""
        reply = self._call("POST", "/statements", content=b"[" + b",".join(statements) + b"]")
        if reply.status == httpx.codes.CONFLICT:
            return MaybeStored()
        if reply.status in troubles.REFUSALS:
            return Refused(reply.status, self.host.quoted(reply.body))
        self._raise_unless_done(reply)
        if reply.status == httpx.codes.NO_CONTENT:
            return Stored()
        match reply.read():
            case list(ids) if all(isinstance(one, str) for one in ids):
                return Stored()
            case {"errors": list(errors)}:  # a store that was told to take parts of a batch
                return Refused(reply.status, self.host.quoted(reply.body)) if errors else Stored()
            case _:
                raise troubles.no_store(self.host, is_page=_is_page(reply))

    def get(self, name: str) -> Statement | None:
        """The statement of this id; None where the store shows none."""
        reply = self._call("GET", "/statements", params={"statementId": name})
        read = reply.read()
        if reply.status == httpx.codes.NOT_FOUND and read is not None:
            return None
        self._raise_unless_done(reply)
        match read:
            case {"statements": list(found)}:  # as Ralph has it; the specification has the bare one
                return next((one for one in found if isinstance(one, dict)), None)
            case dict(statement) if "id" in statement:
                return statement
            case _:
                raise troubles.no_store(self.host, is_page=_is_page(reply))

    def pages(self, agent: Mapping[str, Any] | None = None) -> Iterator[list[Statement]]:
        """All statements, or those of one agent, page by page, in the store's own order."""
        asked = {"limit": str(PAGE)}
        if agent is not None:
            asked["agent"] = json.dumps(agent, ensure_ascii=False)
        seen: set[httpx.URL] = set()
        url: httpx.URL | None = self._at("/statements").copy_merge_params(asked)
        while url is not None:
            if url in seen or len(seen) >= MOST_PAGES:
                raise troubles.endless(self.host)
            seen.add(url)
            page, more = self._page(url)
            yield page
            url = self._next(url, more, asked) if more else None

    def about(self) -> list[str]:
        """The versions of xAPI that the store says it speaks; empty where it says nothing."""
        match self._call("GET", "/about").read():
            case {"version": list(versions)}:
                return [one for one in versions if isinstance(one, str)]
            case _:
                return []

    def _page(self, url: httpx.URL) -> tuple[list[Statement], str]:
        reply = self._call("GET", url)
        self._raise_unless_done(reply)
        match reply.read():
            case {"statements": list(found), **rest}:
                more = rest.get("more")
                return found, more if isinstance(more, str) else ""
            case _:
                raise troubles.no_store(self.host, is_page=_is_page(reply))

    def _next(self, now: httpx.URL, more: str, asked: Mapping[str, str]) -> httpx.URL:
        """Where the next page is: with our own filter, which one store garbles, and nowhere else.

        The link comes from the store, and the password goes along.
        """
        try:
            url = now.join(more)
        except (httpx.InvalidURL, ValueError) as error:
            raise troubles.endless(self.host) from error
        if (url.scheme, url.netloc) != (now.scheme, now.netloc):
            raise troubles.sent_on(self.host, str(url))
        if "agent" in url.params and "agent" in asked:
            url = url.copy_set_param("agent", asked["agent"])
        return url

    def _at(self, path: str) -> httpx.URL:
        return self._url.copy_with(path=self._url.path.rstrip("/") + path)

    def _raise_unless_done(self, reply: _Reply) -> None:
        if reply.to:
            raise troubles.sent_on(self.host, reply.to)
        if not reply.is_success:
            raise troubles.unwilling(self.host, reply.status, reply.body)

    def _call(
        self,
        method: str,
        where: str | httpx.URL,
        *,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> _Reply:
        url = self._at(where) if isinstance(where, str) else where
        self._watch.begin(self._patience.call)
        try:
            with troubles.translated(self.host):
                request = self._client.build_request(
                    method,
                    url.copy_merge_params(params or {}),
                    content=content,
                    extensions={"trace": self._watch.note},
                )
                return self._read(self._client.send(request, stream=True))
        except httpx.InvalidURL as error:
            raise troubles.no_address() from error
        finally:
            self._watch.end()

    def _read(self, response: httpx.Response) -> _Reply:
        body = bytearray()
        with contextlib.closing(response):
            self._compare_clocks(response.headers.get("date", ""))
            for piece in response.iter_bytes():
                body += piece
                if len(body) > self._patience.bytes:
                    raise troubles.endless(self.host)
            kind = response.headers.get("content-type", "")
            to = response.headers.get("location", "?") if response.is_redirect else ""
        return _Reply(response.status_code, kind, bytes(body), to)

    def _compare_clocks(self, date: str) -> None:
        with contextlib.suppress(ValueError, TypeError):
            self.ahead = self._clock() - email.utils.parsedate_to_datetime(date)


def checked_url(url: str) -> httpx.URL:
    """The address to put paths behind; StoreError for what is none."""
    address = url.strip().rstrip("/").removesuffix("/statements")
    try:
        read = httpx.URL(address)
        read.host.encode("idna")  # what no look-up can spell would fail only there, and badly
    except (httpx.InvalidURL, UnicodeError) as error:
        raise troubles.no_address() from error
    if read.scheme not in ("http", "https") or not read.host:
        raise troubles.no_address()
    if read.userinfo:
        raise troubles.password_in_address()
    return read.copy_with(query=None, fragment=None)


def is_readable_on_the_way(url: str) -> bool:
    """Tell whether name, password and statements would pass in the clear beyond this machine."""
    read = checked_url(url)
    return read.scheme == "http" and not is_loopback(read.host)


def _is_page(reply: _Reply) -> bool:
    """Tell whether it is meant for a browser."""
    return "html" in reply.kind or reply.body.lstrip()[:1] == b"<"


def _open(url: httpx.URL, access: Access, patience: Patience) -> httpx.Client:
    """A client that heeds the environment's proxies and certificates, and follows no redirect."""
    near = is_loopback(url.host)
    plain = near and url.scheme == "http"
    try:
        return httpx.Client(
            headers={"Content-Type": "application/json", "User-Agent": "llm-tutor", **VERSION},
            auth=httpx.BasicAuth(access.user, access.secret),
            timeout=httpx.Timeout(patience.connect, read=patience.silence, write=patience.silence),
            # reading the certificates takes longer than a call to this machine, which needs none
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else httpx.create_ssl_context(),
            proxy=None if near else proxy_for(url.scheme, url.host, url.port),
            trust_env=False,
            follow_redirects=False,
        )
    except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
        raise troubles.no_way_out() from error
