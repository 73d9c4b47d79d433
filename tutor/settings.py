"""The environment and the platform's folders, read once into one frozen Settings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tutor import environment
from tutor.course.builtin import builtin_course
from tutor.errors import UnknownNameError

SHELF = "courses"


@dataclass(frozen=True)
class Settings:
    """Where things are and how the learner wants them shown."""

    data: Path
    """Holds the journal."""
    cache: Path
    """Holds what can be made anew."""
    course: Path
    plain: bool
    scrolls: bool
    """The screen is not cleared for each step."""
    notebook: Path
    """The learner's own Markdown file, to which runs of demos are added when they say so."""
    budget: str
    """Tokens that a sitting may spend on hosted models, as it was typed; empty for the usual."""
    editor: str
    """The command for longer answers; empty where none is set."""
    environ: Mapping[str, str] = field(repr=False)
    """The environment itself: keys of hosts, and what pip and a server of ours are to inherit."""

    @property
    def shelf(self) -> Path:
        """The folder of added courses."""
        return self.data / SHELF

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.data / "journal.sqlite3"

    @property
    def records(self) -> Path:
        """The folder of what is kept for learning record stores."""
        return self.data / "records"


def read_settings(environ: Mapping[str, str] = os.environ, course: str = "") -> Settings:
    """Read the variables of tutor.environment, once; `course` goes before the one they name."""
    data, cache = _folders(environment.HOME.said_in(environ))
    named = environment.COURSE.said_in(environ)
    notebook = environment.NOTEBOOK.said_in(environ)
    return Settings(
        data=data,
        cache=cache,
        course=_course(course, named, data),
        plain=environment.PLAIN.is_on(environ) or environment.ACCESSIBLE.is_on(environ),
        scrolls=environment.SCROLL.is_on(environ),
        notebook=_at_home(Path(notebook)) if notebook else data / "notebook.md",
        budget=environment.BUDGET.said_in(environ),
        editor=environment.VISUAL.said_in(environ) or environment.EDITOR.said_in(environ),
        environ=environ,
    )


def _course(asked: str, named: str, data: Path) -> Path:
    """The course asked for in the call, or the environment's, or ours.

    One that the environment names and nobody knows is told of where it is opened.
    """
    if not asked and not named:
        return builtin_course()
    from tutor.course.shelf import find_course

    try:
        return find_course(asked or named, data / SHELF)
    except UnknownNameError:
        if asked:
            raise
        return Path(named)


def is_debugging(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a bug is to show its traceback; asked when all else may have failed."""
    return environment.DEBUG.is_on(environ)


def is_completing(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a shell asks for completions: typer's own variables, named for the program."""
    return any(name in environ for name in ("_TUTOR_COMPLETE", "_LLM_TUTOR_COMPLETE"))


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
