"""A stranger's course, from a folder or a zip file: its named files and no others, within bounds.

Nothing is unpacked as it stands: each file that course.yaml names is read for itself, up to the
most that a lesson may hold, and whatever could point elsewhere is refused with the reason.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn, Protocol

from tutor.course.files import read_at_most
from tutor.course.tree import MAX_BYTES
from tutor.errors import CourseError

SYLLABUS = "course.yaml"
MOST_IN_ALL = 100_000_000
"""Bytes of all files of a course together."""
MOST_PACKED = 50_000_000
MOST_ENTRIES = 20_000
MOST_OF_A_DIRECTORY = 4_000_000
"""Bytes of the list of files in an archive, all of which is held in memory."""

_PLAIN = re.compile(r"[^/\\:*?\"<>|\x00-\x1f\x7f]+")
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_BYTES, _COMMENT_BYTES, _LOCATOR_BYTES = 22, 65_535, 20
_FLAG_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(EOFError, ValueError, OverflowError),
)


class Bearer(Protocol):
    """What has a course in it."""

    def read(self, name: str) -> bytes:
        """The bytes of one file beside course.yaml; raises CourseError."""


def refuse(what: object, why: str, hint: str) -> NoReturn:
    """Raise CourseError."""
    raise CourseError(f"{what} is refused: {why}", hint=hint)


def is_plain(name: str) -> bool:
    """Tell whether a name is that of a file right here, on any system."""
    return bool(_PLAIN.fullmatch(name)) and name.isprintable() and name.strip(". ") == name


class Folder:
    """A course in a folder; links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes:
        """Read one file of it."""
        path = self._folder / name
        try:
            if stat.S_ISLNK(path.lstat().st_mode):
                refuse(path, "it is a link", "put the file itself there")
            data = read_at_most(path, MAX_BYTES)
        except OSError as error:
            hint = "name the folder that holds course.yaml and its lessons"
            raise CourseError(f"{path}: {error.strerror}", hint=hint) from error
        return _bounded(path, data)


class Archive:
    """A course in a zip file, at its top or in the one folder there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._open()
        except OSError as error:
            hint = "check the name and its permissions"
            raise CourseError(f"{file}: {error.strerror or error}", hint=hint) from error
        except _BROKEN as error:
            self._damaged(error)

    def _open(self) -> None:
        _check_directory(self._file)
        self._zip = zipfile.ZipFile(self._file)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            why = _why_not(entry)
            if why or entry.filename in self._entries:
                self._refuse(entry.orig_filename, why or "it stands there twice")
            self._entries[entry.filename] = entry
        tops = [name for name in self._entries if name.rpartition("/")[2] == SYLLABUS]
        near = [name for name in tops if name.count("/") <= 1]
        if len(near) != 1:
            why = "it holds no course.yaml" if not near else "it holds several courses"
            refuse(self._file, why, "pack one folder: course.yaml and its lessons")
        self._top = near[0].removesuffix(SYLLABUS)

    def _refuse(self, name: str, why: str) -> NoReturn:
        hint = "ask whoever packed it for an archive of plain files"
        refuse(self._file, f"of {name[:80]!a} in it, {why}", hint)

    def _damaged(self, error: Exception) -> NoReturn:
        why = "it cannot be read as a zip file"
        hint = "fetch or pack it once more"
        raise CourseError(f"{self._file} is refused: {why}", hint=hint) from error

    def read(self, name: str) -> bytes:
        """Read one file of it, whatever its header says of its size."""
        entry = self._entries.get(self._top + name)
        if entry is None:
            refuse(
                self._file, f"it does not hold {name!a}", "pack every file that course.yaml names"
            )
        try:
            with self._zip.open(entry) as opened:
                data = opened.read(MAX_BYTES + 1)
        except (*_BROKEN, OSError) as error:
            self._damaged(error)
        return _bounded(f"{self._file}/{name}", data)


def _bounded(what: object, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        refuse(what, f"larger than {MAX_BYTES:,} bytes", "split it into several lessons")
    return data


def _check_directory(file: Path) -> None:
    """Look at the end of a zip file before its list of files is read into memory.

    PKWARE's application note, 4.3.16: the end of the central directory. There must be one end
    only, so that zipfile finds the same.
    """
    tail = _tail(file)
    at = tail.find(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise zipfile.BadZipFile
    if tail.count(_END) > 1 or _END_64 in tail:
        refuse(file, "its list of files is of an unusual form", "pack it with a common zip program")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > MOST_ENTRIES or size > MOST_OF_A_DIRECTORY:
        refuse(file, f"it lists {entries:,} files", f"pack at most {MOST_ENTRIES:,}")


def _tail(file: Path) -> bytes:
    size = file.stat().st_size
    if not file.is_file():
        refuse(file, "it is neither a folder nor a file", "name a folder or a zip file")
    if size > MOST_PACKED:
        refuse(file, f"larger than {MOST_PACKED:,} bytes", "pack the lessons alone")
    with file.open("rb") as opened:
        opened.seek(max(0, size - _END_BYTES - _COMMENT_BYTES - _LOCATOR_BYTES))
        return opened.read()


def _why_not(entry: zipfile.ZipInfo) -> str:
    """What is wrong with an entry of an archive; empty for nothing."""
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a link or a device"
    if ".." in parts or name.startswith("/") or "\\" in name or name[1:2] == ":":
        return "its name leads out of the folder"
    if "" in parts or "." in parts or not name.isprintable():
        return "its name is no plain name"
    if entry.flag_bits & _FLAG_ENCRYPTED:
        return "it is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "its compression is of a rare kind"
    return ""


def opened(source: Path) -> Bearer:
    """What is to be read at `source`; raises CourseError."""
    return Folder(source) if source.is_dir() else Archive(source)


def take(bearer: Bearer, names: Iterator[str], into: Path) -> None:
    """Copy the named files into a folder; raises CourseError."""
    whole = 0
    for name in names:
        if not is_plain(name):
            refuse(f"{name!a}", "it is not a plain file name", "name a file beside course.yaml")
        data = bearer.read(name)
        whole += len(data)
        if whole > MOST_IN_ALL:
            refuse("this course", f"larger than {MOST_IN_ALL:,} bytes", "make two courses of it")
        (into / name).write_bytes(data)
