"""The environment: one table, from which README, settings and `tutor doctor` take theirs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import here as tutor
from tutor.environment import DEVELOPERS, VARIABLES, Variable
from tutor.providers.presets import all_presets

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = sorted((ROOT / "tutor").rglob("*.py"))
SECRET = "sk-0123456789abcdef"
READERS = {
    "tutor/settings.py": "the one reader",
    "tutor/catalogue/recorder.py": "a program of its own, for developers",
    "tutor/tinylm/__init__.py": "sets what numpy's library reads as it is loaded",
}


def rows() -> Iterator[str]:
    """The README's table: variables that do the same share a row."""
    for does in dict.fromkeys(variable.does for variable in VARIABLES):
        names = ", ".join(f"`{one.name}`" for one in VARIABLES if one.does == does)
        yield f"| {names} | {does} |"


def test_the_readme_tells_what_each_variable_does() -> None:
    table = re.search(r"\| variable \| does \|\n\|---\|---\|\n((?:\|.*\n)+)", README)
    assert table is not None
    assert table[1].splitlines() == list(rows())


def test_what_only_developers_set_stands_in_contributing() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(variable.name in told for variable in DEVELOPERS)


def test_no_variable_is_read_that_the_table_does_not_have() -> None:
    known = {variable.name for variable in (*VARIABLES, *DEVELOPERS)}
    for path in CODE:
        named = set(re.findall(r"\bTUTOR_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8")))
        assert named <= known, path


def test_the_environment_is_read_in_one_place() -> None:
    reading = {
        path.relative_to(ROOT).as_posix()
        for path in CODE
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert reading - {name for name in reading if name.startswith("tutor/tinylm/training/")} == {
        *READERS
    }


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_doctor_shows_what_is_set_and_hides_what_is_secret(
    variable: Variable, tmp_path: Path
) -> None:
    value = SECRET if variable.secret else str(tmp_path / "own")
    said = dict(
        line.split(": ", 1)
        for line in tutor("doctor", **{variable.name: value}).stdout.splitlines()
    )
    if variable.secret:
        assert f"{variable.name} set (hidden)" in said["keys"]
        assert SECRET not in str(said)
    else:
        assert f"{variable.name}={value}" in said["settings"]
        assert variable.name not in said["keys"]


def test_doctor_says_which_keys_of_hosts_are_set_and_shows_none() -> None:
    names = [name for preset in all_presets().preset for name in preset.keys]
    done = tutor("doctor", **dict.fromkeys(names, SECRET))
    assert all(f"{name} set (hidden)" in done.stdout for name in names)
    assert SECRET not in done.stdout


def test_doctor_names_a_variable_that_does_nothing() -> None:
    said = tutor("doctor", TUTOR_NOTEBOK=SECRET).stdout
    assert "TUTOR_NOTEBOK=(no variable of ours)" in said
    assert SECRET not in said
