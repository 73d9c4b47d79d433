"""What state this installation is in, in words that can be pasted anywhere."""

import importlib.metadata
import locale
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor import __version__
from tutor.environment import hidden, shown
from tutor.errors import TutorError
from tutor.progress.locking import Tell, Watch, tell_nobody, watch_nothing
from tutor.settings import Settings

PACKAGES = ("typer", "rich", "pyyaml", "httpx", "msgspec", "platformdirs", "jellyfish", "numpy")


@dataclass(frozen=True)
class Examination:
    """Facts by name, and whether all is well."""

    facts: dict[str, str]
    healthy: bool


@dataclass(frozen=True)
class Look:
    """How closely to look, and who is told meanwhile."""

    deep: bool = False
    """Read each event of the journal and work all progress out anew."""
    tell: Tell = tell_nobody
    watch: Watch = watch_nothing


AT_A_GLANCE = Look()


def examine(settings: Settings, look: Look = AT_A_GLANCE) -> Examination:
    """Look at everything a bug report needs; secrets and the home folder are left out."""
    environ = settings.environ
    course, course_ok = _course(settings)
    journal, journal_ok = _journal(settings.journal, look)
    outbox, outbox_ok = _outbox(settings.records, look)
    weights, weights_ok = _weights()
    facts = {
        "llm-tutor": __version__,
        "python": f"{platform.python_version()} on {platform.platform()}",
        "packages": ", ".join(f"{name} {_version(name)}" for name in PACKAGES),
        "terminal": _terminal(environ),
        "encoding": f"{sys.stdout.encoding} out, {locale.getpreferredencoding()} preferred",
        "course": course,
        "journal": journal,
        "records": outbox,
        "built-in model": weights,
        "model": _model(settings.data, environ),
        "settings": _variables(environ),
        "keys": _keys(environ),
    }
    redacted = {name: _without_home(value) for name, value in facts.items()}
    return Examination(redacted, course_ok and journal_ok and outbox_ok and weights_ok)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _terminal(environ: Mapping[str, str]) -> str:
    size = shutil.get_terminal_size()
    tty = ", ".join(
        f"{name} {'a' if stream and stream.isatty() else 'no'} terminal"
        for name, stream in (("input", sys.stdin), ("output", sys.stdout))
    )
    return f"{size.columns}x{size.lines}, {tty}, TERM={environ.get('TERM', 'unset')}"


def _course(settings: Settings) -> tuple[str, bool]:
    from tutor.course.finding import load_course

    try:
        course = load_course(settings.course, settings.cache)
    except TutorError as error:
        return f"{settings.course}: {error.message.splitlines()[0]}; run: tutor course check", False
    return f"{course.id} with {len(course.lessons)} lessons, {settings.course}", True


def _weights() -> tuple[str, bool]:
    from tutor.tinylm import manifest
    from tutor.tinylm.faces import WEIGHTS

    try:
        count, wrong = manifest.checked(WEIGHTS)
    except (OSError, ValueError) as error:
        return f"{manifest.NAME} cannot be read ({error}); install the tutor anew", False
    if wrong:
        return f"missing or damaged: {', '.join(wrong)}; install the tutor anew", False
    return f"{count} files, as they were measured", True


def _journal(path: Path, look: Look) -> tuple[str, bool]:
    from tutor.progress.journal import Journal
    from tutor.progress.moments import local_now
    from tutor.progress.setting_aside import set_aside
    from tutor.review.folds import FOLDS
    from tutor.screen.journal_view import dated_ahead

    aside = [f"set aside: {one.name}; run: tutor progress repair" for one in set_aside(path)]
    try:
        journal = Journal.peek(path, look.tell, FOLDS)
        if journal is None:
            return "; ".join([f"none yet, {path}", *aside]), not aside
        with journal:
            health = journal.look_over(deep=look.deep, watch=look.watch)
            ahead = list(dated_ahead(journal.dated_ahead(local_now())))
    except TutorError as error:
        return "; ".join([error.message, error.hint, *aside]), False
    if health.faults:
        faults = [*health.faults[:3], "run: tutor progress repair"]
        return "; ".join([str(path), *faults, *aside]), False
    sound = "sound" if look.deep else "nothing wrong at a glance (each one: tutor doctor --deep)"
    size = f"{path.stat().st_size:,} bytes"
    said = [f"{health.events} events, {sound}, {size}, {path}", *ahead, *aside]
    return "; ".join(said), not aside


def _outbox(folder: Path, look: Look) -> tuple[str, bool]:
    """What is kept for record stores: how much, never whose, nor where it goes."""
    from tutor.records.outbox_file import FILE, looked_at

    path = folder / FILE
    if not path.exists():
        return "no record store", True
    count, faults = looked_at(path, deep=look.deep)
    if faults:
        said = "; ".join([str(path), *faults])
        return f"{said}; delete that file: it is made anew from the journal", False
    return f"{count:,} written out, sound, {path.stat().st_size:,} bytes, {path}", True


def _model(folder: Path, environ: Mapping[str, str]) -> str:
    """The chosen model and whether its key is there: never the key, nor an address of yours."""
    from tutor.providers.offer import offer

    now = next((entry for entry in offer(folder, environ) if entry.chosen), None)
    if now is None:
        return "the choice cannot be read; run: tutor model use NAME"
    name = now.name if now.checked_on or not now.url else "an address of your own"
    key = f"key {now.key}" if now.key else "no key needed"
    if now.wants_key and not now.key:
        key = f"no key; run: tutor model key {now.name}"
    said = [name, now.tier.value, now.model, key, "" if now.installed else "not installed"]
    return ", ".join(filter(None, said))


def _variables(environ: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in shown(environ)) or "none set"


def _keys(environ: Mapping[str, str]) -> str:
    from tutor.providers.presets import all_presets

    of_hosts = tuple(name for preset in all_presets().preset for name in preset.keys)
    return ", ".join(f"{name} set (hidden)" for name in hidden(environ, of_hosts)) or "none"


def _without_home(text: str) -> str:
    return text.replace(str(Path.home()), "~")
