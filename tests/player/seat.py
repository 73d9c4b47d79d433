"""A learner at a real pseudo-terminal: types, waits for words, reads the screen."""

import os
import signal
import sys
from pathlib import Path

import pexpect
import pyte

from tutor.screen.dial_view import ARROWS
from tutor.screen.pages import BACK, MORE

PROMPT = "\n> "
DIAL, CURSOR_BACK = 3, "\x1b[?25h"
"""Which of the things waited for a dial is, and what a terminal gets when it is left."""
WAIT = 20


class Seat:
    """A tutor running in a terminal of its own."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        course: Path | None = None,
        columns: int = 80,
        rows: int = 40,
        environ: dict[str, str] | None = None,
    ) -> None:
        self.environ = {
            **os.environ,
            "TUTOR_HOME": str(home),
            "TERM": "xterm-256color",
            **({"TUTOR_COURSE": str(course)} if course else {}),
            **(environ or {}),
        }
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tutor", *arguments],
            env=self.environ,
            dimensions=(rows, columns),
            timeout=WAIT,
            echo=True,
        )

    def wait(self, words: str) -> str:
        """Read until `words` appear; returns what was new, as text."""
        self.child.expect_exact(words)
        return self._take(self.child.before + self.child.after)

    def prompt(self) -> str:
        """Read until the tutor waits for a line, turning pages and leaving dials as they stand."""
        said = ""
        while True:
            found = self.child.expect_exact(["\r" + PROMPT, MORE, BACK, ARROWS.encode()])
            said += self._take(self.child.before + self.child.after)
            if found == 0:
                return said
            self.child.sendline("")
            if found == DIAL:
                said += self.wait(CURSOR_BACK)

    def type(self, line: str) -> str:
        """Type a line with Enter, and read until the tutor waits again; returns what it said."""
        self.child.sendline(line)
        return self.prompt()

    def send(self, keys: str) -> None:
        """Press keys, without Enter."""
        self.child.send(keys)

    def leave(self, line: str = ":q") -> str:
        """Type a line that ends the tutor; returns its last words."""
        self.child.sendline(line)
        return self.end()

    def end(self) -> str:
        """Read to the end of the program, turning pages."""
        said = ""
        while self.child.expect_exact([pexpect.EOF, MORE, BACK]) != 0:
            said += self._take(self.child.before + self.child.after)
            self.child.sendline("")
        said += self._take(self.child.before)
        self.child.close()
        return said

    def be_patient(self, seconds: float) -> None:
        """Wait so long for what comes."""
        self.child.timeout = seconds

    @property
    def status(self) -> int | None:
        """The exit code, after the end."""
        status: int | None = self.child.exitstatus
        return status

    @property
    def text(self) -> str:
        """All that was said so far."""
        return self.raw.decode(errors="replace")

    def kill(self) -> None:
        """Pull the plug."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window's corner."""
        self.child.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    def shows(self) -> list[str]:
        """The lines on the screen now."""
        return [line.rstrip() for line in self.screen.display]

    def _take(self, data: bytes) -> str:
        self.raw += data
        self.stream.feed(data)
        return data.decode(errors="replace")
