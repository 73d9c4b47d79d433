"""What follows from a whole course, worked out once while the same one is asked about."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from tutor.course.model import Course

Followed = TypeVar("Followed")


def once_a_course(work_out: Callable[[Course], Followed]) -> Callable[[Course], Followed]:
    """Keep what was worked out for the latest course; checks ask it lesson by lesson."""
    latest: list[tuple[Course, Followed]] = []

    @wraps(work_out)
    def kept(course: Course) -> Followed:
        if not latest or latest[0][0] is not course:
            latest[:] = [(course, work_out(course))]
        return latest[0][1]

    return kept
