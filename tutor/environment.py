"""Every variable of the environment that the tutor knows: the one table of them.

`tutor.settings` alone reads the environment; whatever lies deeper is handed what it needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """A variable, and what it does, as the README says it."""

    name: str
    does: str
    secret: bool = False
    """True for what is shown to nobody."""

    def said_in(self, environ: Mapping[str, str]) -> str:
        """What it is set to; empty where it is not."""
        return environ.get(self.name, "").strip()

    def is_on(self, environ: Mapping[str, str]) -> bool:
        """Tell whether a switch is set to anything but no."""
        return self.said_in(environ).lower() not in ("", "0", "false", "no")


HOME = Variable("TUTOR_HOME", "folder for the journal and the cache")
COURSE = Variable("TUTOR_COURSE", "another course: its name in `tutor course list`, or its folder")
NOTEBOOK = Variable(
    "TUTOR_NOTEBOOK", "file of your notebook (else `notebook.md` in the data folder)"
)
MODEL_KEY = Variable("TUTOR_MODEL_KEY", "key for a model at an address of your own", secret=True)
RECORDS_SECRET = Variable("TUTOR_RECORDS_SECRET", "password of a record store", secret=True)
BUDGET = Variable(
    "TUTOR_BUDGET_TOKENS", "tokens that one sitting may spend on hosted models (50,000)"
)
THREADS = Variable("TUTOR_THREADS", "threads of the local SmolLM2 (half the processors)")
PLAIN = Variable("TUTOR_PLAIN", "as `--plain`")
ACCESSIBLE = Variable("ACCESSIBLE", "as `--plain`")
NO_COLOR = Variable("NO_COLOR", "no colour")
SCROLL = Variable("TUTOR_SCROLL", "as `--scroll`")
VISUAL = Variable("VISUAL", "editor for longer answers (`:edit`)")
EDITOR = Variable("EDITOR", "editor for longer answers (`:edit`)")
DEBUG = Variable("TUTOR_DEBUG", "let a bug show its traceback")
RECORDING_KEY = Variable(
    "TUTOR_RECORDING_KEY", "key of the host that a demo is recorded with", secret=True
)

VARIABLES = (
    HOME,
    COURSE,
    NOTEBOOK,
    MODEL_KEY,
    RECORDS_SECRET,
    BUDGET,
    THREADS,
    PLAIN,
    ACCESSIBLE,
    SCROLL,
    NO_COLOR,
    VISUAL,
    EDITOR,
    DEBUG,
)
"""What a learner may set, in the README's order."""
DEVELOPERS = (RECORDING_KEY,)
"""What only those who work on the tutor set."""
SURROUNDINGS = ("TERM", "COLORTERM", "LANG", "LC_ALL", "PYTHONIOENCODING", "PYTHONUTF8")
"""Read by others than us; a bug report wants to know them."""


def shown(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is set and may be shown, with its value; a name of ours that we do not know, without."""
    for variable in (*VARIABLES, *DEVELOPERS):
        if variable.name in environ and not variable.secret:
            yield variable.name, environ[variable.name]
    yield from ((name, environ[name]) for name in SURROUNDINGS if name in environ)
    known = {variable.name for variable in (*VARIABLES, *DEVELOPERS)}
    for name in sorted(environ):
        if name.startswith("TUTOR_") and name not in known:
            yield name, "(no variable of ours)"


def hidden(environ: Mapping[str, str], others: tuple[str, ...] = ()) -> list[str]:
    """Names of the secrets that are set: ours, and `others` that hold keys of hosts."""
    ours = tuple(variable.name for variable in (*VARIABLES, *DEVELOPERS) if variable.secret)
    return sorted(name for name in {*ours, *others} if environ.get(name))
