"""`python -m tutor`, and the command itself."""

import contextlib
import gc
import os
import sys
from typing import NoReturn


def main() -> None:
    """Load the app and run it."""
    gc.disable()  # what is loaded at start is no garbage, and looking for it costs a tenth
    from tutor.cli.app import run

    gc.freeze()
    gc.enable()
    try:
        run()
    except SystemExit as leaving:
        _leave(leaving.code)


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
