"""A llama.cpp server on this machine, started when first asked and gone when we are."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from weakref import finalize

from tutor.environment import THREADS
from tutor.errors import UnreachableError

CONTEXT = 2048


@dataclass(frozen=True, slots=True)
class Serving:
    """What is to be served, and how."""

    weights: Path
    model: str
    packages: tuple[Path, ...] = ()
    """Where to look for the runtime first."""
    threads: int = 1
    context: int = CONTEXT


@dataclass(slots=True, weakref_slot=True)
class LocalServer:
    """A server under way; a context manager. The key is made for this run and kept nowhere."""

    process: subprocess.Popen[bytes]
    address: str
    key: str = field(repr=False)

    @property
    def url(self) -> str:
        """The base of its API, as the wire formats want it."""
        return f"{self.address}/v1"

    def __enter__(self) -> Self:
        """Return the server itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop it."""
        self.stop()

    def stop(self) -> None:
        """End it; twice is the same as once."""
        _end(self.process)

    @property
    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        return self.process.poll() is None


def threads_of(environ: Mapping[str, str]) -> int:
    """Half the processors, or what TUTOR_THREADS says: two busy threads are slower than one."""
    asked = THREADS.said_in(environ)
    return int(asked) if asked.isdecimal() and int(asked) else max(1, (os.cpu_count() or 2) // 2)


def start(serving: Serving) -> LocalServer:
    """Start a server and wait until it answers; UnreachableError says why it cannot."""
    key = secrets.token_urlsafe(24)
    process = subprocess.Popen(
        [sys.executable, "-m", "tutor.providers.serving"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        said = _ask(process, serving, key)
    except BaseException:
        _end(process)
        raise
    if "address" not in said:
        _end(process)
        raise _failure(said.get("error", ""), process.returncode)
    server = LocalServer(process, said["address"], key)
    finalize(server, _end, process)
    return server


def _ask(process: subprocess.Popen[bytes], serving: Serving, key: str) -> dict[str, Any]:
    asked = {
        "weights": str(serving.weights),
        "model": serving.model,
        "packages": [str(path) for path in serving.packages],
        "threads": serving.threads,
        "context": serving.context,
        "key": key,  # by the pipe, not as an argument: arguments are for all to see
    }
    if process.stdin is None or process.stdout is None:  # never: both were asked for
        return {}
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()
    for line in process.stdout:
        if line.startswith(b"{"):
            said: dict[str, Any] = json.loads(line)
            return said
    return {}


def _failure(error: str, status: int | None) -> UnreachableError:
    if "libgomp" in error:
        return UnreachableError(
            "The runtime needs the system's library libgomp, which is missing here.",
            hint="on Debian or Ubuntu: apt install libgomp1",
        )
    if "ModuleNotFoundError" in error:
        return UnreachableError(
            "The runtime of the local model is missing.", hint="tutor model install smollm2"
        )
    if error:
        return UnreachableError(
            f"The local model could not be loaded ({error}).",
            hint="fetch it anew: tutor model remove smollm2, then tutor model install smollm2",
        )
    return UnreachableError(
        f"The local model's server ended at once (status {status}).",
        hint="this processor may be too old for it; tutor model use built-in",
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
