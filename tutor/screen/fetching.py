"""A long fetch, seen to move: one line that is written over, or a line now and then."""

from types import TracebackType
from typing import Protocol, Self

from tutor.screen.terminal import Terminal

STEPS = 4
"""Where nothing is written over, so many lines for a package."""


class Fetched(Protocol):
    """What is fetched."""

    @property
    def what(self) -> str:
        """In a word."""
        ...

    @property
    def size(self) -> int:
        """Bytes to come, about."""
        ...


class Fetching:
    """Progress of one package after the other; a context manager."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._repaints = terminal.is_watched and not terminal.look.plain
        self._said = self._what = ""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the line that is written over."""
        self._end_line()

    def show(self, package: Fetched, size: int) -> None:
        """Show how much of it has come."""
        whole = max(package.size, size)
        now = size if self._repaints else size * STEPS // whole * whole // STEPS
        said = f"{package.what}: {now / 1e6:.0f} of {whole / 1e6:.0f} MB"
        if said == self._said:
            return
        self._said = said
        if self._repaints:
            if package.what != self._what:
                self._end_line()
            self._what = package.what
            self._terminal.write(f"\r{said}  ")
        else:
            self._terminal.write(f"{said}\n")
        self._terminal.flush()

    def _end_line(self) -> None:
        if self._what:
            self._terminal.write("\n")
            self._terminal.flush()
