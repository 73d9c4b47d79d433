"""Lesson files broken at random; as many as asked: `python -m tests.course.fuzz --count 100000`."""

import argparse
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tutor.course.model import Course
from tutor.course.reading import read_course
from tutor.errors import CourseError
from tutor.judging.answers import right_line, wrong_lines
from tutor.judging.judge import judge
from tutor.judging.presenting import present
from tutor.judging.replies import Unclear, read_reply

SHORT = Path(__file__).parents[1] / "courses" / "short"
SECONDS = 5.0
PLACE = re.compile(r"^\S*\.yaml:[1-9]\d*:[1-9]\d*: \S", re.MULTILINE)
WORDS = """: - [ ] { } , # & * ! | > ' " % @ ` ? ~ <s> [PAD] {a} &a *a !!str --- ... null yes no
12:30 1e999 -1 0 nan .inf {fact:price} {fact:none} {part} \\e \\ud800 0123 2026-13-01 true \
text figure single number ordering matching bet free multiple short truefalse cloze ____"""
TOKENS = WORDS.split()
ODD = ["\t", "\r", "\0", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\ufffe", "é", "🜚", "9" * 400]
TryMany = Callable[[int, int, Path], Counter[str]]
"""Break and try so many, of a seed, in a folder; how often each outcome came."""
BYTES = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf"]


def broken(data: bytes, rng: random.Random) -> bytes:
    """Break a lesson in one to four places."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice((_bytes, _lines, _tokens, _indents, _cut))(data, rng)
    return data


def _bytes(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    put = rng.choice([*BYTES, *(odd.encode() for odd in ODD), bytes([rng.randrange(256)]), b""])
    return data[:at] + put + data[at + rng.randint(0, 2) :]


def _lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    start = rng.randrange(len(lines))
    moved = lines[start : start + rng.randint(1, 6)]
    del lines[start : start + rng.choice((0, len(moved)))]
    at = rng.randrange(len(lines) + 1)
    lines[at:at] = moved * rng.randint(0, 2)
    return b"\n".join(lines)


def _tokens(data: bytes, rng: random.Random) -> bytes:
    words = re.split(rb"(\s+)", data)
    at = rng.randrange(len(words))
    words[at] = rng.choice([rng.choice(words), rng.choice(TOKENS).encode()])
    return b"".join(words)


def _indents(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice([b" " * rng.randint(1, 4) + lines[at], lines[at][rng.randint(1, 3) :]])
    return b"\n".join(lines)


def _cut(data: bytes, rng: random.Random) -> bytes:
    """Cut the end off, or nest a part deeper than anyone would."""
    at = rng.randrange(len(data) + 1)
    if rng.random() < 0.3:
        return data[:at]
    deep = rng.choice([b"[", b"{a: ", b"- ", b"? "]) * rng.choice([3, 30, 3000])
    return data[:at] + deep + data[at:]


def try_lesson(folder: Path, data: bytes) -> str:
    """Read a course with `data` for its lesson; a word on how it went. Raises AssertionError."""
    (folder / "one.yaml").write_bytes(data)
    started = time.monotonic()
    try:
        course = read_course(folder)
    except CourseError as error:
        outcome, told = "refused", error.message
    else:
        outcome, told = "read", "one.yaml:1:1: nothing"
        _ask_everything(course)
    assert PLACE.search(told), told
    assert time.monotonic() - started < SECONDS, "too slow"
    return outcome


def _ask_everything(course: Course) -> None:
    """Whatever loads can be asked and answered."""
    for question in course.lessons[0].quiz:
        shown = present(question, 7)
        for line in (right_line(shown), *wrong_lines(shown)):
            reply = read_reply(shown, line)
            if not isinstance(reply, Unclear):
                judge(shown.question, reply)


def try_many(count: int, seed: int, folder: Path) -> Counter[str]:
    """Break and read `count` lessons; how many were refused and how many read."""
    course = shutil.copytree(SHORT, folder / "course")
    lesson = (SHORT / "one.yaml").read_bytes()
    outcomes: Counter[str] = Counter()
    for number in range(count):
        data = broken(lesson, random.Random(f"{seed}/{number}"))
        try:
            outcomes[try_lesson(course, data)] += 1
        except Exception as error:
            error.add_note(f"seed {seed}, lesson {number}:\n{data!r}")
            raise
    return outcomes


def run(about: str | None, try_many: TryMany) -> None:
    """Read the command line of a fuzzer, run it, and print how often each outcome came."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(dict(try_many(arguments.count, arguments.seed, Path(folder))))


if __name__ == "__main__":
    run(__doc__, try_many)
