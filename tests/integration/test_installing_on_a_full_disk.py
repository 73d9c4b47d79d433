"""Installing the small model where there is no room for it. Linux: needs unshare and tmpfs."""

import os
import subprocess
import sys
from pathlib import Path

SMALL_DISK = """
set -e
mount -t tmpfs -o size=1m none "$1"
TUTOR_HOME="$1/home" "$2" -m tutor model install smollm2 || echo "status $?"
find "$1" -type f
"""


def test_a_full_disk_is_named_before_anything_is_fetched(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "-rm", "bash", "-c", SMALL_DISK, "-", str(tmp_path), sys.executable],
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "status 1\n"
    for words in ("disk is too full", "450 MB", "tutor model install smollm2"):
        assert words in done.stderr
