"""A class's report as a page: what to talk about first, then every number behind it."""

import datetime
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from tutor.page import plots
from tutor.page.elements import Part, document, table, tag, value
from tutor.page.frame import behind, head, section, tiles
from tutor.records.class_report import (
    BeliefShared,
    ClassReport,
    CourseReport,
    LearnerReport,
    LessonMet,
    ObjectiveMet,
    QuestionAsked,
)
from tutor.records.words_of_report import (
    counts_told,
    doubts_told,
    quoted,
    share_told,
    talk_told,
)
from tutor.screen.words import cut

GENERATOR = "llm-tutor class report"
"""By this such a page is known, and may be written over."""
HINT = "choose another name, as in: tutor records report --html class.html"
SHOWN = 15
"""Questions that stand open; the others are folded."""
PROMPT = 140
NOTHING = "No answers yet: the files or the store hold nothing of any course."
NOTHING_OPEN = "No question stands out: none that two learners did not know when last asked."
PRIVATE = "It holds what learners answered, and names where you gave them: keep it to yourself."
LEARNERS = ("Learner", "Lessons", "Quizzes", "Met", "Right", "Weak", "Latest")
WHAT_LEARNERS = (
    "Lessons: finished. Quizzes: passed, of those that came to their end. Met: different questions."
    " Right: askings right at the first try, reviews included. Weak: objectives of which less than"
    " half would be right today, an estimate."
)
QUESTIONS = ("Question", "Asked", "Right", "Open", "Share right")
WHAT_QUESTIONS = (
    "Asked: learners. Right: of these, at the first try when they first met it. Open: did not know"
    " it when last asked. The share, with its 95 % interval, from ten learners on."
)


def report_page(found: ClassReport) -> str:
    """The whole page as HTML that needs nothing else."""
    titles = ", ".join(course.title for course in found.courses)
    date = datetime.date.fromisoformat(found.date)
    header = tag(
        "header",
        tag("p", tag("bdi", titles), class_="over"),
        tag("h1", "Class report"),
        tag("p", tag("time", f"{date.day} {date:%B %Y}", datetime=found.date), class_="dim"),
        _summary(found.courses),
    )
    main = tag("main", *_sections(found))
    footer = tag(
        "footer",
        tag("p", "Written on your machine by llm-tutor. This page asks no network for anything."),
        tag("p", PRIVATE),
    )
    return document(head(f"Class report · {titles}", GENERATOR), [header, main, footer])


def _summary(courses: Sequence[CourseReport]) -> Element:
    learners = {one.name for course in courses for one in course.learners}
    everybody = [one for course in courses for one in course.learners]
    told = {
        "learners": len(learners),
        "lessons finished": sum(one.finished for one in everybody),
        "answers": sum(one.answers for one in everybody),
        "questions met": sum(bool(one.asked) for course in courses for one in course.questions),
    }
    return tiles((name, value(number, f"{number:,}")) for name, number in told.items())


def _sections(found: ClassReport) -> list[Element]:
    parts: list[Element] = []
    for number, course in enumerate(found.courses, 1):
        several = len(found.courses) > 1
        parts += _course(course, f"-{number}" if several else "", several=several)
    if not parts:
        parts.append(section("nothing", "What comes here", tag("p", NOTHING), wide=True))
    if said := counts_told(found):
        listed = _listed(tag("bdi", one) for one in said)
        parts.append(section("statements", "The statements", listed, wide=True))
    return parts


def _course(course: CourseReport, mark: str, *, several: bool) -> list[Element]:
    def part(name: str, title: str, *inside: Part) -> Element:
        whole = f"{title} · {course.title}" if several else title
        return section(f"{name}{mark}", whole, *inside, wide=True)

    parts = [part("talk", "Talk about", _talk(course))]
    if course.beliefs:
        parts.append(part("beliefs", "False beliefs in the class", *_beliefs(course)))
    if course.doubtful:
        parts.append(part("doubts", "Questions that learners object to", *_doubts(course)))
    if course.lessons:
        parts.append(part("lessons", "Lessons", _lessons(course)))
    parts.append(part("learners", "Learners", *_learners(course)))
    if any(one.asked for one in course.questions):
        parts.append(part("questions", "Questions", *_questions(course)))
    if course.objectives:
        parts.append(part("objectives", "Objectives", *_objectives(course.objectives)))
    return parts


def _listed(items: Iterable[Part]) -> Element:
    return tag("ul", *(tag("li", one) for one in items))


def _talk(course: CourseReport) -> Element:
    if not course.talk:
        return tag("p", NOTHING_OPEN)
    return tag("ol", *map(_talked_about, course.talk))


def _talked_about(one: QuestionAsked) -> Element:
    first, *rest = talk_told(one)
    return tag(
        "li", tag("strong", tag("bdi", first)), *(tag("div", tag("bdi", said)) for said in rest)
    )


def _beliefs(course: CourseReport) -> list[Element]:
    of = len(course.learners)
    first, rest = course.beliefs[:SHOWN], course.beliefs[SHOWN:]
    tables = [_believed("Those that most still hold", first, of)]
    if rest:
        more = _believed("The others", rest, of)
        tables.append(behind(more, said=f"{len(rest)} more", long=True))
    return tables


def _believed(caption: str, found: Sequence[BeliefShared], of: int) -> Element:
    rows = [
        (
            tag("div", tag("bdi", one.text), plots.bar(one.stands / of)),
            value(one.chosen, f"{one.chosen} of {of}"),
            value(one.stands, str(one.stands)),
        )
        for one in found
    ]
    return table(caption, ("Belief", "Chosen by", "Not put right"), rows)


def _doubts(course: CourseReport) -> list[Element]:
    told = [tag("bdi", doubts_told(one)) for one in course.doubtful]
    parts = [_listed(told[:SHOWN])]
    if rest := told[SHOWN:]:
        parts.append(behind(_listed(rest), said=f"{len(rest)} more", long=True))
    return parts


def _lessons(course: CourseReport) -> Element:
    of = len(course.learners)
    rows = [_lesson(one, of) for one in course.lessons]
    return table(f"Of {of} learners", ("Lesson", "Begun", "Finished", "Quiz ended"), rows)


def _lesson(one: LessonMet, of: int) -> tuple[Part, ...]:
    return (
        tag("div", tag("bdi", one.title), plots.bar(one.finished / of)),
        value(one.begun, str(one.begun)),
        value(one.finished, str(one.finished)),
        value(one.quiz, str(one.quiz)),
    )


def _learners(course: CourseReport) -> list[Element]:
    rows = [_learner(one, course) for one in course.learners]
    parts = [
        tag("p", WHAT_LEARNERS, class_="dim"),
        table("What each has done", LEARNERS, rows),
    ]
    if any(one.lessons for one in course.learners):
        parts.append(behind(_scores(course), said="Each lesson of each learner", long=True))
    return parts


def _learner(one: LearnerReport, course: CourseReport) -> tuple[Part, ...]:
    finished = f"{one.finished} of {course.of}" if course.of else str(one.finished)
    weak = f"{one.weak} of {len(one.objectives)}" if one.objectives else "–"
    return (
        tag("bdi", one.name),
        value(one.finished, finished),
        value(one.passed, f"{one.passed} of {one.quizzes}"),
        value(one.questions, str(one.questions)),
        value(one.first_right, f"{one.first_right} of {one.first_tries}"),
        value(one.weak, weak),
        tag("time", one.latest[:10], datetime=one.latest) if one.latest else "–",
    )


def _scores(course: CourseReport) -> Element:
    rows = [
        (
            tag("div", tag("bdi", learner.name), ": ", tag("bdi", lesson.title)),
            value(lesson.steps_done, f"{lesson.steps_done} of {lesson.steps or '?'}"),
            value(lesson.quiz[0], f"{lesson.quiz[0]} of {lesson.quiz[1]}") if lesson.quiz else "–",
        )
        for learner in course.learners
        for lesson in learner.lessons
    ]
    return table("Steps done and best quiz", ("Learner and lesson", "Steps", "Best quiz"), rows)


def _questions(course: CourseReport) -> list[Element]:
    asked = [one for one in course.questions if one.asked]
    first = sorted(asked, key=lambda one: (-one.still_open, -one.missed))[:SHOWN]
    parts = [tag("p", WHAT_QUESTIONS, class_="dim"), _asked("The least known", first)]
    if len(asked) > len(first):
        every = _asked("In the order of the course", asked)
        parts.append(behind(every, said=f"All {len(asked)} questions", long=True))
    return parts


def _asked(caption: str, found: Sequence[QuestionAsked]) -> Element:
    rows = [
        (
            _question(one),
            value(one.asked, str(one.asked)),
            value(one.right, str(one.right)),
            value(one.still_open, str(one.still_open)),
            share_told(one),
        )
        for one in found
    ]
    return table(caption, QUESTIONS, rows)


def _question(one: QuestionAsked) -> Element:
    """Its name, what it asks, the commonest wrong reply, and how much is known of its share."""
    parts: list[Part] = [tag("bdi", f"{one.lesson}/{one.question}")]
    if one.text:
        parts.append(tag("div", tag("bdi", cut(one.text, PROMPT)), class_="dim"))
    if one.wrong:
        said = one.wrong[0]
        words = tag("bdi", f"{said.learners} answered {quoted(cut(said.words, PROMPT))}")
        parts.append(tag("div", words, class_="dim"))
    if one.low is not None and one.high is not None:
        parts.append(plots.span(one.low, one.right / one.asked, one.high))
    return tag("div", *parts)


def _objectives(found: Sequence[ObjectiveMet]) -> list[Element]:
    first = found[:SHOWN]
    parts = [_met("Of which learners would get less than half right today, an estimate", first)]
    if len(found) > SHOWN:
        more = _met("All objectives that somebody met", found)
        parts.append(behind(more, said=f"All {len(found)} objectives", long=True))
    return parts


def _met(caption: str, found: Sequence[ObjectiveMet]) -> Element:
    rows = [
        (
            tag("div", tag("bdi", one.text), plots.bar(one.below / one.learners)),
            value(one.below, str(one.below)),
            value(one.learners, str(one.learners)),
        )
        for one in found
    ]
    return table(caption, ("Objective", "Less than half", "Learners"), rows)
