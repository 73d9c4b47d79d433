"""The wheel by itself: what a learner gets who never saw the repository."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MOST = 130
"""Megabytes (10^6) that all of it takes, byte-code included."""
THERE_BEFORE = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence")
"""What a new environment has of its own."""


def installed(venv: Path) -> float:
    """Megabytes of the files that were installed."""
    (packages,) = venv.glob("lib/python*/site-packages")
    ours = (path for path in packages.iterdir() if not path.name.startswith(THERE_BEFORE))
    files = (file for path in ours for file in (path, *path.rglob("*")) if file.is_file())
    return sum(file.stat().st_size for file in files) / 1e6


def test_the_wheel_brings_the_lessons_and_runs_from_anywhere(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("llm_tutor-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "tutor/lessons/course.yaml" in names
    assert not [name for name in names if "tinylm/training" in name], "it needs torch"
    assert not [name for name in names if name.startswith(("tests/", "lessons/"))]
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    install = [str(venv / "bin" / "pip"), "-q", "--disable-pip-version-check", "install"]
    subprocess.run([*install, str(wheel)], check=True)
    assert installed(venv) <= MOST
    for command in ("tutor", "llm-tutor"):
        done = subprocess.run(
            [str(venv / "bin" / command), "lessons"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
        assert "A tamed monster?" in done.stdout
    meeting = [str(venv / "bin" / "tutor"), "meet", "What is 2 + 2?"]
    said = subprocess.run(meeting, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert "mask off" in said, "the model in the box is in the box"
    assert "too much of it" in said
    card = [str(venv / "bin" / "tutor"), "meet", "--card"]
    assert "Scores" in subprocess.run(card, check=True, capture_output=True, text=True).stdout
