"""What every test stands on: a home of its own, no keys, no network beyond loopback."""

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import pytest

# Set before a test imports numpy: two threads on small matrices wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A job in the background is started deaf to Ctrl-C, and what it starts inherits that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

SECRETS = ("KEY", "TOKEN", "SECRET")
OURS = ("TUTOR_", "ACCESSIBLE", "NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR", "EDITOR", "VISUAL")
LOOPBACK = ("127.", "localhost", "::1")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all the tutors of this run keep their compiled courses."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the journal; nothing of the machine's own is visible.

    Its cache is one with all others', so that only the first tutor compiles the lessons.
    """
    for name in list(os.environ):
        if name.startswith(OURS) or any(word in name for word in SECRETS):
            monkeypatch.delenv(name)
    monkeypatch.delenv(
        "PYTHONDONTWRITEBYTECODE", raising=False
    )  # a tutor would compile itself anew
    folder = tmp_path / "home"
    folder.mkdir()
    with suppress(OSError):  # Windows lets not everybody make links
        (folder / "cache").symlink_to(compiled, target_is_directory=True)
    monkeypatch.setenv("TUTOR_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail on every look-up beyond loopback."""
    real = socket.getaddrinfo

    def guarded(host: object, *args: object, **more: object) -> object:
        assert str(host).startswith(LOOPBACK), f"a test looked up {host!r}"
        return real(host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", guarded)


@pytest.fixture
def short_course() -> Path:
    """The course that uses every kind of step and question once."""
    return Path(__file__).parent / "courses" / "short"
