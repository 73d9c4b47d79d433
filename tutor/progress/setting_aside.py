"""What a damaged journal's file is called once it is set aside, and which ones there are."""

import datetime
import itertools
from collections.abc import Iterator
from pathlib import Path

from tutor.progress.opening import log_of, size_of

DAMAGED, LOOKED_INTO = "damaged", "old"
"""Words in the names of files that were set aside: first the one, after a repair the other."""


def set_aside(path: Path) -> list[Path]:
    """Files that were set aside beside the journal at `path`, and not looked into since."""
    return [one for one in _called_damaged(path) if not _is_mere_name(one, path)]


def forget_mere_names(path: Path) -> None:
    """Drop second names of the journal itself, which a repair that was cut short left behind."""
    for one in _called_damaged(path):
        if _is_mere_name(one, path):
            one.unlink()


def name_aside(path: Path, now: datetime.datetime) -> Path:
    """A name that no file has yet."""
    stamp = now.strftime("%Y%m%d-%H%M%S")
    names = (f"{path.stem}-{DAMAGED}-{stamp}{more}" for more in _numbered())
    free = (path.with_name(name + path.suffix) for name in names)
    return next(aside for aside in free if not aside.exists() and not looked_into(aside).exists())


def _numbered() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in itertools.count(2))


def looked_into(aside: Path) -> Path:
    """Its name after a repair has taken back what reads in it."""
    return aside.with_name(aside.name.replace(f"-{DAMAGED}-", f"-{LOOKED_INTO}-"))


def _called_damaged(path: Path) -> list[Path]:
    path = path.resolve()
    if not path.parent.is_dir():
        return []
    return sorted(path.parent.glob(f"{path.stem}-{DAMAGED}-*{path.suffix}"))


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file."""
    return one.exists() and other.exists() and one.samefile(other)


def _is_mere_name(one: Path, path: Path) -> bool:
    """Tell whether this is the journal itself: a second name, from a repair that was cut short."""
    return is_same(one, path) and not size_of(log_of(one))


def _forget_mere_names(path: Path) -> None:
    for one in _called_damaged(path):
        if _is_mere_name(one, path):
            one.unlink()
