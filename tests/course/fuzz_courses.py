"""Courses broken at random, in folders and archives: `python -m tests.course.fuzz_courses`."""

import random
import shutil
import time
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from tests.course.fuzz import broken, run
from tutor.course.intake import is_plain
from tutor.course.reading import read_course
from tutor.course.shelf import add_course
from tutor.errors import CourseError

COURSES = Path(__file__).parents[1] / "courses"
SECONDS = 5.0
NAMES = (
    *(
        "../up.yaml",
        "/abs.yaml",
        "C:\\x.yaml",
        "a/b/c.yaml",
        "a//b.yaml",
        ".hidden",
        "x\x1b[2J.yaml",
    ),
    *("course.yaml", "bread/course.yaml", "dough.yaml/", "é.yaml", "\u202egnp.yaml", "a\0b", "con"),
)
MODES = (0, 0o100644 << 16, 0o120777 << 16, 0o010644 << 16, 0o040755 << 16, 0xFFFFFFFF)


def files_of(rng: random.Random) -> dict[str, bytes]:
    """A course's files, mostly with one of them broken."""
    folder = COURSES / rng.choice(("bread", "short"))
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    if rng.random() < 0.7:
        name = rng.choice(sorted(files))
        files[name] = broken(files[name], rng)
    if rng.random() < 0.1:
        del files[rng.choice(sorted(files))]
    return files


def archive(rng: random.Random) -> bytes:
    """A zip file of a course: odd entries put in, bytes changed, an end cut off."""
    out = BytesIO()
    top = rng.choice(("", "", "bread-main/", "a/b/"))
    with zipfile.ZipFile(
        out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as packed:
        for name, data in files_of(rng).items():
            packed.writestr(top + name, data)
        if rng.random() < 0.3:
            entry = zipfile.ZipInfo("x")
            entry.filename = rng.choice(NAMES)
            entry.external_attr = rng.choice(MODES)
            packed.NameToInfo.pop(entry.filename, None)  # a name twice is allowed here
            packed.writestr(entry, b"id: x")
    return _spoilt(out.getvalue(), rng)


def _spoilt(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((0, 0, 1, 3))):
        at = rng.randrange(len(data))
        # most of an archive is text; what matters more stands at its end
        at = rng.choice((at, len(data) - 1 - min(at, 400) % len(data)))
        data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    return data[: rng.randrange(len(data))] if rng.random() < 0.05 else data


def folder_in(place: Path, rng: random.Random) -> Path:
    """A course's folder; sometimes with a link or a folder for a file."""
    folder = place / "source"
    folder.mkdir()
    for name, data in files_of(rng).items():
        (folder / name).write_bytes(data)
    if rng.random() < 0.2:
        victim = rng.choice(sorted(folder.iterdir()))
        victim.unlink()
        if rng.random() < 0.5:
            victim.symlink_to(place / "secret")
        else:
            victim.mkdir()
    return folder


def try_course(place: Path, rng: random.Random) -> str:
    """Add a broken course; a word on how it went. Raises AssertionError."""
    (place / "secret").write_text("id: secret\n")
    if rng.random() < 0.6:
        source = place / "source.zip"
        source.write_bytes(archive(rng))
    else:
        source = folder_in(place, rng)
    before, started = everything(place), time.process_time()
    shelf = place / "shelf"
    outcome = _added(source, shelf)
    outside = {name for name in everything(place) - before if not name.startswith("shelf")}
    assert not outside, outside
    assert time.process_time() - started < SECONDS, "too slow"
    return outcome


def _added(source: Path, shelf: Path) -> str:
    """Add it, and hold what came of it against what must hold."""
    told = None
    try:
        added = add_course(source, shelf)
    except CourseError as error:
        told = error
    if told is not None:
        assert told.message, "without a reason"
        assert told.hint, "without a hint"
        assert "\x1b" not in told.message, "draws"
        assert not list(shelf.glob("*")), "leaves something"
        return "refused"
    course = shelf / added.name
    assert all(is_plain(path.name) and not path.is_symlink() for path in course.iterdir())
    assert read_course(course).id != "secret"
    return "added"


def everything(place: Path) -> set[str]:
    """The names of all that is there."""
    return {str(path.relative_to(place)) for path in place.rglob("*")}


def try_many(count: int, seed: int, place: Path) -> Counter[str]:
    """Break and add `count` courses; how many were refused and how many added."""
    outcomes: Counter[str] = Counter()
    for number in range(count):
        here = place / "course"
        here.mkdir()
        try:
            outcomes[try_course(here, random.Random(f"{seed}/{number}"))] += 1
        except Exception as error:
            error.add_note(f"seed {seed}, course {number}")
            raise
        shutil.rmtree(here)
    return outcomes


if __name__ == "__main__":
    run(__doc__, try_many)
