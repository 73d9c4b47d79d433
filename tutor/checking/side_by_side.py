"""The lessons of a large course looked at on all processors."""

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator

from tutor.course.contents import Finding
from tutor.course.model import Course, Lesson

Look = Callable[[Course, Lesson], list[Finding]]
FEWEST = 200
"""With fewer lessons, one processor is done before others have begun."""
MOST = 8
CHUNK = 8
_task: list[tuple[Course, Look]] = []
"""What a child is to do; it has it from its parent's memory, and nothing is copied."""


def in_all_lessons(course: Course, look: Look) -> Iterator[list[Finding]]:
    """What `look` finds in each lesson, in their order."""
    workers = min(os.cpu_count() or 1, MOST)
    if len(course.lessons) < FEWEST or workers < 2 or sys.platform in ("win32", "darwin"):  # noqa: PLR2004
        yield from (look(course, lesson) for lesson in course.lessons)
        return
    gc.freeze()  # lest each child looks through all of the course for garbage, and so copies it
    children = multiprocessing.get_context("fork")
    with children.Pool(workers, _begin, (course, look)) as pool:
        yield from pool.imap(_look, range(len(course.lessons)), CHUNK)


def _begin(course: Course, look: Look) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and ends us
    _task[:] = [(course, look)]


def _look(index: int) -> list[Finding]:
    course, look = _task[0]
    return look(course, course.lessons[index])
