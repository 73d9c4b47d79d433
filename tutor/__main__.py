"""`python -m tutor`, and the command itself."""

import _signal  # type: ignore[import-not-found]  # what `signal` is made of, and already there
import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Load the app and run it."""
    try:
        _load_and_run()
    except SystemExit as leaving:
        _leave(leaving.code)
    except KeyboardInterrupt:
        _leave(INTERRUPTED)


def _load_and_run() -> None:
    """Until there is somebody to say goodbye, Ctrl-C ends the process without a word."""
    as_usual = _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    import gc

    gc.disable()  # what is loaded at start is no garbage, and looking for it costs a tenth
    from tutor.cli.edge import forgive, run

    gc.freeze()
    gc.enable()
    sys.stdout, sys.stderr = forgive(sys.stdout), forgive(sys.stderr)
    _signal.signal(_signal.SIGINT, as_usual)
    run(sys.argv[1:])


def _leave(code: object) -> None:
    """Go at once: taking the interpreter apart costs a tenth too, and all is on disk."""
    if isinstance(code, str):
        print(code, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
