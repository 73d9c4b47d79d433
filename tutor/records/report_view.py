"""A class's report on the screen: first what to talk about, in words; then the tables."""

import datetime
from collections.abc import Iterator, Sequence

from tutor.records.answers import AnswerGiven
from tutor.records.class_report import (
    ClassReport,
    CourseReport,
    LearnerReport,
    QuestionAsked,
    Said,
)
from tutor.records.words_of_report import (
    belief_told,
    counts_told,
    doubts_told,
    objective_told,
    quoted,
    share_told,
    talk_told,
)
from tutor.review.days import local_day
from tutor.screen.bars import counted
from tutor.screen.days import ago
from tutor.screen.indented import behind_mark, indented
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, cut, dim, line

MOST_QUESTIONS, MOST = 15, 5
NAME, LONG_NAME = 18, 30
"""Characters of a name in a window of 80 columns, and in a wide one."""
WIDE = 100
REPLY = 60
NOTHING = "Nothing of any course was found."
NOTHING_OPEN = (
    "No question stands out: there is none that two learners did not know when they were last"
    " asked it."
)
LEARNERS = (
    "lessons: finished; quizzes: passed, of those that came to their end; met: different"
    " questions; right: askings right at the first try; weak: objectives of which less than half"
    " would be right today, an estimate."
)
QUESTIONS = (
    "asked: learners; right: of these, at the first try when they first met it; open: did not know"
    " it when asked last."
)


def report(found: ClassReport, terminal: Terminal, *, everything: bool) -> list[Renderable]:
    """All of it."""
    if not found.courses:
        return [line(NOTHING), *map(dim, counts_told(found))]
    parts: list[Renderable] = []
    for course in found.courses:
        parts += [line()] * bool(parts)
        parts += _course(course, found.date, terminal, everything=everything)
    said = counts_told(found)
    return [*parts, *([line()] * bool(said)), *map(dim, said)]


def _course(
    course: CourseReport, today: str, terminal: Terminal, *, everything: bool
) -> Iterator[Renderable]:
    answers = sum(one.answers for one in course.learners)
    who = f"{counted(len(course.learners), 'learner')}, {counted(answers, 'answer')}"
    yield bold(f"{harmless(course.title)}: {who}, latest {_ago(course.latest, today)}")
    if not course.installed:
        yield dim("This course is not installed here: names and counts are as the statements say.")
    yield line()
    yield from _talk(course)
    yield from _beliefs(course)
    yield from _objectives(course)
    yield from _doubts(course)
    yield from _lessons(course, terminal)
    yield from _learners(course, today, terminal)
    yield from _questions(course, terminal, everything=everything)


def _ago(at: str, today: str) -> str:
    """How long ago a moment was, by the teacher's days."""
    if not at:
        return "–"
    offset = datetime.datetime.now().astimezone().utcoffset() or datetime.timedelta()
    day = local_day(datetime.datetime.fromisoformat(at), int(offset.total_seconds() // 60))
    return ago(datetime.date.fromisoformat(today).toordinal() - day)


def _talk(course: CourseReport) -> Iterator[Renderable]:
    found = course.talk
    titles = {1: "One question", 2: "Two questions", 3: "Three questions"}
    yield bold(f"{titles.get(len(found), 'Questions')} to talk about")
    if not found:
        yield line(NOTHING_OPEN)
    for number, one in enumerate(found, 1):
        first, *rest = talk_told(one)
        yield behind_mark(f"{number}. ", bold(first))
        yield from (indented(line(said), 3) for said in rest)


def _beliefs(course: CourseReport) -> Iterator[Renderable]:
    least = min(2, len(course.learners))
    shared = [one for one in course.beliefs if one.stands >= least]
    told = [belief_told(one, len(course.learners)) for one in shared]
    yield from _some("False beliefs in the class, not yet put right", told)


def _objectives(course: CourseReport) -> Iterator[Renderable]:
    least = min(2, len(course.learners))
    told = [objective_told(one) for one in course.objectives if one.below >= least]
    yield from _some("Objectives that learners are short of, an estimate", told)


def _doubts(course: CourseReport) -> Iterator[Renderable]:
    told = list(map(doubts_told, course.doubtful))
    yield from _some("Questions that learners object to: look at these themselves", told)


def _some(title: str, told: Sequence[str]) -> Iterator[Renderable]:
    """The first few under a title; nothing where there are none."""
    if told:
        yield line()
        yield bold(title)
        yield from (indented(line(one), 2) for one in told[:MOST])
        if (more := len(told) - MOST) > 0:
            yield dim(f"  and {more} more: --html FILE and --json have all")


def _lessons(course: CourseReport, terminal: Terminal) -> Iterator[Renderable]:
    if course.lessons:
        rows = [
            [cut(harmless(one.title), 40), str(one.begun), str(one.finished), str(one.quiz)]
            for one in course.lessons
        ]
        yield line()
        yield bold("Lessons, by how many learners")
        yield from table(["lesson", "begun", "finished", "quiz ended"], rows, terminal)


def _learners(course: CourseReport, today: str, terminal: Terminal) -> Iterator[Renderable]:
    heads = ["learner", "lessons", "quizzes", "met", "right", "weak", "latest"]
    most = LONG_NAME if terminal.width >= WIDE else NAME
    rows = [_learner(one, course, today, most) for one in course.learners]
    yield line()
    yield bold("Learners")
    yield from table(heads, rows, terminal)
    yield dim(LEARNERS)


def _learner(one: LearnerReport, course: CourseReport, today: str, most: int) -> list[str]:
    return [
        cut(harmless(one.name), most),
        f"{one.finished} of {course.of}" if course.of else str(one.finished),
        f"{one.passed} of {one.quizzes}",
        str(one.questions),
        f"{one.first_right} of {one.first_tries}",
        f"{one.weak} of {len(one.objectives)}" if one.objectives else "–",
        _ago(one.latest, today),
    ]


def _questions(
    course: CourseReport, terminal: Terminal, *, everything: bool
) -> Iterator[Renderable]:
    asked = [one for one in course.questions if one.asked]
    shown = asked
    if not everything:
        shown = sorted(asked, key=lambda one: (-one.still_open, -one.missed))[:MOST_QUESTIONS]
    if not shown:
        return
    yield line()
    most = "" if everything or len(shown) == len(asked) else f", the {MOST_QUESTIONS} least known"
    yield bold(f"Questions{most}")
    yield from table(*_rows(shown, terminal), terminal)
    yield dim(QUESTIONS)
    if len(shown) < len(asked):
        yield dim(f"All {len(asked)}: --all. One: --question {_named(shown[0])}")


def _rows(shown: Sequence[QuestionAsked], terminal: Terminal) -> tuple[list[str], list[list[str]]]:
    """Heads and rows; the share with its interval where a class is large enough for it."""
    heads, most = ["question", "asked", "right", "open"], 2 * NAME
    rows = [
        [cut(_named(one), most), str(one.asked), str(one.right), str(one.still_open)]
        for one in shown
    ]
    if any(one.low is not None for one in shown) and not terminal.look.plain:
        heads.append("share right (95 %)")
        rows = [[*row, share_told(one)] for row, one in zip(rows, shown, strict=True)]
    return heads, rows


def _named(one: QuestionAsked) -> str:
    return harmless(f"{one.lesson}/{one.question}")


def question(one: QuestionAsked) -> list[Renderable]:
    """All that is known of one question."""
    first, *rest = talk_told(one)
    parts: list[Renderable] = [bold(first), *map(line, rest)]
    parts += [line(" ".join(harmless(one.text).split()))] if one.text else []
    parts += _listed("Wrong first replies", one.wrong)
    parts += _listed("False beliefs behind them", one.beliefs)
    parts += _listed("Replies whose learners say that they mean the same", one.vouched)
    return parts + _listed("Reported as wrong or unclear", one.reported)


def _listed(title: str, said: Sequence[Said]) -> list[Renderable]:
    if not said:
        return []
    rows = [line(f"  {quoted(one.words)}: {counted(one.learners, 'learner')}") for one in said]
    return [line(), bold(title), *rows]


def answers(name: str, given: Sequence[AnswerGiven]) -> list[Renderable]:
    """A learner's answers in order, day by day."""
    parts: list[Renderable] = [bold(f"{harmless(name)}: {counted(len(given), 'answer')} in order")]
    day = ""
    for one in given:
        if one.at[:10] != day:
            day = one.at[:10]
            parts += [line(), bold(day)]
        parts += [
            line(f"{one.at[11:16]}  {harmless(f'{one.lesson}/{one.question}')}: {_said(one)}")
        ]
    return parts


def _said(one: AnswerGiven) -> str:
    if not one.attempt:
        return "had the answer shown"
    judged = "right" if one.right else "wrong"
    told = [quoted(cut(harmless(one.words), REPLY)), judged]
    told += [f"try {one.attempt}"] if one.attempt > 1 else []
    told += [counted(one.hints, "hint")] if one.hints else []
    told += ["the answer seen before"] if one.seen else []
    told += ["by their own word"] if one.vouched else []
    told += ["by their own judgement"] if one.assessed else []
    told += [f"{one.confidence} % sure"] if one.confidence is not None else []
    told += ["in a review"] if one.where == "review" else []
    belief = f"; believes {quoted(one.belief)}" if one.belief and not one.right else ""
    return ", ".join(told) + belief
