"""Archives and folders that mean harm, each with a word that its refusal must say."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

BREAD = Path(__file__).parents[1] / "courses" / "bread"
LINK = 0o120777 << 16


def good() -> dict[str, bytes]:
    """A whole course by file name."""
    return {path.name: path.read_bytes() for path in BREAD.glob("*.yaml")}


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these names and bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_entry(name: str, data: bytes = b"x", mode: int = 0) -> bytes:
    """A whole course and one more entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for known, content in good().items():
            archive.writestr(known, content)
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode
        archive.writestr(entry, data)
    return out.getvalue()


def with_lesson(data: bytes) -> bytes:
    """A course whose lesson is replaced."""
    return packed({**good(), "dough.yaml": data})


@cache
def bomb() -> bytes:
    """A gigabyte of one letter in a lesson."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in good().items():
            if name != "dough.yaml":
                archive.writestr(name, content)
        with archive.open("dough.yaml", "w") as lesson:
            lesson.write(b"id: dough\ntitle: ")
            for _ in range(1_000):
                lesson.write(b"a" * 1_000_000)
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, with a header that says that it is small."""
    data = bytearray(bomb())
    size = struct.pack("<I", 1_000_000_000 + 17)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def many_entries() -> bytes:
    """Half a million names."""
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 40_000_000, 0, 0)
    return b"PK\x01\x02" + b"\0" * 40_000_000 + end


def of_one_name_twice() -> bytes:
    """Two lessons of one name, of which readers would see one or the other."""
    return with_entry("xough.yaml").replace(b"xough.yaml", b"dough.yaml")


def of_two_ends() -> bytes:
    """An archive that two readers would read in two ways."""
    whole = packed(good())
    return whole + whole


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a name that climbs": (lambda: with_entry("../../escaped.yaml"), "leads out of the folder"),
    "an absolute name": (lambda: with_entry("/tmp/escaped.yaml"), "leads out of the folder"),
    "a drive": (lambda: with_entry("C:/escaped.yaml"), "leads out of the folder"),
    "a backslash": (lambda: with_entry("..\\escaped.yaml"), "leads out of the folder"),
    "a link": (lambda: with_entry("link.yaml", b"/etc/passwd", LINK), "a link or a device"),
    "a pipe": (lambda: with_entry("pipe.yaml", b"", 0o010644 << 16), "a link or a device"),
    "a name of signs": (lambda: with_entry("a\x1b[2Jb.yaml"), "no plain name"),
    "a name twice": (of_one_name_twice, "stands there twice"),
    "a bomb": (bomb, "larger than 1,000,000 bytes"),
    "a bomb that lies": (lying_bomb, "refused"),
    "many entries": (many_entries, "lists 65,535 files"),
    "two ends": (of_two_ends, "unusual form"),
    "a rare compression": (lambda: packed(good(), zipfile.ZIP_LZMA), "of a rare kind"),
    "no course": (lambda: packed({"a.yaml": b"x"}), "holds no course.yaml"),
    "two courses": (
        lambda: packed({"a/course.yaml": b"x", "b/course.yaml": b"x"}),
        "holds several courses",
    ),
    "a file that is missing": (
        lambda: packed({"course.yaml": good()["course.yaml"]}),
        "does not hold 'dough.yaml'",
    ),
    "no zip file": (lambda: b"no zip file at all", "cannot be read as a zip file"),
    "half a zip file": (lambda: packed(good())[:-30], "cannot be read as a zip file"),
    "a thousand levels": (
        lambda: with_lesson(b"id: " + b"[" * 1_000 + b"]" * 1_000),
        "maximum nesting depth",
    ),
    "a million levels": (lambda: with_lesson(b"[" * 999_000), "maximum nesting depth"),
    "a megabyte of levels in blocks": (lambda: with_lesson(b"- " * 499_000), "nested more than"),
    "a word of a megabyte": (lambda: with_lesson(b"id: " + b"a" * 990_000), "at most 64 allowed"),
    "an alias": (lambda: with_lesson(b"id: &a dough\ntitle: *a"), "anchor &a"),
    "an escape sequence": (
        lambda: with_lesson(b'id: dough\ntitle: "\\e[2J"'),
        "take the control character out",
    ),
    "a lesson above": (
        lambda: packed({**good(), "course.yaml": _naming("../dough.yaml")}),
        "not a plain file name",
    ),
    "a lesson elsewhere": (
        lambda: packed({**good(), "course.yaml": _naming("/etc/hostname")}),
        "not a plain file name",
    ),
    "a glossary above": (
        lambda: packed({**good(), "course.yaml": _naming("dough.yaml", "../g.yaml")}),
        "not a plain file name",
    ),
}
"""What each is called: how its bytes are made, and the reason for which it is refused."""


def _naming(lesson: str, glossary: str = "glossary.yaml") -> bytes:
    lines = ["format: 1", "id: bread", "title: t", "summary: s", f"lessons: ['{lesson}']"]
    return "\n".join([*lines, f"glossary: '{glossary}'"]).encode()


def _linked(folder: Path) -> None:
    (folder / "dough.yaml").unlink()
    (folder / "dough.yaml").symlink_to("/etc/passwd")


def _piped(folder: Path) -> None:
    (folder / "dough.yaml").unlink()
    os.mkfifo(folder / "dough.yaml")


def _endless(folder: Path) -> None:
    (folder / "course.yaml").unlink()
    (folder / "course.yaml").symlink_to("/dev/zero")


def _huge(folder: Path) -> None:
    with (folder / "dough.yaml").open("ab") as lesson:
        lesson.truncate(1_000_000_000)  # a gigabyte, and no block of it on the disk


FOLDERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a link to a secret": (_linked, "it is a link"),
    "a pipe for a lesson": (_piped, "not a regular file"),
    "an endless device": (_endless, "it is a link"),
    "a gigabyte": (_huge, "larger than 1,000,000 bytes"),
}
