"""The tutor as a script runs it."""

import os
import subprocess
import sys


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
