"""A problem in a course file: where, what, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import CourseError


@dataclass(frozen=True)
class Mark:
    """A position in a file: line and column counted from 1, and how many columns to underline."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `text` is the offending line; without one there is no caret."""

    path: str
    line: int
    column: int
    message: str
    fix: str
    text: str = ""
    width: int = 1

    def __str__(self) -> str:
        """Show it as compilers do: file:line:column, the line, a caret, the fix."""
        head = f"{self.path}:{self.line}:{self.column}: {self.message}"
        return "\n".join([head, *self._excerpt(), f"    fix: {self.fix}"])

    def _excerpt(self) -> list[str]:
        if not self.text.strip():
            return []
        start = max(0, self.column - 60)  # long lines are shown around the fault
        text = "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}"
            for c in self.text[start : start + 100]
        )
        caret = " " * (self.column - 1 - start) + "^" * max(1, min(self.width, 60))
        return [f"{self.line:>5} | {text}", f"      | {caret[:100]}"]


@dataclass(frozen=True)
class Source:
    """A file's name and lines, to point into."""

    path: Path
    lines: tuple[str, ...]

    @classmethod
    def of(cls, path: Path, text: str) -> "Source":
        """Split `text` the way YAML counts lines."""
        return cls(path, tuple(text.split("\n")))

    def problem(self, mark: Mark, message: str, fix: str) -> Problem:
        """Name a fault at `mark`."""
        text = self.lines[mark.line - 1].rstrip("\r") if mark.line <= len(self.lines) else ""
        return Problem(str(self.path), mark.line, mark.column, message, fix, text, mark.width)


def course_error(problems: Iterable[Problem]) -> CourseError:
    """Gather problems into the one error that carries them all."""
    hint = "mend the lines above, then: tutor course check"
    return CourseError(gathered("the course", problems), hint=hint)


def gathered(what: str, problems: Iterable[Problem]) -> str:
    """How many problems a thing has, and each of them in the order of its lines."""
    found = sorted(set(problems))
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    return "\n".join([f"{what} has {count}", *map(str, found)])
