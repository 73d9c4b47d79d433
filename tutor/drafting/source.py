"""The text that a draft rests on: its passages, and the sentence that a quote is from."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.course.files import read_at_most
from tutor.errors import FileError
from tutor.screen.streaming import harmless

MOST_BYTES = 200_000
MOST_PASSAGES = 60
"""More is no lesson; and each passage is a call that may cost money."""
SHORTEST, LONGEST = 120, 1_200
"""Letters of a passage: shorter paragraphs are read with the next, longer ones are cut."""
FEWEST_WORDS = 4
"""Words that a quote must have, unless it is a whole sentence: "of the" is in every text."""
MOST_QUOTED = 3
"""Sentences that one quote may run over."""
UNREADABLE = "\ufffd"
_PARAGRAPH = re.compile(r"\n\s*\n")
_HEADING = re.compile(r"#{1,6}\s+(\S.*)")
_SENTENCE = re.compile(r"""(?:(?<=[.!?…])|(?<=[.!?…]["'”’)\]]))\s+(?=["'“‘(\[]*[^\W_a-z])""")
_SIGNS = str.maketrans("“”„‘’‚–—‑", "\"\"\"'''---")


@dataclass(frozen=True)
class Passage:
    """A part of a source that is read at one go."""

    text: str
    section: str = ""
    """The heading above it, where it is the first below one."""


def read_source(name: str) -> str:
    """The text of a file, or of standard input for "-"; raises FileError."""
    try:
        data = _standard_input() if name == "-" else read_at_most(Path(name), MOST_BYTES)
    except OSError as error:
        hint = "give a text file, or - for what is piped in"
        raise FileError(f"{name}: {error.strerror or error}", hint=hint) from error
    if len(data) > MOST_BYTES:
        raise FileError(f"{name} is larger than {MOST_BYTES:,} bytes", hint="give a part of it")
    if b"\0" in data:
        hint = "copy its text into a file that ends in .txt or .md"
        raise FileError(f"{name} is no text", hint=hint)
    return harmless(data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"))


def unreadable(text: str) -> int:
    """Letters of a source that were not UTF-8, and stand in no draft as they were written."""
    return text.count(UNREADABLE)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def passages(text: str) -> list[Passage]:
    """A source in passages; raises FileError where there are none, or too many for a lesson."""
    found = list(_cut(_joined(_paragraphs(text))))
    if not found:
        raise FileError("the text has no words", hint="give one with some paragraphs")
    if len(found) > MOST_PASSAGES:
        hint = f"a lesson takes {MOST_PASSAGES} at most: give a part of it"
        raise FileError(f"the text has {len(found)} passages", hint=hint)
    return found


def _paragraphs(text: str) -> Iterator[Passage]:
    section = ""
    for block in _PARAGRAPH.split(text.strip()):
        heading = _HEADING.match(block.strip())
        rest = block.strip()[heading.end() :] if heading else block
        section = _one_line(heading[1]).rstrip("# ") if heading else section
        if words := _one_line(rest):
            yield Passage(words, section)
            section = ""


def _joined(paragraphs: Iterator[Passage]) -> Iterator[Passage]:
    """Paragraphs that are too short for themselves, with the next one of their section."""
    held: Passage | None = None
    for one in paragraphs:
        if held and not one.section and len(held.text) < SHORTEST:
            held = Passage(f"{held.text} {one.text}", held.section)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _cut(found: Iterator[Passage]) -> Iterator[Passage]:
    """Passages that are too long, cut between sentences."""
    for one in found:
        section, held = one.section, ""
        for sentence in sentences(one.text):
            if held and len(held) + len(sentence) > LONGEST:
                yield Passage(held, section)
                section, held = "", ""
            held = f"{held} {sentence}".strip()
        yield Passage(held, section)


def sentences(text: str) -> list[str]:
    """The sentences of a passage; one without an end in sight is cut where it gets too long."""
    return [
        part[at : at + LONGEST]
        for part in _SENTENCE.split(_one_line(text))
        for at in range(0, len(part), LONGEST)
        if part
    ]


def sentence_of(passage: str, quote: str) -> str:
    """The sentence of a passage that a quote is from, as it stands there; empty for none.

    Case, spaces, and how quotes and dashes are drawn, may differ; words may not.
    """
    sought, found = _bare(quote), sentences(passage)
    for count in range(1, MOST_QUOTED + 1):  # what looks like an end may be an abbreviation's
        for start in range(len(found) - count + 1):
            run = " ".join(found[start : start + count])
            bare = _bare(run)
            if sought == bare or (sought in bare and len(sought.split()) >= FEWEST_WORDS):
                return run
    return ""


def is_copied(text: str, passage: str) -> bool:
    """Tell whether a text is no more than a piece of the passage."""
    return _bare(text) in _bare(passage)


def _bare(text: str) -> str:
    return _one_line(text).translate(_SIGNS).casefold().strip(" \"'.…")


def _one_line(text: str) -> str:
    return " ".join(text.split())
