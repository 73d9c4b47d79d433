"""Courses that many tests look at, each read once a run: nothing in one can change."""

from functools import cache
from pathlib import Path

from tutor.course.builtin import builtin_course
from tutor.course.model import Course
from tutor.course.reading import read_course

SHORT = Path(__file__).parent / "courses" / "short"


@cache
def shipped() -> Course:
    """The tutor's own course."""
    return read_course(builtin_course())


@cache
def short() -> Course:
    """The course that uses every kind of step and question once."""
    return read_course(SHORT)
