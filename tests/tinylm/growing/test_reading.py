"""Whatever a learner names, they get a text or a clear answer."""

import os
from pathlib import Path

import pytest

from tutor.errors import TutorError
from tutor.tinylm.growing.book import bind
from tutor.tinylm.growing.reading import (
    LEAST_CHARACTERS,
    MOST_BYTES,
    pages_of,
    read_own_text,
)

STORY = "An owl sat in a tree. It ate a mouse, and then it slept until the moon came up.\n" * 40


def written(folder: Path, data: bytes) -> Path:
    path = folder / "mine.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\n\t ", "is empty"),
        (b"a", "has 1 character,"),
        (b"too short", f"{LEAST_CHARACTERS:,}"),
        (bytes(range(256)) * 40, "is no text"),
        (b"\x7fELF\x00\x00\x01" * 4000, "is no text"),
        (b"%PDF-1.7\n\x00\x80\xff stream" * 4000, "is no text"),
        (b"\x01\x02\x03\x04" * 4000, "is no text"),
    ],
    ids=["empty", "blank", "one character", "short", "bytes", "program", "PDF", "controls"],
)
def test_what_cannot_be_learned_from_is_refused_with_a_way_on(
    tmp_path: Path, data: bytes, said: str
) -> None:
    with pytest.raises(TutorError) as caught:
        read_own_text(written(tmp_path, data))
    assert said in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.hint


def test_a_folder_a_pipe_and_a_name_that_is_none_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "is a pipe"),
        (Path("/dev/zero"), "is a device"),
        (tmp_path / "nowhere.txt", "there is no file"),
        (tmp_path / ("n" * 300), "cannot be read"),
    ):
        with pytest.raises(TutorError) as caught:
            read_own_text(path)
        assert said in caught.value.message


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (STORY, "utf-8"),
        (STORY, "utf-8-sig"),
        (STORY, "utf-16"),
        ("床前明月光，疑是地上霜。举头望明月，低头思故乡。\n" * 100, "utf-8"),
        ("Ein Käuzchen saß im Baum, süß und müde.\n" * 80, "cp1252"),
        ("def f(x):\n\treturn x\n" * 200, "ascii"),
    ],
)
def test_texts_of_any_language_and_any_usual_encoding_are_read(
    tmp_path: Path, text: str, encoding: str
) -> None:
    read = read_own_text(written(tmp_path, text.encode(encoding)))
    assert read.text == text
    assert bool(read.notes) == (encoding == "cp1252")
    assert "".join(pages_of(read.text)) == text


def test_of_a_huge_file_the_beginning_is_read_and_that_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    with path.open("r+b") as file:
        file.write(("é" + STORY * (MOST_BYTES // len(STORY) + 1)).encode()[:-1])
        file.truncate(100_000_000)  # what is behind takes no room on the disk, and is not looked at
    read = read_own_text(path)
    assert len(read.text.encode()) <= MOST_BYTES
    assert "100,000,000 bytes" in read.notes[0]


def test_windows_line_ends_are_line_ends(tmp_path: Path) -> None:
    assert read_own_text(written(tmp_path, STORY.replace("\n", "\r\n").encode())).text == STORY


@pytest.mark.parametrize("text", ["x" * 30_000, "word " * 6_000, "line\n" * 6_000, STORY])
def test_pages_end_where_a_text_may_be_cut_and_lose_nothing(text: str) -> None:
    pages = pages_of(text)
    assert "".join(pages) == text
    assert len(pages) >= 20
    assert max(map(len, pages)) <= 1_000
    if " " in text or "\n" in text:
        assert all(page.endswith((" ", "\n")) for page in pages)


def test_a_text_of_one_sign_alone_can_be_bound() -> None:
    book = bind(pages_of("a" * 5_000))
    assert len(book.held_out) > 1
