"""The tutor as a script runs it."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tutor.cli.edge import run


def tutor(*arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the tutor without a terminal, as a script would."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        env={**os.environ, **environ},
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


WATCHED = """
import os, re, runpy, sys
from pathlib import Path

def tell(code, peak=Path(sys.argv.pop(1)), leave=os._exit):
    peak.write_text(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    leave(code)

os._exit = tell
runpy.run_module("tutor", run_name="__main__", alter_sys=True)
"""
"""The tutor, its own peak of memory told at its end in kB: what the system keeps of a child counts
the process of the tests, from which it was forked, as well."""


def watched(peak: Path, *arguments: str) -> list[str]:
    """The command line of a tutor that leaves its peak of memory, in kB, in a file."""
    return [sys.executable, "-c", WATCHED, str(peak), *arguments]


def here(*arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """The same in this process, in a tenth of the time: where starting is not what is tested."""
    said, told = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    code: object = None
    with _in_place_of_ours(io.StringIO(typed), said, told), _with(environ):
        try:
            run(arguments)
        except SystemExit as leaving:
            code = leaving.code
    assert code is None or isinstance(code, int), "a word is for a person, a number for a script"
    return subprocess.CompletedProcess(arguments, code or 0, _text(said), _text(told))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@contextlib.contextmanager
def _in_place_of_ours(typed: io.StringIO, *streams: io.TextIOWrapper) -> Iterator[None]:
    said, told = streams
    before, sys.stdin = sys.stdin, typed
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            yield
    finally:
        sys.stdin = before


@contextlib.contextmanager
def _with(environ: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
