"""The environment and the platform's folders, read once into one frozen Settings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.course.builtin import builtin_course


@dataclass(frozen=True)
class Settings:
    """Where things are and how the learner wants them shown."""

    data: Path
    """Holds the journal."""
    cache: Path
    """Holds what can be made anew."""
    course: Path
    plain: bool
    notebook: Path
    """The learner's own Markdown file, to which runs of demos are added when they say so."""

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.data / "journal.sqlite3"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read TUTOR_HOME, TUTOR_COURSE, TUTOR_NOTEBOOK, TUTOR_PLAIN and ACCESSIBLE."""
    data, cache = _folders(environ.get("TUTOR_HOME", ""))
    course = environ.get("TUTOR_COURSE", "")
    notebook = environ.get("TUTOR_NOTEBOOK", "")
    return Settings(
        data=data,
        cache=cache,
        course=Path(course) if course else builtin_course(),
        plain=_is_on(environ, "TUTOR_PLAIN") or _is_on(environ, "ACCESSIBLE"),
        notebook=_at_home(Path(notebook)) if notebook else data / "notebook.md",
    )


def _at_home(path: Path) -> Path:
    """A path whose ~ is spelled out, where it is somebody's."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _folders(home: str) -> tuple[Path, Path]:
    if home:
        return Path(home), Path(home) / "cache"
    import platformdirs

    return (
        platformdirs.user_data_path("llm-tutor", appauthor=False),
        platformdirs.user_cache_path("llm-tutor", appauthor=False),
    )


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() not in ("", "0", "false", "no")
