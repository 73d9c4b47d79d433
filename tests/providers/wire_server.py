"""A server on loopback that says what a test wrote down, byte by byte, and notes what it hears."""

import itertools
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 5.0
"""Seconds that no test ever takes; beyond them something hangs."""


@dataclass(frozen=True)
class Heard:
    """A request as it came in."""

    first_line: str
    headers: dict[str, str]
    text: str

    @property
    def path(self) -> str:
        return self.first_line.split()[1]

    @property
    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.text)
        return said


@dataclass(frozen=True)
class Said:
    """A reply: its bytes, in pieces, each sent by itself."""

    pieces: tuple[bytes, ...]
    holds: bool = False
    """Leave the line open after the last piece, until the other side hangs up."""
    breaks: bool = False
    """Reset the line after the last piece."""
    repeats: float | None = None
    """Say the last piece again and again, so many seconds apart, until the other side hangs up."""


def said(status: int, body: str | bytes = b"", kind: str = "application/json", **more: str) -> Said:
    """A reply with all its body at once."""
    body = body.encode() if isinstance(body, str) else body
    more = {"Content-Type": kind, "Content-Length": str(len(body)), **more}
    return Said((head(status, more) + body,))


def head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join((f"HTTP/1.1 {status} X", "Connection: close", *lines, "", "")).encode()


def streamed(*pieces: bytes, chunked: bool = True, whole: bool = True, holds: bool = False) -> Said:
    """An event stream in these pieces; without `whole` the line drops after the last one."""
    more = {"Content-Type": "text/event-stream"}
    if not chunked:
        return Said((head(200, more), *pieces), holds)
    framed = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces if piece]
    ending = (b"0\r\n\r\n",) if whole and not holds else ()
    return Said((head(200, {**more, "Transfer-Encoding": "chunked"}), *framed, *ending), holds)


def events(*chunks: Any) -> bytes:
    """Events of these data: text as it stands, anything else as JSON."""
    texts = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in chunks)
    return "".join(f"data: {text}\n\n" for text in texts).encode()


def delta(content: str | None, **more: Any) -> dict[str, Any]:
    """A chunk of a chat as OpenAI's format has it."""
    return {"model": "m", "choices": [{"index": 0, "delta": {"content": content}, **more}]}


def ended(reason: str = "stop") -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}


def counted(read: int = 3, written: int = 2) -> dict[str, Any]:
    return {"choices": [], "usage": {"prompt_tokens": read, "completion_tokens": written}}


def good(text: str = "Hi", *more: Any) -> Said:
    """A reply with nothing wrong."""
    return streamed(events(delta(text), *more, ended(), counted(), "[DONE]"))


@dataclass
class WireServer:
    """Says each thing in turn, the last one again and again."""

    script: list[Said]
    tls: ssl.SSLContext | None = None
    heard: list[Heard] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    """The other side closed a line that was still open."""
    _listener: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))

    @property
    def port(self) -> int:
        number: int = self._listener.getsockname()[1]
        return number

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/v1"

    def serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                try:
                    self._talk(line)
                except OSError:
                    self.hung_up.set()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.tls:
            line = self.tls.wrap_socket(line, server_side=True)
        with line:
            self.heard.append(_hear(line))
            reply = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            for piece in reply.pieces:
                line.sendall(piece)
            while reply.repeats is not None:
                time.sleep(reply.repeats)
                line.sendall(reply.pieces[-1])
            if reply.breaks:  # linger 0: the kernel sends a reset
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            if reply.holds and not line.recv(1):
                self.hung_up.set()


def _hear(line: socket.socket) -> Heard:
    with line.makefile("rb") as reader:
        first, *rest = iter(lambda: reader.readline().decode().rstrip("\r\n"), "")
        headers = {name.lower(): value for name, value in (one.split(": ", 1) for one in rest)}
        text = reader.read(int(headers.get("content-length", "0"))).decode()
    return Heard(first, headers, text)


@contextmanager
def serving(*script: Said, tls: ssl.SSLContext | None = None) -> Iterator[WireServer]:
    """A server with these replies, gone at the end."""
    server = WireServer(list(script), tls)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(PATIENCE)


def pieces_of(data: bytes, cuts: Iterable[int]) -> list[bytes]:
    """Bytes, cut at these places."""
    places = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(places)]
