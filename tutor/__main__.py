"""`python -m tutor`, and the command itself."""

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

INTERRUPTED = 130


def main() -> None:
    """Load the app and run it."""
    try:
        gc.disable()  # what is loaded at start is no garbage, and looking for it costs a tenth
        from tutor.cli.edge import run

        gc.freeze()
        gc.enable()
        sys.stdout, sys.stderr = _forgiving(sys.stdout), _forgiving(sys.stderr)
        run(sys.argv[1:])
    except SystemExit as leaving:
        _leave(leaving.code)
    except KeyboardInterrupt:
        _leave(INTERRUPTED)


def _forgiving(stream: Any) -> Any:
    """A stream that a letter it cannot show does not stop, nor that it was closed from outside."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    return stream


def _leave(code: object) -> NoReturn:
    """Go at once: taking the interpreter apart costs a tenth too, and all is on disk."""
    if isinstance(code, str):
        print(code, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
