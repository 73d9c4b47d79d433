"""A text of the learner's own: from a file of any kind to pages, or to a clear answer why not."""

import codecs
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import TutorError

MOST_BYTES = 2_000_000
"""More than can be read once in a minute."""
LEAST_CHARACTERS = 2_000
PAGE, SHORTEST_PAGE, LEAST_PAGES = 1_000, 100, 20
"""Characters of a page; a short text is cut into shorter ones, so that some can be kept back."""
MOST_CONTROLS = 0.002
"""The share of characters that are no text, above which a file is taken for something else."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text to learn from, and what had to be done to read it, in sentences."""

    text: str
    notes: tuple[str, ...] = ()


def read_own_text(path: Path) -> OwnText:
    """The text of a file, or as much of it as can be learned from; TutorError if it is none."""
    data, size = _beginning_of(path)
    if not data.strip():
        raise _refused(path, "is empty", "put some text in it")
    text, notes = _decoded(data, path, cut=size > len(data))
    if size > len(data):
        said = f"It has {size:,} bytes. The first {len(data):,} are read: the time allows no more."
        notes = (said, *notes)
    if len(text) < LEAST_CHARACTERS:
        counted = "1 character" if len(text) == 1 else f"{len(text):,} characters"
        said = f"has {counted}, and that is too little to learn from"
        raise _refused(path, said, f"{LEAST_CHARACTERS:,} are the least; a long story is better")
    return OwnText(text, notes)


def _beginning_of(path: Path) -> tuple[bytes, int]:
    """The first bytes of a file, and how many it has in all."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, f"is {_kind(found.st_mode)}", _instead(path, found.st_mode))
        with path.open("rb") as file:
            return file.read(MOST_BYTES), found.st_size
    except FileNotFoundError as error:
        hint = "look at the name again, or type only: tutor train"
        raise TutorError(f"there is no file {path}", hint=hint) from error
    except PermissionError as error:
        said = "may not be read by you"
        raise _refused(path, said, f"let yourself read it: chmod u+r {path}") from error
    except (OSError, ValueError) as error:
        raise _refused(path, f"cannot be read: {error}", "choose another file") from error


def _refused(path: Path, said: str, hint: str) -> TutorError:
    return TutorError(f"{path} {said}", hint=hint)


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder, no file"
    return "a pipe, no file" if stat.S_ISFIFO(mode) else "a device or a socket, no file"


def _instead(path: Path, mode: int) -> str:
    if stat.S_ISDIR(mode):
        return f"name a file in it, or join some: cat {path}/*.txt > all.txt; tutor train all.txt"
    return "write what comes out of it into a file, and train on that"


def _decoded(data: bytes, path: Path, *, cut: bool) -> tuple[str, tuple[str, ...]]:
    """The text and what was done; UTF-8 unless a mark or an impossible byte says otherwise."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    notes: tuple[str, ...] = ()
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        notes = ("It is no UTF-8, and is read as an old Western text; odd signs may be wrong.",)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if sum(map(_is_no_text, text)) > MOST_CONTROLS * len(text):
        hint = (
            "a model learns from plain text: save it as .txt first (a PDF or a Word file is none)"
        )
        raise _refused(path, "is no text: it holds bytes that no text holds", hint)
    return text, notes


def _is_no_text(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" and sign not in "\n\t"


def pages_of(text: str) -> list[str]:
    """The text cut into pages: at line ends, else between words, else anywhere."""
    size = max(SHORTEST_PAGE, min(PAGE, len(text) // LEAST_PAGES))
    pages, start = [], 0
    while start < len(text):
        end = _end_of_page(text, start, size)
        pages.append(text[start:end])
        start = end
    return [page for page in pages if page.strip()]


def _end_of_page(text: str, start: int, size: int) -> int:
    if start + size >= len(text):
        return len(text)
    half = start + size // 2
    at = max(text.rfind("\n", half, start + size), -1)
    if at < 0:
        at = text.rfind(" ", half, start + size)
    return at + 1 if at >= 0 else start + size
