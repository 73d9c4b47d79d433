"""A watch over one call: what takes too long is hung up on, whatever keeps the line alive."""

import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Any


class Watch:
    """Shuts the line of a call once its time is over; httpcore tells which line that is.

    A server can keep httpx waiting for ever with signs that are no reply, such as one HTTP 100
    after the other: no time limit of httpx's counts these together.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self.is_over = False
        """The time was over, and the line was shut."""

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of a new line: the `trace` of a call."""
        if event.endswith("connect_tcp.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    def begin(self, seconds: float) -> None:
        """Give the call so long from now on."""
        self.end()
        self.is_over = False
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """Leave the line alone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _shut(self) -> None:
        self.is_over = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
