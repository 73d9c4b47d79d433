"""Where the stores that were added stand, and where their passwords lie."""

from pathlib import Path

import pytest

from tutor.errors import RecordsError
from tutor.records.stores import Added, Keeping, Shelf

SECRET = "from the keyring"


class Ring:
    """A keyring with one password."""

    def get_password(self, service: str, name: str) -> str | None:
        return SECRET if (service, name) == ("llm-tutor", "records/class") else None


class Locked:
    """A keyring that nobody has opened."""

    def get_password(self, service: str, name: str) -> str | None:
        raise RuntimeError("locked")


def added(kept: Keeping, name: str = "class", url: str = "https://lrs.example/xAPI") -> Added:
    return Added(name=name, url=url, user="anna", kept=kept)


def test_a_password_in_the_keyring_is_found_and_not_copied(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {}, Ring())
    assert shelf.kept_elsewhere("class") == (SECRET, "keyring")
    assert shelf.kept_elsewhere("another") is None
    assert shelf.access(added("keyring")).secret == SECRET
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize("ring", [None, Locked()])
def test_a_keyring_that_is_gone_is_said(tmp_path: Path, ring: Locked | None) -> None:
    shelf = Shelf(tmp_path, {}, ring)
    with pytest.raises(RecordsError, match="not in the system's keyring") as caught:
        shelf.access(added("keyring"))
    assert "tutor records add class https://lrs.example/xAPI" in caught.value.hint


def test_the_password_of_one_store_does_not_go_to_another(tmp_path: Path) -> None:
    """A variable is read for the stores that were added with it."""
    shelf = Shelf(tmp_path, {"TUTOR_RECORDS_SECRET": "of another"}, None)
    shelf.keep("class", "its own")
    assert shelf.access(added("file")).secret == "its own"


def test_a_password_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {}, None)
    for secret in ("with blanks ", "pässwörd", "#'\"{}"):
        shelf.keep("class", secret)
        assert shelf.access(added("file")).secret == secret


def test_a_file_that_others_could_read_is_closed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {}, None)
    shelf.keep("class", "secret")
    (file,) = (tmp_path / "secrets").iterdir()
    file.chmod(0o644)
    shelf.access(added("file"))
    assert file.stat().st_mode & 0o077 == 0


def test_a_store_added_again_stands_where_it_stood(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {}, None)
    for name in ("one", "two"):
        shelf.put(added("file", name))
    shelf.put(added("file", "one", "https://elsewhere.example"))
    assert [(store.name, store.url[8:12]) for store in shelf.all()] == [
        ("one", "else"),
        ("two", "lrs."),
    ]
    shelf.remove("one")
    assert [store.name for store in shelf.all()] == ["two"]


def test_no_password_shows_where_a_way_to_a_store_is_printed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, {"TUTOR_RECORDS_SECRET": "hush"}, None)
    assert "hush" not in repr(shelf.access(added("environment")))
