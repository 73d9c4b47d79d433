"""A real browser without a window, spoken to in the DevTools protocol over two pipes.

Chromium's `--remote-debugging-pipe` reads commands from descriptor 3 and writes to 4, each a JSON
document that ends in a zero byte: no port, and no package beside the browser itself.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

QUIET = (
    "--headless",
    "--no-sandbox",  # the tests may be root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Page:
    """One page in the browser."""

    commands: int
    replies: int
    session: str = ""
    number: int = 0
    rest: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command and wait for what it answers."""
        self.number += 1
        said = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            said["sessionId"] = self.session
        os.write(self.commands, json.dumps(said).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self.number:
                assert "error" not in heard, heard
                return dict(heard["result"])
            self.events.append(heard)

    def wait(self, event: str) -> None:
        """Wait for an event, unless it has come already."""
        while all(heard.get("method") != event for heard in self.events):
            self.events.append(self._hear())

    def evaluate(self, expression: str) -> Any:
        """The value of some JavaScript, run by the debugger: the page itself may run none."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def look(self, width: int, height: int = 900, *, dark: bool = False, media: str = "") -> None:
        """Give the window a size, light or dark, screen or print."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        mode = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=media, features=[mode])

    def picture(self, file: Path) -> None:
        """Save all of the page as a PNG, to be looked at."""
        taken = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(taken["data"]))

    def requested(self) -> list[str]:
        """The addresses that were asked for so far."""
        sent = [e["params"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return [str(one["request"]["url"]) for one in sent]

    def complaints(self) -> list[str]:
        """What the browser found wrong with the page."""
        entries = [e["params"]["entry"] for e in self.events if e.get("method") == "Log.entryAdded"]
        return [str(entry["text"]) for entry in entries]

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            more = os.read(self.replies, 65536)
            assert more, "the browser is gone"
            self.rest += more
        document, self.rest = self.rest.split(b"\0", 1)
        return dict(json.loads(document))


@contextmanager
def opened(file: Path, profile: Path) -> Iterator[Page]:
    """A file in the browser, loaded, with everything it asks for on record."""
    taken, commands = os.pipe()
    replies, given = os.pipe()
    moved = f"exec chromium {' '.join(QUIET)} --remote-debugging-pipe --user-data-dir={profile}"
    process = subprocess.Popen(
        ["bash", "-c", f"{moved} 3<&{taken} 4>&{given} about:blank"],
        pass_fds=(taken, given),
        stderr=subprocess.DEVNULL,
    )
    os.close(taken)
    os.close(given)
    try:
        page = Page(commands, replies)
        _attach(page)
        page.ask("Page.navigate", url=file.as_uri())
        page.wait("Page.loadEventFired")
        yield page
    finally:
        process.terminate()
        process.wait()
        os.close(commands)
        os.close(replies)


def _attach(page: Page) -> None:
    targets = page.ask("Target.getTargets")["targetInfos"]
    target = next(one["targetId"] for one in targets if one["type"] == "page")
    page.session = page.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Network", "Log", "Accessibility"):
        page.ask(f"{domain}.enable")
