"""A record store on loopback that keeps to the specification, and fails when a test says so.

Batches are taken whole or not at all, the same statement twice is no harm (or 409, which the
specification allows as well), another one under a known id is 409, whoever is not let in is 401.
"""

import base64
import binascii
import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

USER, SECRET = "anna", "a secret: with blanks"
PATH = "/xAPI/statements"
Statement = dict[str, Any]
NEEDED = ("actor", "verb", "object")
OF_THE_STORE = ("stored", "authority", "version")


class Fault(Enum):
    """What goes wrong with one call."""

    CUT_BEFORE = auto()
    """The line drops before the store has done anything."""
    CUT_AFTER = auto()
    """The store does as it is told, and the line drops before it says so."""
    BUSY = auto()
    """503."""
    SILENT = auto()
    """Nothing comes until the caller hangs up; the store has done as it was told."""


@dataclass
class Store:
    """What it keeps, and how it behaves."""

    users: dict[str, str] = field(default_factory=lambda: {USER: SECRET})
    faults: Callable[[str], Fault | None] = lambda _method: None
    """Asked at every call, with its method."""
    repeated_is_conflict: bool = False
    """It answers 409 where it has the same statement already."""
    refuses_all: bool = False
    poisonous: str = ""
    """Text that no statement may hold."""
    forgets_filter: bool = False
    """It gives everybody's statements to whoever asks for one learner's."""
    page: int = 100
    clock_off: timedelta = timedelta()
    statements: dict[str, Statement] = field(default_factory=dict)
    """In the order in which they came."""
    posts: list[int] = field(default_factory=list)
    """How many statements each post had."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/xAPI"

    def take(self, batch: list[Statement], user: str) -> tuple[int, Any]:
        """Status and answer to a batch."""
        names = [one.get("id") for one in batch]
        if self.refuses_all:
            return 400, {"message": "no"}
        if len(set(names)) < len(names):
            return 400, {"message": "the same id twice"}
        if self.poisonous and self.poisonous in json.dumps(batch):
            return 400, {"message": "a poisonous statement"}
        for one in batch:
            if fault := fault_of(one):
                return 400, {"message": fault}
        for one in batch:
            ours = self.statements.get(one["id"])
            if ours and (self.repeated_is_conflict or bare(ours) != bare(one)):
                return 409, {"message": f"{one['id']} is there already"}
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        authority = {
            "objectType": "Agent",
            "account": {"homePage": "http://s.example", "name": user},
        }
        for one in batch:
            kept = {**one, "stored": now, "authority": authority, "version": "1.0.3"}
            self.statements.setdefault(one["id"], kept)
        return 200, names

    def find(self, asked: dict[str, str]) -> tuple[int, Any]:
        """Status and answer to a question."""
        if name := asked.get("statementId"):
            found = self.statements.get(name)
            return (200, found) if found else (404, {"message": "no such statement"})
        agent = None if self.forgets_filter else json.loads(asked.get("agent", "null"))
        newest_first = [
            one
            for one in reversed(self.statements.values())
            if agent is None or same_agent(one["actor"], agent)
        ]
        start, limit = int(asked.get("from", "0")), int(asked.get("limit", "0")) or self.page
        end = start + min(limit, self.page)
        more = f"{PATH}?{urlencode({**asked, 'from': end})}" if end < len(newest_first) else ""
        return 200, {"statements": newest_first[start:end], "more": more}


def bare(statement: Statement) -> Statement:
    """A statement as its author wrote it."""
    return {name: said for name, said in statement.items() if name not in OF_THE_STORE}


def same_agent(one: Statement, other: Statement) -> bool:
    names = ("account", "mbox", "openid", "mbox_sha1sum")
    return [one.get(name) for name in names] == [other.get(name) for name in names]


def fault_of(statement: Any) -> str:
    """What breaks the specification; empty where nothing that we look for does."""
    try:
        uuid.UUID(statement["id"])
        assert all(isinstance(statement[name], dict) for name in NEEDED)
        assert ":" in statement["verb"]["id"]
        assert datetime.fromisoformat(statement["timestamp"]).tzinfo
    except (KeyError, TypeError, ValueError, AssertionError) as error:
        return f"not a statement: {error!r}"
    return ""


class Server(ThreadingHTTPServer):
    """The listener; a caller that hangs up is no news."""

    daemon_threads = True
    store: Store

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


class Handler(BaseHTTPRequestHandler):
    """One line to one caller."""

    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer("POST", lambda user: self._taken(said, user))

    def do_GET(self) -> None:
        asked = {name: said[0] for name, said in parse_qs(urlsplit(self.path).query).items()}
        if self.path == "/xAPI/about":
            self._answer("GET", lambda _user: (200, {"version": ["1.0.3"]}))
            return
        self._answer("GET", lambda _user: self.server.store.find(asked))

    def _taken(self, said: bytes, user: str) -> tuple[int, Any]:
        try:
            read = json.loads(said)
        except ValueError:
            return 400, {"message": "not JSON"}
        batch = read if isinstance(read, list) else [read]
        self.server.store.posts.append(len(batch))
        return self.server.store.take(batch, user)

    def _answer(self, method: str, work: Callable[[str], tuple[int, Any]]) -> None:
        store = self.server.store
        with store.lock:
            fault = store.faults(method)
            if fault is Fault.CUT_BEFORE:
                self._cut()
                return
            status, told = (503, {}) if fault is Fault.BUSY else self._work(work)
        if fault is Fault.CUT_AFTER:
            self._cut()
        elif fault is Fault.SILENT:
            self.request.settimeout(5)
            self.rfile.read(1)  # until the caller hangs up
            self._cut()
        else:
            self._say(status, told)

    def _work(self, work: Callable[[str], tuple[int, Any]]) -> tuple[int, Any]:
        if urlsplit(self.path).path not in (PATH, "/xAPI/about"):
            return 404, {"message": "nothing here"}
        user = self._user()
        return work(user) if user else (401, {"message": "who are you?"})

    def _user(self) -> str:
        try:
            kind, _, told = self.headers["Authorization"].partition(" ")
            user, _, secret = base64.b64decode(told).decode().partition(":")
        except (AttributeError, binascii.Error, UnicodeError):
            return ""
        return user if kind == "Basic" and self.server.store.users.get(user) == secret else ""

    def _say(self, status: int, told: Any) -> None:
        body = json.dumps(told).encode()
        self.send_response_only(status)
        date = format_datetime(datetime.now(UTC) + self.server.store.clock_off, usegmt=True)
        self.send_header("Date", date)
        self.send_header("X-Experience-API-Version", "1.0.3")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.request.close()

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def keeping(store: Store | None = None) -> Iterator[Store]:
    """A store that answers, until the end."""
    kept = store or Store()
    with Server(("127.0.0.1", kept.port), Handler) as server:
        server.store, kept.port = kept, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


def wait_for(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something is so; fail where it never is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
