"""Under which name a learner's records go: made up once, kept beside the journal, never an e-mail.

An xAPI Agent is named by an account, a home page and a name there (Data 2.4.2.4); both together
are who it is. A second machine of the same learner must be given the same name.
"""

import re
import secrets
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tutor.errors import RecordsError
from tutor.records.iris import BASE
from tutor.writing import write_private

FILE = "learner.json"
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Without those that are taken for one another."""
LENGTH = 10
"""Characters of a made-up name: among 100,000 learners, two have the same once in 100,000 times."""
LONGEST = 100
REWRITE = 'write it anew: {"name": "…"}, with the name that your store has'
_EMAIL = re.compile(r"\S+@\S+")


class Learner(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whose records these are, as a store knows them."""

    name: str
    home_page: str = BASE
    """Whose names these are: an IRL, as a school's page."""
    notes: bool = False
    """True to let notes, reports of unclear questions and drafts go along."""
    renamed: bool = False
    """A store may hold the same events under an earlier name: they go out under other ids."""

    @property
    def agent(self) -> dict[str, Any]:
        """The actor of every statement."""
        account = {"homePage": self.home_page, "name": self.name}
        return {"objectType": "Agent", "account": account}


def made_up() -> Learner:
    """A learner under a random name that says nothing of them."""
    return Learner(name="learner-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def named(name: str, *, notes: bool = False) -> Learner:
    """A learner under a name that they chose; RecordsError for one that cannot be."""
    name = " ".join(name.split())
    hint = "choose a name or number that your teacher knows, as in: --as wren-12"
    if not name or len(name) > LONGEST:
        raise RecordsError(f"a name has 1 to {LONGEST} characters", hint=hint)
    if _EMAIL.search(name):
        raise RecordsError("an e-mail address is not sent as a name", hint=hint)
    if not name.isprintable():
        raise RecordsError("a name holds letters that cannot be seen", hint=hint)
    return Learner(name=name, notes=notes)


def kept(folder: Path) -> Learner | None:
    """The learner of this machine; None before the first."""
    file = folder / FILE
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Learner)
        named(found.name)  # who wrote the file anew may have typed an address
        return found
    except FileNotFoundError:
        return None
    except RecordsError as error:
        raise RecordsError(f"{file}: {error.message}", hint=REWRITE) from error
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordsError(f"{file}, your name in records, cannot be read", hint=REWRITE) from error


def keep(folder: Path, learner: Learner) -> None:
    """Go by this name from now on."""
    file = folder / FILE
    try:
        write_private(file, msgspec.json.encode(learner))
    except OSError as error:
        hint = "make room, or make the folder writable"
        raise RecordsError(f"{file} cannot be written: {error.strerror}", hint=hint) from error


def kept_or_made(folder: Path) -> Learner:
    """The learner of this machine, who gets a name where they have none yet."""
    learner = kept(folder)
    if learner is None:
        learner = made_up()
        keep(folder, learner)
    return learner
