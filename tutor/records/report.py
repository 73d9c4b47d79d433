"""The report of a class, from statements of many learners: wires folding and adding up."""

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tutor.errors import FileError
from tutor.records.answers import AnswerGiven, answers
from tutor.records.class_report import ClassReport, Mixed, Twins
from tutor.records.course_report import CourseClass
from tutor.records.folding import fold
from tutor.records.gathering import Called, Gathering
from tutor.records.known_course import KnownCourse
from tutor.records.learner_report import learner_report
from tutor.records.pile import Pile, Who
from tutor.review.days import day_of

Find = Callable[[str], KnownCourse | None]
"""Finds a course by its id; None for one that is not at hand."""

MOST_COURSES = 100
FEWER = "give the files of one course, or name one with --course"
DRAWN = re.compile(r"\{[^{}\s]+\}")
"""What stands for a number that each learner got another of."""


@dataclass(frozen=True)
class Class:
    """All that was gathered of a class, and who is who in it."""

    pile: Pile
    gathered: Gathering
    learners: Mapping[str, Sequence[Who]]
    """Accounts by the name under which they are told."""
    find: Find
    only: str = ""
    """The one course to tell of; empty for all."""

    def known(self, course: str) -> KnownCourse:
        """What is known of a course: by itself, and where it is silent by the statements."""
        found = self.find(course) or KnownCourse(course)
        said = self.gathered.called.get(course, Called())
        titles, prompts = said.titles | dict(found.titles), said.prompts | dict(found.prompts)
        read = {name: DRAWN.sub("…", asks) for name, asks in prompts.items()}
        return dataclasses.replace(found, titles=titles, prompts=read)


def named(accounts: Sequence[Who], names: Mapping[str, str]) -> dict[str, list[Who]]:
    """Accounts by the name to tell them by; those to whom one name is given are one learner."""
    alike = [who.name for who in accounts]
    found: dict[str, list[Who]] = {}
    for who in accounts:
        is_shared = alike.count(who.name) > 1
        own = f"{who.name} ({who.home})" if is_shared else who.name
        found.setdefault(names.get(who.name, own), []).append(who)
    return found


def class_report(told: Class, now: datetime.datetime) -> ClassReport:
    """Add up what everybody did; estimates are for the day of `now`."""
    classes: dict[str, CourseClass] = {}
    known: dict[str, KnownCourse] = {}
    for name, accounts in sorted(told.learners.items()):
        for course, work in fold(told.pile.events(*accounts)).items():
            if not course or told.only not in ("", course):
                continue
            if course not in known:
                if len(known) >= MOST_COURSES:
                    raise FileError(f"more than {MOST_COURSES} courses", hint=FEWER)
                known[course] = told.known(course)
                classes[course] = CourseClass(known[course])
            pseudonyms = tuple(sorted(who.name for who in accounts))
            learner = learner_report(name, pseudonyms, work, known[course], day_of(now))
            classes[course].take(learner, work)
    counts = replace(told.gathered.counts, repeated=told.pile.repeated)
    return ClassReport(
        date=datetime.date.fromordinal(day_of(now)).isoformat(),
        courses=tuple(found.report() for _, found in sorted(classes.items())),
        statements=counts,
        twins=tuple(_twins(told)),
        mixed=tuple(_mixed(told)),
    )


def _twins(told: Class) -> Iterator[Twins]:
    called = {who: name for name, accounts in told.learners.items() for who in accounts}
    for (one, other), count in told.pile.twins.most_common():
        if called[one] != called[other]:
            yield Twins(called[one], called[other], count)


def _mixed(told: Class) -> Iterator[Mixed]:
    for name, accounts in told.learners.items():
        authors = {author for who in accounts for author in told.gathered.authors.get(who, ())}
        if len(authors) > 1:
            yield Mixed(name, len(authors))


def answers_of(told: Class, name: str) -> list[AnswerGiven]:
    """What a learner answered, in order."""
    events = told.pile.events(*told.learners[name])
    return [one for one in answers(events) if told.only in ("", one.course)]
