"""Run every check over a course."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from tutor.checking import coverage, guessing, judging, limits, telling, terms
from tutor.checking.side_by_side import in_all_lessons
from tutor.course.contents import Finding, questions
from tutor.course.dating import ageing
from tutor.course.model import Course, Lesson, Syllabus
from tutor.course.problems import Problem
from tutor.course.reading import SYLLABUS, read_course_files, read_document, read_facts
from tutor.screen.bars import counted

Check = Callable[[Course, Lesson], Iterator[Finding]]

CUT = "quote the text: '…'; a comment goes on a line of its own"

CHECKS: tuple[Check, ...] = (
    judging.answers_are_judged_as_meant,
    judging.answers_are_understood_as_people_write_them,
    judging.demos_understand_their_settings,
    telling.wrong_options_have_feedback,
    telling.hints_are_two_and_keep_the_answer,
    telling.figures_can_be_shown_anywhere,
    telling.words_survive_rendering,
    telling.there_is_something_to_do,
    telling.braces_stand_for_something,
    telling.nothing_is_left_unwritten,
    telling.drafts_are_signed,
    guessing.form_does_not_tell,
    guessing.the_number_of_right_options_does_not_tell,
    terms.terms_are_introduced_before_use,
    coverage.topics_are_taught_and_asked,
    coverage.objectives_are_asked_about,
    limits.lessons_keep_their_limits,
)


def check_course(folder: Path) -> tuple[list[Problem], str]:
    """Check the course in `folder`: every problem, and a line that sums up."""
    files = read_course_files(folder)
    course = files.readable or (files.course if not files.problems else None)
    if course is None:
        problems = sorted(set(files.problems))
        return problems, f"{counted(len(problems), 'problem')}: the course cannot be read"
    read = [document for document in files.lessons if document.value is not None]
    for document, found in zip(read, in_all_lessons(course, _found), strict=True):
        document.complain_of(found)
    for document in (*read, *files.others):
        for place in document.cuts:
            document.complain(place, "a comment cuts this text off at #", CUT)
    problems = sorted(set(files.problems))
    summary = _summary(course, len(problems))
    unread = counted(len(files.lessons) - len(read), "lesson")
    return problems, summary if files.course else f"{unread} cannot be read. Of the rest: {summary}"


def _found(course: Course, lesson: Lesson) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(course, lesson)]


def facts_to_look_up(folder: Path, today: datetime.date) -> list[Problem]:
    """Facts that have changed or will before long: worth a warning, no fault of the course."""
    facts = read_facts(folder)
    if facts is None or facts.value is None:
        return []
    for one in ageing(facts.value.facts, today):
        facts.complain(("facts", one.index, "changes_on"), one.message, one.fix)
    return facts.problems


def unlisted_files(folder: Path) -> list[Problem]:
    """Files that look like lessons, and that course.yaml does not list: no learner sees them."""
    top = read_document(folder / SYLLABUS, Syllabus)
    if top.value is None:
        return []
    syllabus = top.value
    sides = (syllabus.glossary, syllabus.facts, syllabus.references, syllabus.inventory)
    listed = {SYLLABUS, *syllabus.lessons, *sides}
    for name in sorted(path.name for path in folder.glob("*.yaml") if path.name not in listed):
        top.complain(("lessons",), f"{name} is not listed, so no learner sees it", "list it here")
    return top.problems


def _summary(course: Course, count: int) -> str:
    asked = sum(1 for lesson in course.lessons for _ in questions(lesson))
    size = [
        counted(len(course.lessons), "lesson"),
        counted(asked, "question"),
        counted(len(course.terms), "term"),
        *([counted(len(course.topics), "topic")] if course.topics else []),
    ]
    return f"{', '.join(size)}: {counted(count, 'problem') if count else 'no problems'}"
