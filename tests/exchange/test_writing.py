"""An export is a file of its own, or the screen; it never takes another's place."""

from pathlib import Path

import pytest

from tutor.errors import FileError
from tutor.exchange.writing import check_free, write_text


def test_a_text_for_the_screen_is_shown_beside_a_file_named_dash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").touch()
    check_free(Path("-"), force=False)
    write_text(Path("-"), "all of it", force=False)
    assert capsys.readouterr().out == "all of it"


def test_even_by_force_a_link_is_not_replaced(tmp_path: Path) -> None:
    link, precious = tmp_path / "link.csv", tmp_path / "precious"
    precious.write_text("kept", encoding="utf-8")
    link.symlink_to(precious)  # as /dev/stdout is, which an administrator could lose
    with pytest.raises(FileError, match="is a link"):
        write_text(link, "new", force=True)
    assert link.is_symlink()
    assert precious.read_text(encoding="utf-8") == "kept"


def test_even_by_force_a_device_is_not_replaced() -> None:
    with pytest.raises(FileError, match="device"):
        check_free(Path("/dev/null"), force=True)
