"""Progress as a page: lessons, mastery, days, what is due, how one judges oneself, time."""

import datetime
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from tutor.page import plots
from tutor.page.elements import Part, document, table, tag, value
from tutor.page.frame import behind, figure, head, section, tiles
from tutor.review.believing import Belief
from tutor.review.mastery import Calibration, Mastery, Report
from tutor.review.remembered import Practice
from tutor.screen.bars import counted
from tutor.screen.days import ago
from tutor.standing import LessonStanding

GENERATOR = "llm-tutor progress"
"""By this a page of ours is known, and may be written over."""
WEEKS = 20
"""Weeks of the calendar."""
ESTIMATE = (
    "Your likely share of right answers if every question you have met came now. The range holds"
    " 8 times in 10."
)
KNOWN = ("Right", "Range", "Met")
"""What is told of a lesson or an objective."""
WEAKEST = 5
JUDGED = "After some answers you say how sure you are. Who judges well is on the line."
BRIER = "0 is perfect; saying 50 % to everything gives 0.25."
NOTHING = "Nothing practised yet. The first question you answer begins this page: tutor"


class Done(Struct, frozen=True):
    """All that the page tells of."""

    course: str
    """The course's title."""
    lessons: Sequence[LessonStanding]
    practice: Report
    called: str = "tutor"
    """What is typed to come back to this course."""


def progress_page(done: Done) -> str:
    """The whole page as HTML that needs nothing else."""
    day = datetime.date.fromordinal(done.practice.today)
    title = f"Your progress · {done.course}"
    header = tag(
        "header",
        tag("p", tag("bdi", done.course), class_="over"),
        tag("h1", "Your progress"),
        tag("p", tag("time", _long(day), datetime=day.isoformat()), class_="dim"),
        _summary(done),
    )
    footer = tag(
        "footer",
        tag("p", "Written on your machine by llm-tutor. This page asks no network for anything."),
        tag(
            "p",
            "To bring it up to date, write it again: ",
            tag("code", f"{done.called} progress --html"),
        ),
    )
    main = tag("main", *_sections(done))
    return document(head(title, GENERATOR), [header, main, footer])


def _summary(done: Done) -> Element:
    report = done.practice
    finished = sum(one.state == "finished" for one in done.lessons)
    seconds = sum(it.seconds for it in report.days.values())
    told = (
        ("lessons done", value(finished, f"{finished} of {len(done.lessons)}")),
        ("questions wait today", value(report.waiting.count, f"{report.waiting.count}")),
        ("days of practice", value(len(report.days), f"{len(report.days)}")),
        ("of practice", value(seconds, _time(seconds))),
    )
    return tiles(told)


def _sections(done: Done) -> list[Element]:
    report = done.practice
    parts = [section("lessons", "Lessons", _lessons(done.lessons), wide=True)]
    if not report.mastery and not report.days:
        return [*parts, section("nothing", "What comes here", tag("p", NOTHING), wide=True)]
    if report.mastery:
        lessons = {one.id: one for one in done.lessons}
        parts.append(_mastery(report.mastery, lessons))
        parts += [_objectives(report.objectives, lessons)] if report.objectives else []
        parts.append(_forecast(report))
    if report.days:
        parts.append(_calendar(report))
    if report.calibration:
        parts.append(_calibration(report.calibration))
    if any(one.seconds for one in done.lessons):
        parts.append(section("time", "Time in lessons", _times(done.lessons)))
    if any(one.stands for one in report.beliefs):
        parts.append(_beliefs(report))
    return parts


def _lessons(lessons: Sequence[LessonStanding]) -> Element:
    rows = [
        (
            _drawn(one, plots.bar(one.steps_done / one.steps if one.steps else 0.0)),
            value(one.steps_done, f"{one.steps_done} of {one.steps}"),
            _state(one),
            _quiz(one.quiz_best),
        )
        for one in lessons
    ]
    return table("What is done of each", ("Lesson", "Steps", "State", "Best quiz"), rows)


def _drawn(one: LessonStanding, bar: Element) -> Element:
    """A lesson's name over its bar."""
    return tag("div", f"{one.number}. ", tag("bdi", one.title), bar)


def _state(one: LessonStanding) -> str:
    if one.skipped:
        return "left out: you know it"
    return {"new": "not begun", "started": "begun", "finished": "done"}[one.state]


def _quiz(best: tuple[int, int] | None) -> Part:
    return value(best[0], f"{best[0]} of {best[1]}") if best else "–"


def _mastery(found: Sequence[Mastery], lessons: Mapping[str, LessonStanding]) -> Element:
    rows = [_known(one, f"{lessons[one.lesson].number}. ", one.text) for one in found]
    plot = table("An estimate for each lesson, from the questions met", ("Lesson", *KNOWN), rows)
    title = "What you would get right today"
    return section("mastery", title, tag("p", ESTIMATE, class_="dim"), plot, wide=True)


def _objectives(found: Sequence[Mastery], lessons: Mapping[str, LessonStanding]) -> Element:
    """The objectives of which least would be right, and all of them behind."""
    weakest = sorted(found, key=lambda one: one.share)[:WEAKEST]
    return section(
        "objectives",
        "Objectives you are furthest from",
        _of_objectives("Those with the least", weakest, lessons),
        behind(
            _of_objectives("All that you have met", found, lessons),
            said=f"All {counted(len(found), 'objective')}",
            long=True,
        ),
        wide=True,
    )


def _of_objectives(
    caption: str, found: Sequence[Mastery], lessons: Mapping[str, LessonStanding]
) -> Element:
    rows = [_known(one, f"Lesson {lessons[one.lesson].number}. ", one.text) for one in found]
    return table(caption, ("Objective", *KNOWN), rows)


def _known(one: Mastery, number: str, name: str) -> tuple[Part, ...]:
    return (
        tag("div", number, tag("bdi", name), plots.span(one.low, one.share, one.high)),
        value(one.share, _percent(one.share)),
        _range(one),
        value(one.met, f"{one.met} of {one.of}"),
    )


def _range(one: Mastery) -> Element:
    low, high = value(one.low, f"{round(100 * one.low)}"), value(one.high, _percent(one.high))
    return tag("span", low, "–", high)


def _forecast(report: Report) -> Element:
    counts = report.forecast
    name = f"Questions due, a column a day, {sum(counts)} in the next {len(counts)} days"
    rows = [
        (_day(report.today + ahead), value(count, str(count))) for ahead, count in enumerate(counts)
    ]
    return section(
        "due",
        "Questions due, the next two weeks",
        figure(
            plots.forecast(counts, report.today, name),
            "Today's column holds what is overdue as well. At most twenty a day are asked, or"
            " thirty if you come two or three times a week.",
        ),
        behind(table("Questions that fall due", ("Day", "Questions"), rows)),
    )


def _calendar(report: Report) -> Element:
    seconds = sum(it.seconds for it in report.days.values())
    said = f"{counted(len(report.days), 'day')} of practice, {_time(seconds)} in all"
    name = f"{said}. The last {WEEKS} weeks, a column a week and a square a day"
    rows = [
        (
            _day(monday),
            value(days, str(days)),
            value(answers, str(answers)),
            value(spent, _time(spent)),
        )
        for monday, days, answers, spent in _weeks(report)
    ]
    return section(
        "days",
        "Days of practice",
        figure(
            plots.calendar(report.days, report.today, WEEKS, name),
            f"{said}. A small square is a short practice, a middle one ten minutes, a full one"
            " half an hour.",
        ),
        behind(
            table("Practice, week by week", ("Week of", "Days", "Answers", "Time"), rows), long=True
        ),
    )


def _weeks(report: Report) -> list[tuple[int, int, int, float]]:
    """Each week with practice, by its Monday: days, answers, seconds."""
    weeks: dict[int, list[Practice]] = {}
    for day, done in report.days.items():
        monday = day - datetime.date.fromordinal(day).weekday()
        weeks.setdefault(monday, []).append(done)
    return [
        (
            monday,
            len(days),
            sum(it.answers for it in days),
            round(sum(it.seconds for it in days), 1),
        )
        for monday, days in sorted(weeks.items())
    ]


def _calibration(found: Calibration) -> Element:
    rows = [
        (
            value(level, f"{level} %"),
            value(judged.answers, str(judged.answers)),
            value(judged.right, str(judged.right)),
            value(judged.right / judged.answers, _percent(judged.right / judged.answers)),
        )
        for level, judged in found.levels.items()
    ]
    heads = ("You said", "Answers", "Right", "Share")
    name = "How often you were right, over how sure you were, a dot for each degree of confidence"
    score = value(found.brier, f"{found.brier:.2f}")
    brier = tag("p", "Brier score ", score, f" over {found.answers} answers: {BRIER}", class_="dim")
    error = value(found.ece, f"{found.ece:.2f}")
    ece = tag("p", "Your calibration error (ECE) is ", error, f". {found.beside}", class_="dim")
    return section(
        "sure",
        "How sure you were",
        figure(plots.calibration(found, name), JUDGED),
        brier,
        ece,
        behind(table("Confidence and outcome", heads, rows)),
    )


def _times(lessons: Sequence[LessonStanding]) -> Element:
    most = max(one.seconds for one in lessons)
    rows = [
        (_drawn(one, plots.bar(one.seconds / most)), value(one.seconds, _time(one.seconds)))
        for one in lessons
        if one.seconds
    ]
    return table("Minutes spent in each", ("Lesson", "Time"), rows)


def _beliefs(report: Report) -> Element:
    told = [
        tag("li", tag("bdi", one.text), tag("span", f" ({_when(one, report.today)})", class_="dim"))
        for one in report.beliefs
        if one.stands
    ]
    title = "False beliefs that you chose, not yet put right"
    return section("beliefs", title, tag("ul", *told), wide=True)


def _when(belief: Belief, today: int) -> str:
    return f"chosen {ago(today - belief.since)}; {_percent(belief.held)} likely held still"


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _time(seconds: float) -> str:
    """A time as people say it; a begun minute counts."""
    minutes = max(1, round(seconds / 60)) if seconds else 0
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{minutes} min"


def _day(day: int) -> Element:
    date = datetime.date.fromordinal(day)
    return tag("time", f"{date:%a} {date.day} {date:%b}", datetime=date.isoformat())


def _long(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"
