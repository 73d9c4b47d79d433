"""Two learning record stores that we did not write, each in an environment of its own.

- Learning Locker's statement service, from npm: strict, keeps everything in memory, takes any
  password.
- Ralph, from PyPI, over files, with one worker: keeps everything in a folder, looks at passwords.

A part that cannot be had is an error, never a skip.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.integration.foreign import HERE, environment, free_port, node_packages, running

RALPH = ("ralph-malph[lrs,cli]==5.1.0", "requests==2.32.5")
"""requests is what it needs and does not ask for."""
LEARNING_LOCKER = "xapi-statements@5.0.1"
USER, SECRET = "alice", "a secret: with blanks"
OTHER, OTHER_SECRET = "bob", "another secret"
MOST_SECONDS = 60
ONLY_HERE = """\
// The service would listen to the whole network: every listener of this process is kept at home.
const { Server } = require("net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, Number(port), "127.0.0.1", ...rest);
};
"""
MENDED = '''\
"""Ralph over files, with two faults of 5.1.0 mended from outside.

It opens its file to create it, so that every write after the first fails; and it compares the
verb and the activity that are asked for, objects of its own, with text, so that none is found.
"""

from ralph.backends.data.base import BaseOperationType
from ralph.backends.lrs.fs import FSLRSBackend


def over_text(name):
    compare = getattr(FSLRSBackend, name)
    return staticmethod(lambda filters, it, *more: compare(filters, it and str(it), *more))


FSLRSBackend.default_operation_type = BaseOperationType.APPEND
FSLRSBackend._add_filter_by_verb = over_text("_add_filter_by_verb")
FSLRSBackend._add_filter_by_activity = over_text("_add_filter_by_activity")

from ralph.api import app  # noqa: E402, F401  it opens its backend when it is imported
'''


@dataclass(frozen=True)
class Store:
    """A store under way."""

    name: str
    url: str
    """What stands before /statements."""
    checks_passwords: bool
    """It tells a wrong password from a right one."""
    is_strict: bool
    """It refuses a statement that breaks the specification; the other one takes most of them."""


@contextmanager
def learning_locker(folder: Path) -> Iterator[Store]:
    """Learning Locker's service, empty; at its end all is forgotten."""
    node, modules = node_packages("learning-locker", LEARNING_LOCKER)
    preload, port = folder / "only-here.js", free_port()
    preload.write_text(ONLY_HERE)
    service = modules / "xapi-statements" / "dist" / "server.js"
    words = [str(node), "--no-deprecation", "-r", str(preload), str(service)]
    settings = {
        "EXPRESS_PORT": str(port),
        "AUTH_REPO": "test",
        "EVENTS_REPO": "test",
        "MODELS_REPO": "memory",
        "STORAGE_REPO": "local",
        "WINSTON_CONSOLE_LEVEL": "error",
    }
    with running(words, port, "/xAPI/about", folder, **settings) as server:
        yield Store("learning-locker", f"{server.address}/xAPI", False, True)


@contextmanager
def ralph(folder: Path) -> Iterator[Store]:
    """Ralph over files of this folder; started there again, it has what it had."""
    commands = environment("ralph", RALPH) / "bin"
    kept, port = folder / "statements", free_port()
    kept.mkdir(exist_ok=True)
    settings = {
        "RALPH_APP_DIR": str(folder),
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
        "RALPH_HISTORY_FILE": str(folder / "history.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(kept),
        "RALPH_LRS_RESTRICT_BY_AUTHORITY": "True",
        "RALPH_LRS_RESTRICT_BY_SCOPES": "True",
        "HOME": str(folder),
    }
    (folder / "mended.py").write_text(MENDED)
    if not (folder / "auth.json").exists():
        _let_in(commands, settings, USER, SECRET, "all")
        _let_in(commands, settings, OTHER, OTHER_SECRET, "statements/read/mine", "statements/write")
    words = [str(commands / "uvicorn"), "mended:app", "--app-dir", str(folder), "--host", HERE]
    words += ["--port", str(port), "--workers", "1", "--log-level", "error"]
    with running(words, port, "/__heartbeat__", folder, **settings) as server:
        yield Store("ralph", f"{server.address}/xAPI", True, False)


def _let_in(commands: Path, settings: dict[str, str], user: str, secret: str, *may: str) -> None:
    """Enter a user in Ralph's file."""
    scopes = [word for scope in may for word in ("-s", scope)]
    words = [str(commands / "ralph"), "auth", "-u", user, "-p", secret, *scopes]
    words += ["-M", f"mailto:{user}@example.org", "-N", user.title(), "-w"]
    done = subprocess.run(
        words,
        env={**os.environ, **settings},
        timeout=MOST_SECONDS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


STORES: dict[str, Callable[[Path], AbstractContextManager[Store]]] = {
    "learning-locker": learning_locker,
    "ralph": ralph,
}
"""The stores by name: what starts one in a folder."""
