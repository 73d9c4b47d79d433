"""Several tutors, killed at random moments; `tests.progress.chaos` does it at length."""

import subprocess
import sys

from tests.progress.writing import ROOT


def test_whatever_was_seen_as_kept_is_in_the_journal_after_the_wildest_minute() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.progress.chaos", "--kills", "25", "--seed", "11"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost:\nnothing" in done.stdout
