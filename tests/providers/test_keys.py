"""Keys: found where they lie, kept from everybody else."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from tutor.errors import MissingKeyError
from tutor.providers.keys import Keys, check, clean

SECRET = "sk-Never-Show-This-1234"


class Safe:
    """A keyring of one entry."""

    def get_password(self, service: str, name: str) -> str | None:
        return f"{SECRET}-ring" if (service, name) == ("llm-tutor", "openai") else None


class LockedSafe:
    """A keyring that nobody opens."""

    def get_password(self, service: str, name: str) -> str | None:
        raise RuntimeError(service, name)


def places(tmp_path: Path, environ: Mapping[str, str] = {}, **more: object) -> Keys:
    return Keys(tmp_path / "keys", environ, **more)  # type: ignore[arg-type]


def test_the_environment_comes_before_the_keyring_and_the_keyring_before_the_file(
    tmp_path: Path,
) -> None:
    keys = places(tmp_path, {"SECOND_KEY": f"{SECRET}-env"}, keyring=Safe())
    keys.store("openai", f"{SECRET}-file")
    found = [
        keys.find("openai", ("FIRST_KEY", "SECOND_KEY")),
        keys.find("openai", ("FIRST_KEY",)),
        places(tmp_path).find("openai", ("FIRST_KEY",)),
        places(tmp_path).find("other", ("FIRST_KEY",)),
    ]
    assert [one and one.secret for one in found] == [
        f"{SECRET}-env",
        f"{SECRET}-ring",
        f"{SECRET}-file",
        None,
    ]


def test_a_locked_keyring_is_no_reason_to_fail(tmp_path: Path) -> None:
    keys = places(tmp_path, keyring=LockedSafe())
    keys.store("openai", SECRET)
    found = keys.find("openai", ())
    assert found is not None
    assert found.where == "in a file of the tutor's"


def test_nobody_else_can_read_the_file_with_the_key(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = places(tmp_path).store("openai", SECRET)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_new_key_replaces_the_old_one_and_leaves_nothing_lying_about(tmp_path: Path) -> None:
    keys = places(tmp_path)
    keys.store("openai", "old-key")
    keys.store("openai", SECRET)
    assert [path.read_text() for path in keys.folder.iterdir()] == [SECRET]


def test_a_key_that_cannot_be_kept_leaves_the_old_one(tmp_path: Path) -> None:
    keys = places(tmp_path)
    keys.file("openai").mkdir(parents=True)  # a folder in its way: nothing can replace it
    with pytest.raises(MissingKeyError) as raised:
        keys.store("openai", SECRET)
    assert SECRET not in f"{raised.value!r} {raised.value.hint} {raised.getrepr()}"
    assert [path.name for path in keys.folder.iterdir()] == ["openai.key"]


def test_a_key_file_that_others_could_read_is_closed_and_the_learner_told(tmp_path: Path) -> None:
    told: list[str] = []
    keys = places(tmp_path, tell=told.append)
    path = keys.store("openai", SECRET)
    path.chmod(0o644)
    found = keys.find("openai", ())
    assert found is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "make a new key" in " ".join(told)
    assert SECRET not in " ".join(told)


def test_a_forgotten_key_is_gone(tmp_path: Path) -> None:
    keys = places(tmp_path)
    keys.store("openai", SECRET)
    assert keys.forget("openai")
    assert not keys.forget("openai")
    assert keys.find("openai", ()) is None


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    path = places(tmp_path).store("../../evil:80", SECRET)
    assert path.parent == tmp_path / "keys"


@pytest.mark.parametrize(
    ("pasted", "secret"),
    [
        (SECRET, SECRET),
        (f"<{SECRET}>", SECRET),
        (f"  {SECRET}\n", SECRET),
        (f'"{SECRET}"', SECRET),
        (f"“{SECRET}”", SECRET),
        (f"'<{SECRET}>'\r\n", SECRET),
        (f"{SECRET[:8]}\n{SECRET[8:]}", SECRET),
        (f"Bearer {SECRET}", SECRET),
        (f'export OPENAI_API_KEY="{SECRET}"', SECRET),
        (f"HF_TOKEN={SECRET}", SECRET),
        ("YWJj_KEYZGVm==", "YWJj_KEYZGVm=="),
        (" \n", ""),
    ],
)
def test_what_is_pasted_along_with_a_key_is_taken_off_and_said_so(pasted: str, secret: str) -> None:
    assert clean(pasted) == (secret, pasted != secret)


@pytest.mark.parametrize("pasted", ["", "my-kéy", "sk-\x00", "schlüssel", "🔑"])
def test_what_cannot_be_a_key_is_refused_without_quoting_it(pasted: str) -> None:
    with pytest.raises(MissingKeyError) as raised:
        check(pasted)
    assert not pasted or pasted not in f"{raised.value} {raised.value.hint}"


def test_a_key_with_strange_signs_never_reaches_a_header_or_a_message(tmp_path: Path) -> None:
    keys = places(tmp_path, {"OPENAI_API_KEY": f"{SECRET}é"})
    with pytest.raises(MissingKeyError) as raised:
        keys.find("openai", ("OPENAI_API_KEY",))
    assert "OPENAI_API_KEY" in str(raised.value)
    assert SECRET not in f"{raised.value!r} {raised.value.hint}"


def test_a_key_does_not_show_when_it_is_printed(tmp_path: Path) -> None:
    keys = places(tmp_path, {"OPENAI_API_KEY": SECRET})
    found = keys.find("openai", ("OPENAI_API_KEY",))
    assert SECRET not in f"{found} {found!r} {keys!r} {[found]}"


def test_a_key_that_could_not_be_kept_lies_nowhere_else(tmp_path: Path) -> None:
    keys = places(tmp_path)
    keys.file("openai").mkdir(parents=True)
    with pytest.raises(MissingKeyError):
        keys.store("openai", SECRET)
    assert [path.name for path in keys.folder.iterdir()] == ["openai.key"]


def test_a_key_that_cannot_be_deleted_is_not_said_to_be(tmp_path: Path) -> None:
    keys = places(tmp_path)
    keys.file("openai").mkdir(parents=True)
    with pytest.raises(MissingKeyError, match="could not be deleted"):
        keys.forget("openai")
