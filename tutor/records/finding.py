"""A learner or a question of a report, by what a teacher types."""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from tutor.errors import UnknownNameError
from tutor.records.class_report import ClassReport, QuestionAsked
from tutor.records.pile import Who


def learner(learners: Mapping[str, Sequence[Who]], word: str) -> str:
    """The learner of this name or pseudonym, or of the only one that begins so."""
    called = {name: name for name in learners}
    called |= {who.name: name for name, accounts in learners.items() for who in accounts}
    return called[_found(called, word, "learner")]


def question(report: ClassReport, word: str) -> QuestionAsked:
    """The question of this name, with or without its lesson's."""
    asked = [one for course in report.courses for one in course.questions]
    called = {one.question: one for one in reversed(asked)}
    called |= {f"{one.lesson}/{one.question}": one for one in asked}
    return called[_found(called, word, "question")]


def _found(names: Iterable[str], word: str, kind: str) -> str:
    folded = {name.casefold(): name for name in names}
    wanted = word.strip().casefold()
    begin = [name for key, name in folded.items() if wanted and key.startswith(wanted)]
    if wanted in folded:
        return folded[wanted]
    if len(begin) == 1:
        return begin[0]
    close = [folded[key] for key in difflib.get_close_matches(wanted, folded, n=3)]
    some = (begin or close or list(folded.values()))[:3]
    raise UnknownNameError(
        f"no {kind} {word!r} in this report", hint=f"there is: {', '.join(some)}"
    )
