"""The edge, where a call becomes a command, and errors become one line and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from tutor import __version__
from tutor.errors import Exit, TutorError


def run(words: Sequence[str]) -> None:
    """Run the tutor; whatever goes wrong leaves one clear line and no traceback."""
    try:
        _call(words)
    except SystemExit as leaving:
        if _was_interrupted(leaving):
            print(file=sys.stderr)  # lest the shell's prompt stands behind ours
        sys.exit(Exit.DONE if _reader_has_left(leaving) else leaving.code)
    except TutorError as error:
        from tutor.cli.called import in_course

        _tell(f"error: {error.message}", f"hint: {in_course(error.hint, words)}")
        sys.exit(error.exit)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:  # `| head` has seen enough
        sys.exit(Exit.DONE)
    except OSError as error:
        if _is_debugging():
            raise
        _tell(f"error: {error}; nothing that was kept is lost", f"hint: {_way_out(error)}")
        sys.exit(Exit.FAILED)
    except Exception as error:
        if _is_debugging():
            raise
        _tell(_crash_line(error))
        sys.exit(Exit.BUG)


def _tell(*lines: str) -> None:
    """Put lines on stderr: broken between words where a person reads them, whole for a program."""
    for line in _wrapped(lines) if sys.stderr.isatty() else lines:
        print(line, file=sys.stderr)


def _wrapped(lines: Sequence[str]) -> list[str]:
    import shutil
    import textwrap

    width = max(1, shutil.get_terminal_size().columns - 1)
    return [
        row
        for line in lines
        for paragraph in line.split("\n")
        for row in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
        or [""]
    ]


def forgive(stream: Any) -> Any:
    """A stream that a letter it cannot show does not stop, nor that it was closed from outside."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  pathlib is slow to load
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    return stream


def _call(words: Sequence[str]) -> None:
    from tutor.cli.direct import DIRECT

    direct = DIRECT.get(tuple(words))
    if direct is None or _is_completing():
        from tutor.cli.app import app

        app(words)
    else:
        direct()


def _is_completing() -> bool:
    from tutor.settings import is_completing

    return is_completing()


def _is_debugging() -> bool:
    from tutor.settings import is_debugging

    return is_debugging()


def _reader_has_left(leaving: SystemExit) -> bool:
    """`| head` has seen enough: typer and rich take that for a failure, and it is none."""
    return isinstance(leaving.__context__, BrokenPipeError)


def _was_interrupted(leaving: SystemExit) -> bool:
    """Typer has heard Ctrl-C, and made an exit of it."""
    cause = leaving.__context__
    return cause is not None and isinstance(cause.__cause__, KeyboardInterrupt)


def _way_out(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "make that readable for you, or set TUTOR_HOME to another folder"
    return "check where the output goes, and its disk"


def _crash_line(error: Exception) -> str:
    """Put the traceback where the learner can find it and need not read it."""
    import tempfile
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tutor-crash-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(f"llm-tutor {__version__}\n{trace}")
    except OSError:
        return f"error: a bug in the tutor: {type(error).__name__}: {error}"
    kept = "each answer whose verdict you saw is kept"
    return f"error: a bug in the tutor; {kept}. Details: {file.name}"
