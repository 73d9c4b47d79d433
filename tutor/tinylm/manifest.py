"""What lies in `weights/`: `about.json`, one entry for each file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

LIMIT = 16_000_000
"""Bytes that all shipped files may take together."""
NAME = "about.json"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the packed weights and the original have the same likeliest token."""

    share: float
    positions: int
    original: str
    """"F32", or "F16" where the training kept no more."""


@dataclass(frozen=True, slots=True)
class File:
    """A shipped file. `tokens` and `seconds` are those of its training, `loss` is in nats."""

    bytes: int
    sha256: str
    stored: str | None = None
    parameters: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    loss: float | None = None
    steps: int | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files but this one, by their path below `weights/`, and the edition of their world."""

    date: str
    bytes: int
    files: dict[str, File]
    edition: int = 2


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(weights: Path) -> Manifest:
    """The manifest of a folder; OSError if there is none, msgspec.DecodeError if it is not one."""
    return msgspec.json.decode((weights / NAME).read_bytes(), type=Manifest)


def checked(weights: Path) -> tuple[int, list[str]]:
    """How many files there should be, and which are missing or other than they were.

    OSError or ValueError where the manifest itself cannot be read.
    """
    try:
        made = read(weights)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    return len(made.files), [
        name for name, file in made.files.items() if not is_same(weights / name, file)
    ]


def is_same(path: Path, file: File) -> bool:
    """Whether a file is the one that was measured."""
    return path.is_file() and digest(path) == file.sha256


def write(manifest: Manifest, weights: Path) -> None:
    """Write the manifest of a folder, without what is not known."""
    known = msgspec.json.encode(without_none(msgspec.to_builtins(manifest)))
    (weights / NAME).write_bytes(msgspec.json.format(known, indent=1) + b"\n")


def without_none(value: object) -> object:
    """The same JSON without the entries that hold nothing."""
    if not isinstance(value, dict):
        return value
    return {name: without_none(part) for name, part in value.items() if part is not None}
