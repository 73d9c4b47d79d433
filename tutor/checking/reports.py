"""What a check found, for a person, for a program, for the page of a pull request."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tutor.course.problems import Problem


def as_text(
    problems: Sequence[Problem], summary: str, warnings: Sequence[Problem]
) -> Iterator[str]:
    """What to look up again, each problem with its line and a caret, then the sum."""
    yield from (f"warning: {warning}" for warning in warnings)
    yield from map(str, problems)
    yield summary


def as_json(
    problems: Sequence[Problem], summary: str, warnings: Sequence[Problem]
) -> Iterator[str]:
    """One object: `problems`, each with path, line, column, message, fix; `warnings`, `summary`."""
    whole = {"problems": problems, "warnings": warnings, "summary": summary}
    yield msgspec.json.format(msgspec.json.encode(whole)).decode()


def as_github(
    problems: Sequence[Problem], summary: str, warnings: Sequence[Problem], root: Path
) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a file; paths from `root`.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    yield from (_annotation("warning", warning, root) for warning in warnings)
    yield from (_annotation("error", problem, root) for problem in problems)
    yield summary


def _annotation(level: str, problem: Problem, root: Path) -> str:
    path = Path(problem.path).absolute()
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    where = {
        "file": shown.as_posix(),
        "line": problem.line,
        "endLine": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.width,
        "title": problem.message,
    }
    said = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    return f"::{level} {said}::{_data(f'{problem.message}. To mend it: {problem.fix}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
