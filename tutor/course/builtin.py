"""Where the lessons lie that come with the tutor."""

from pathlib import Path


def builtin_course() -> Path:
    """Find the lessons: those of the checkout when run from one, else those inside the wheel."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "lessons").is_dir():
        return checkout / "lessons"
    return package / "lessons"
