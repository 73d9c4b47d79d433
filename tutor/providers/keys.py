"""Keys of hosts: where they may lie, and how they are kept out of everything that is shown."""

import contextlib
import importlib
import importlib.util
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tutor.errors import MissingKeyError
from tutor.writing import write_private

SERVICE = "llm-tutor"
"""As in: keyring set llm-tutor NAME."""
_AROUND = " \t\r\n<>\"'`“”‘’«»"
_BEFORE = re.compile(r"(export\s+|set\s+)?[A-Z][A-Z0-9_]*_(KEY|TOKEN)\s*=|bearer\s", re.IGNORECASE)
_A_KEY = re.compile(r"[!-~]+")
_READABLE_BY_OTHERS = 0o077

Tell = Callable[[str], None]
"""Say something to the learner, beside whatever is shown."""


class Keyring(Protocol):
    """The system's own safe for passwords, as far as we need it."""

    def get_password(self, service: str, name: str) -> str | None:
        """The password, None if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class HostKey:
    """A key and where it was found; the key itself never shows."""

    secret: str = field(repr=False)
    where: str

    def __str__(self) -> str:
        return f"a key, {self.where}"


@dataclass(frozen=True, slots=True)
class Keys:
    """Where keys may lie, the first place first: environment, keyring, file."""

    folder: Path
    environ: Mapping[str, str] = field(repr=False)
    keyring: Keyring | None = None
    tell: Tell = lambda _note: None

    def find(self, name: str, variables: Sequence[str]) -> HostKey | None:
        """The key for `name`, None if there is none; MissingKeyError if it cannot be used."""
        for variable in variables:
            if found := _cleaned(self.environ.get(variable, ""), f"in {variable}"):
                return found
        if self.keyring is not None and (found := self._in_keyring(self.keyring, name)):
            return found
        return self._in_file(name)

    def _in_keyring(self, keyring: Keyring, name: str) -> HostKey | None:
        try:
            secret = keyring.get_password(SERVICE, name)
        except (Exception, SystemExit):  # noqa: BLE001  its back ends raise what they like
            return None
        return _cleaned(secret or "", "in the system's keyring")

    def _in_file(self, name: str) -> HostKey | None:
        path = self.file(name)
        try:
            if _mend_permissions(path):
                self.tell(f"others on this machine could read the file with the key for {name}.")
                self.tell("That is mended (mode 600). If they may have read it, make a new key.")
            return _cleaned(path.read_text(encoding="utf-8"), "in a file of the tutor's")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError):
            raise MissingKeyError(
                f"The file with the key for {name} cannot be read.",
                hint=f"write it anew: tutor model key {name}",
            ) from None

    def file(self, name: str) -> Path:
        """Where the key for `name` is kept."""
        return self.folder / (re.sub(r"[^A-Za-z0-9.-]", "_", name) + ".key")

    def store(self, name: str, secret: str) -> Path:
        """Write the key for `name` into its file, whole or not at all, for its owner only."""
        path = self.file(name)
        try:
            write_private(path, secret.encode())
        except OSError as error:
            raise self._failed("kept", error) from None
        return path

    def forget(self, name: str) -> bool:
        """Remove the file with the key for `name`; tell whether there was one."""
        try:
            self.file(name).unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._failed("deleted", error) from None
        return True

    def _failed(self, wanted: str, error: OSError) -> MissingKeyError:
        said = f"The key could not be {wanted}: {error.strerror}."
        return MissingKeyError(said, hint=f"check the folder {self.folder}")


def system_keyring() -> Keyring | None:
    """The system's keyring, where the package `keyring` is installed."""
    if importlib.util.find_spec("keyring") is None:
        return None
    with contextlib.suppress(Exception):
        keyring: Keyring = importlib.import_module("keyring")
        return keyring
    return None


def clean(pasted: str) -> tuple[str, bool]:
    """A pasted key without what came along with it, and whether anything did."""
    secret = pasted.strip(_AROUND)
    if before := _BEFORE.match(secret):
        secret = secret[before.end() :]
    secret = re.sub(r"\s", "", secret.strip(_AROUND))
    return secret, secret != pasted


def check(secret: str) -> None:
    """Raise MissingKeyError unless this can stand in a header; the error never quotes it."""
    if not secret:
        raise MissingKeyError("Nothing was pasted.", hint="copy the key and try again")
    if not _A_KEY.fullmatch(secret):
        raise MissingKeyError(
            "A key has only letters, digits and plain signs; this text has others.",
            hint="copy the key again, all of it and nothing else",
        )


def _cleaned(pasted: str, where: str) -> HostKey | None:
    secret, _changed = clean(pasted)
    if not secret:
        return None
    if not _A_KEY.fullmatch(secret):
        raise MissingKeyError(
            f"The key {where} has characters that no key has.",
            hint="copy it again, all of it and nothing else",
        )
    return HostKey(secret, where)


def _mend_permissions(path: Path) -> bool:
    """Close a key file that others can read; tell whether it was open."""
    if os.name != "posix" or not path.stat().st_mode & _READABLE_BY_OTHERS:
        return False
    if path.is_symlink():  # what it leads to is somebody else's to close
        return False
    path.chmod(0o600)
    return True
