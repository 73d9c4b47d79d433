"""The notebook: added to, never broken, whatever a model says and whatever the disk does."""

import datetime
import fcntl
import itertools
import os
import threading
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tutor.errors import TutorError
from tutor.providers.talk import Card, Done, Ending, Events, Request, TextDelta, Tier, user
from tutor.screen.terminal import terminal_to_text
from tutor.stage.notebook import TITLE, Entry, add_to_notebook, in_markdown
from tutor.stage.stage import Stage

AT = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
HOSTILE = [
    "```\n# not a heading\n```` still not",
    "``\x1b`\n# joined when the escape is gone\n",
    "\x1b[2J\x07\x9b31m\u202egnp.exe\r\nnext\x00",
    "<!-- never closed",
    "<script>\n~~~",
    "~~~\nopen for ever",
    "   ```text\nopen too",
    "a" * 1_000_000,
    "\ud800 half a character",
]


class Says:
    card = Card("far", "far", Tier.HOSTED)

    def __init__(self, text: str) -> None:
        self.text = text

    def stream(self, request: Request) -> Events:
        yield TextDelta(self.text)
        yield Done(Ending.STOP)


def entry(*paragraphs: str, **more: object) -> str:
    return in_markdown(Entry("Title", "demo next-token", AT, {"seed": "1"}, paragraphs, **more))  # type: ignore[arg-type]


def headings(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [b.content for a, b in itertools.pairwise(tokens) if a.type == "heading_open"]


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_that_a_model_says_breaks_the_file_or_bites(tmp_path: Path, said: str) -> None:
    path = tmp_path / "notebook.md"
    stage = Stage(terminal_to_text(), text=said)
    stage.listen(Says(said), user(said), label="It says")
    stage.note(said)  # a demo that fences nothing
    for _ in range(2):
        add_to_notebook(path, entry(*stage.transcript, text=said))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(TITLE)
    assert [h for h in headings(text) if h == "Title"] == ["Title", "Title"]
    assert not set("\x1b\x07\x9b\x00\r\u202e") & set(text)
    html = [t for t in MarkdownIt("commonmark").parse(text) if t.type == "html_block"]
    assert html == []


def test_an_entry_says_what_was_asked_of_whom_and_when(tmp_path: Path) -> None:
    stage = Stage(terminal_to_text())
    stage.listen(Says("Nairobi"), user("The capital of Kenya?"))
    said = entry(*stage.transcript, text="my own")
    for words in ("## Title", "tutor demo next-token", "2026-11-22 09:30", "seed: 1", "my own"):
        assert words in said
    assert said.index("The capital of Kenya?") < said.index("Nairobi")


def test_what_the_learner_wrote_in_the_notebook_stays(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "notebook.md"
    path.parent.mkdir()
    path.write_text("My own words, with no line's end")
    add_to_notebook(path, entry("new"))
    assert path.read_text().startswith("My own words, with no line's end\n## Title")


@pytest.mark.parametrize("has_reader", [False, True])
def test_a_pipe_for_a_notebook_is_refused_at_once_and_not_waited_for(
    tmp_path: Path, *, has_reader: bool
) -> None:
    path = tmp_path / "notebook.md"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK) if has_reader else None
    with pytest.raises(TutorError, match="it is a pipe, no file; nothing was added") as caught:
        add_to_notebook(path, entry("x"))
    assert "export TUTOR_NOTEBOOK=" in caught.value.hint
    if reader is not None:
        assert os.read(reader, 1) == b""
        os.close(reader)


def test_a_device_that_would_swallow_the_entry_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "notebook.md"
    link.symlink_to("/dev/null")
    with pytest.raises(TutorError, match="it is a device"):
        add_to_notebook(link, entry("x"))


@pytest.mark.parametrize("place", ["/proc/nowhere/notebook.md", "/dev/full", "/"])
def test_a_place_that_cannot_be_written_is_one_clear_line(place: str) -> None:
    with pytest.raises(TutorError, match="cannot be written") as caught:
        add_to_notebook(Path(place), entry("x"))
    assert "TUTOR_NOTEBOOK" in caught.value.hint


def test_two_tutors_at_once_never_write_into_each_others_entries(tmp_path: Path) -> None:
    path = tmp_path / "notebook.md"
    texts = [entry(letter * 50_000) for letter in "ab"]

    def add_ten(text: str) -> None:
        for _ in range(10):
            add_to_notebook(path, text)

    threads = [threading.Thread(target=add_ten, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = path.read_text()
    assert all(written.count(text) == 10 for text in texts)


def test_a_program_that_holds_the_notebook_for_ever_does_not_hold_the_learner(
    tmp_path: Path,
) -> None:
    path = tmp_path / "notebook.md"
    path.write_text("mine\n", "utf-8")
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        add_to_notebook(path, entry("A paragraph."))
    assert path.read_text("utf-8").startswith("mine\n")
    assert "A paragraph." in path.read_text("utf-8")
