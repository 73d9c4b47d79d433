"""Which stores the learner has added: a small file beside the outbox, and a secret for each."""

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from tutor.environment import RECORDS_SECRET
from tutor.errors import RecordsError, UnknownNameError
from tutor.providers.keys import SERVICE, Keyring
from tutor.records.access import Access
from tutor.writing import write_private

FILE = "stores.json"
ADD = "tutor records add NAME URL --user USER"
SECRETS = "secrets"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_READABLE_BY_OTHERS = 0o077
Keeping: TypeAlias = Literal["environment", "keyring", "file"]


class Added(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A store that the learner has added."""

    name: str
    url: str
    user: str
    kept: Keeping
    """Where its secret lies."""
    auto: bool = False
    """Sync quietly after a lesson."""


def added_in(folder: Path) -> list[Added]:
    """The stores that were added, in that order; RecordsError for a damaged file."""
    file = folder / FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Added])
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = f"delete it and add them anew: {ADD}"
        raise RecordsError(f"{file}, your record stores, cannot be read", hint=hint) from error


class Shelf:
    """The stores of a folder, and what opens them."""

    def __init__(self, folder: Path, environ: Mapping[str, str], keyring: Keyring | None) -> None:
        self._folder, self._environ, self._keyring = folder, environ, keyring

    def all(self) -> list[Added]:
        """All stores, in the order in which they were added."""
        return added_in(self._folder)

    def find(self, name: str) -> Added:
        """The store of this name; UnknownNameError for another."""
        there = self.all()
        for store in there:
            if store.name == name:
                return store
        hint = f"there is: {', '.join(one.name for one in there)}" if there else ADD
        raise UnknownNameError(f"there is no record store called {name!r}", hint=hint)

    def chosen(self, name: str) -> list[Added]:
        """The store of this name, or all; RecordsError where there is none at all."""
        found = [self.find(name)] if name else self.all()
        if not found:
            raise RecordsError("no record store was added", hint=ADD)
        return found

    def put(self, store: Added) -> None:
        """Add a store, or replace the one of its name where it stands."""
        stores = self.all()
        names = [one.name for one in stores]
        at = names.index(store.name) if store.name in names else len(stores)
        self._write([*stores[:at], store, *stores[at + 1 :]])

    def remove(self, name: str) -> None:
        """Forget a store and its secret."""
        self._write([one for one in self.all() if one.name != name])
        self.forget_secret(name)

    def forget_secret(self, name: str) -> None:
        """Delete the file of a secret, where there is one."""
        with _translated("the password could not be deleted"):
            self._file(name).unlink(missing_ok=True)

    def kept_elsewhere(self, name: str) -> tuple[str, Keeping] | None:
        """A secret that lies ready: in the environment, or in the system's keyring."""
        if secret := RECORDS_SECRET.said_in(self._environ):
            return secret, "environment"
        if secret := self._in_keyring(name):
            return secret, "keyring"
        return None

    def keep(self, name: str, secret: str) -> None:
        """Write a secret into a file of its own, for its owner only."""
        with _translated("the password could not be kept"):
            write_private(self._file(name), secret.encode())

    def access(self, store: Added) -> Access:
        """What opens a store; RecordsError where its secret is not where it was."""
        match store.kept:
            case "environment":
                secret, where = RECORDS_SECRET.said_in(self._environ), f"in {RECORDS_SECRET.name}"
            case "keyring":
                secret, where = self._in_keyring(store.name), "in the system's keyring"
            case "file":
                secret, where = self._in_file(store.name), "in its file"
        if not secret:
            hint = f"tutor records add {store.name} {store.url} --user {store.user}"
            raise RecordsError(f"the password for {store.name} is not {where}", hint=hint)
        return Access(store.url, store.user, secret)

    def _in_keyring(self, name: str) -> str:
        if self._keyring is None:
            return ""
        try:
            return self._keyring.get_password(SERVICE, f"records/{name}") or ""
        except (Exception, SystemExit):  # noqa: BLE001  its back ends raise what they like
            return ""

    def _in_file(self, name: str) -> str:
        file = self._file(name)
        with _translated("the password cannot be read"), contextlib.suppress(FileNotFoundError):
            if os.name == "posix" and file.stat().st_mode & _READABLE_BY_OTHERS:
                file.chmod(0o600)
            return file.read_text(encoding="utf-8")
        return ""

    def _file(self, name: str) -> Path:
        return self._folder / SECRETS / name

    def _write(self, stores: list[Added]) -> None:
        with _translated("the list of your record stores cannot be written"):
            write_private(self._folder / FILE, msgspec.json.format(msgspec.json.encode(stores)))


def check_name(name: str) -> None:
    """Raise RecordsError for a name that would not do as the name of a file."""
    if not _NAME.fullmatch(name):
        hint = "use letters, digits, dots and hyphens, as in: tutor records add class URL --user U"
        raise RecordsError(f"{name!r} cannot be the name of a store", hint=hint)


def check_user(user: str) -> None:
    """Raise RecordsError for a user that a password cannot follow (RFC 7617)."""
    if not user or ":" in user or not user.isprintable():
        raise RecordsError("a user's name has no colon and at least one letter", hint=ADD)


@contextlib.contextmanager
def _translated(message: str) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", "") or "it holds no text"
        raise RecordsError(f"{message}: {why}", hint="check the folder of the tutor") from error
