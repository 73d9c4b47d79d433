"""A line that breaks: a relay on loopback that hangs up at random, on the way there or back."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATIENCE = 60.0


@dataclass
class Relay:
    """Passes on what it is sent, in pieces, until it does not."""

    to: tuple[str, int]
    chance: float
    """Of breaking, for each piece."""
    rng: random.Random
    cuts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    def serve(self) -> None:
        """Take calls until the listener is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._relay, args=(near,), daemon=True).start()

    def _relay(self, near: socket.socket) -> None:
        with near, socket.create_connection(self.to, PATIENCE) as far:
            back = threading.Thread(target=self._pass, args=(far, near), daemon=True)
            back.start()
            self._pass(near, far)
            back.join(PATIENCE)

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(1 << 16):
                if self._breaks():
                    break
                other.sendall(piece)
        for line in (one, other):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _breaks(self) -> bool:
        with self.lock:
            broken = self.rng.random() < self.chance
            self.cuts += broken
        return broken


@contextmanager
def cutting(url: str, chance: float, seed: int) -> Iterator[tuple[Relay, str]]:
    """Such a relay in front of this address, and the address to call instead."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    relay = Relay((parts.hostname, parts.port), chance, random.Random(seed))
    threading.Thread(target=relay.serve, daemon=True).start()
    try:
        yield relay, url.replace(str(parts.port), str(relay.listener.getsockname()[1]))
    finally:
        relay.listener.close()
