"""All demos in a network namespace without interfaces: no key, no server, nothing beside us."""

import os
import re
import subprocess
import sys

import pytest

from tutor.catalogue.registry import names


def offline(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the tutor where not even loopback is up."""
    return subprocess.run(
        ["unshare", "--net", "--map-root-user", sys.executable, "-m", "tutor", *arguments],
        env={**os.environ, "COLUMNS": "60"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_there_really_is_no_network() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run(
        ["unshare", "--net", "--map-root-user", sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "unreachable" in done.stderr


@pytest.mark.parametrize("name", names())
def test_every_demo_runs_without_a_network(name: str) -> None:
    done = offline("demo", name)
    assert done.returncode == 0, done
    assert "Notice" in done.stdout
    assert done.stderr == ""
    assert len(done.stdout.split()) > 20


def test_a_question_is_answered_from_the_lesson_without_a_network() -> None:
    done = offline("ask", "what is a token?")
    assert done.returncode == 0, done
    assert re.search(r"Lesson \d, step \d+", done.stdout), done.stdout
