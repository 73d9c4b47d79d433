"""What practice has come to, drawn: mastery, what is due, the days, how one judges oneself."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from tutor.review.mastery import Bets, Calibration, Mastery, Report
from tutor.review.remembered import Judged, Practice
from tutor.screen.bars import counted
from tutor.screen.days import ago
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line, row

WEEKS, WIDE_WEEKS, WIDE = 8, 16, 60
"""Weeks of the calendar, and how many where there is room for them."""
MARKS = ((30, "█"), (10, "▓"), (1, "░"))
"""What stands for a day, by the least minutes."""
NOTHING = "·"
BAR = 16
MOST_BELIEFS = 5
WEEK = 7
WEAKEST = 5
"""Objectives that are told of by themselves: those with the least."""
ESTIMATE = (
    "Your likely share of right answers if every question you have met came now; the range in"
    " brackets holds 8 times in 10."
)
SHADED = "▓ is that range."
AS_SAID = "│ stands where a bar would end if you were right as often as you said."
DRAWN = "green"
WHY = "What an estimate rests on: {0} progress why NAME; all objectives: {0} progress why"


def practice(
    report: Report, titles: Mapping[str, str], terminal: Terminal, called: str = "tutor"
) -> list[Renderable]:
    """All of it, each part under its head; what there is nothing to tell of is left out."""
    parts: list[Renderable] = []
    if report.mastery:
        parts += [line(), *_mastery(report.mastery, titles, terminal)]
        parts += _weakest(report.objectives, terminal, called) if report.objectives else []
        parts += _beliefs(report)
        parts += [line(), *_forecast(report, terminal)]
    if report.days:
        parts += [line(), *_calendar(report.days, report.today, terminal)]
    if report.calibration:
        parts += [line(), *_calibration(report.calibration, report.model, terminal)]
    if report.bets:
        parts += [line(), *_bets(report.bets)]
    return parts


def _mastery(
    found: Sequence[Mastery], titles: Mapping[str, str], terminal: Terminal
) -> list[Renderable]:
    said = f"{ESTIMATE} {SHADED}" if _draws(terminal) else ESTIMATE
    parts: list[Renderable] = [bold("What you would get right today, an estimate"), dim(said)]
    for one in found:
        bar = _estimate(one) if _draws(terminal) else ""
        parts += [line(titles[one.lesson]), _drawn("  ", bar, told(one))]
    return parts


def told(one: Mastery) -> str:
    """An estimate in words, with its range and how many questions it rests on."""
    span = f"{_percent(one.share)} ({round(100 * one.low)} to {_percent(one.high)})"
    return f"{span}, {one.met} of {counted(one.of, 'question')}"


def _weakest(found: Sequence[Mastery], terminal: Terminal, called: str) -> list[Renderable]:
    """The objectives of which least would be right."""
    parts: list[Renderable] = [line(), bold("Objectives you are furthest from")]
    for one in sorted(found, key=lambda one: one.share)[:WEAKEST]:
        parts += [line(f"{short(one)}: {one.text}")]
        bar = _estimate(one) if _draws(terminal) else ""
        parts += [_drawn("  ", bar, told(one))]
    return [*parts, dim(WHY.format(called))]


def short(one: Mastery) -> str:
    """An objective's own name, without its lesson's."""
    return one.objective.partition("/")[2]


def _beliefs(report: Report) -> list[Renderable]:
    standing = [one for one in report.beliefs if one.stands]
    if not standing:
        return []
    parts: list[Renderable] = [line(), bold("False beliefs that you chose, not yet put right")]
    for one in standing[:MOST_BELIEFS]:
        when = ago(report.today - one.since)
        parts.append(line(f"  {one.text} (chosen {when}; {_percent(one.held)} likely held still)"))
    if (more := len(standing) - MOST_BELIEFS) > 0:
        parts.append(dim(f"  and {more} more"))
    return parts


def _forecast(report: Report, terminal: Terminal) -> list[Renderable]:
    parts: list[Renderable] = [bold("Questions due, the next two weeks")]
    most = max(*report.forecast, 1)
    for ahead, count in enumerate(report.forecast):
        day = _date(report.today + ahead)
        name = "today" if not ahead else f"{day:%a} {day.day}"
        size = max(1, round(BAR * count / most)) if count else 0
        if terminal.look.plain and count:
            parts.append(row(f"  {name:<7}{count:>4}"))
        elif not terminal.look.plain:
            parts.append(_drawn(f"  {name:<7}{count:>4}  ", "█" * size))
    if terminal.look.plain and not any(report.forecast):
        parts.append(line("  none"))
    return parts


def _calendar(days: Mapping[int, Practice], today: int, terminal: Terminal) -> list[Renderable]:
    weeks = WIDE_WEEKS if terminal.width >= WIDE else WEEKS
    monday = today - _date(today).weekday()
    starts = range(monday - WEEK * (weeks - 1), monday + 1, WEEK)
    said = f"{counted(len(days), 'day')} of practice, {_minutes(days.values())} in all"
    if terminal.look.plain:
        return [bold(said), *_weeks_in_words(days, starts)]
    grid: list[Renderable] = []
    for weekday in range(WEEK):
        marks = " ".join(
            _mark(days.get(start + weekday), start + weekday, today) for start in starts
        )
        grid.append(_drawn(f"  {_date(monday + weekday):%a}  ", marks.rstrip()))
    legend = f"  a column is a week; {NOTHING} none, ░ a little, ▓ ten minutes, █ half an hour"
    return [bold(said), *grid, dim(legend)]


def _minutes(days: Iterable[Practice]) -> str:
    """The time of some days; begun minutes count, as they do of a lesson."""
    return counted(max(1, round(sum(done.seconds for done in days) / 60)), "minute")


def _mark(done: Practice | None, day: int, today: int) -> str:
    if day > today:
        return " "
    if done is None:
        return NOTHING
    return next((mark for least, mark in MARKS if done.seconds / 60 >= least), MARKS[-1][1])


def _weeks_in_words(days: Mapping[int, Practice], starts: Sequence[int]) -> list[Renderable]:
    said: list[Renderable] = []
    for start in starts:
        found = [days[day] for day in range(start, start + WEEK) if day in days]
        if found:
            practised = f"{counted(len(found), 'day')}, {_minutes(found)}"
            said.append(line(f"  Week of {_date(start):%Y-%m-%d}: {practised}"))
    return said


def _calibration(
    found: Calibration, model: Mapping[int, Judged], terminal: Terminal
) -> list[Renderable]:
    parts: list[Renderable] = [bold("How sure you were, and how often you were right")]
    for level, judged in found.levels.items():
        share = judged.right / judged.answers
        bar = _against(share, level / 100) if _draws(terminal) else ""
        right = f"right {_percent(share)} of {counted(judged.answers, 'time')}"
        parts.append(_drawn(f"  said {level:>2} %: ", bar, right))
    if _draws(terminal):
        parts.append(dim(f"  {AS_SAID}"))
    best = "0 is perfect; saying 50 % to everything gives 0.25"
    parts.append(dim(f"  Brier score {found.brier:.2f} over {found.answers}: {best}"))
    if found.furthest is not None:
        said = _furthest(found.furthest, found.levels[found.furthest])
        parts.append(line(f"{said} {_of_the_model(model.get(found.furthest))}".strip()))
    error = f"Your calibration error (ECE) is {found.ece:.2f}. {found.beside}"
    return [*parts, line(error.strip())]


def _furthest(level: int, judged: Judged) -> str:
    """The confidence that was furthest off, in words."""
    share = judged.right / judged.answers
    too = "too sure" if share < level / 100 else "not sure enough"
    times = counted(judged.answers, "time")
    return f"Of {times} that you said {level} %, {judged.right} were right: {too} there."


def _of_the_model(judged: Judged | None) -> str:
    """What came of the built-in model's choices of which it was about as sure."""
    if judged is None or not judged.answers:
        return ""
    share = f"{100 * judged.right / judged.answers:.0f} %"
    times = f"{judged.answers:,} times, on pages it never read"
    return f"The model in the box, raw, was about as sure of its next token {times}: {share} came."


def _bets(found: Bets) -> list[Renderable]:
    """The learner's log loss beside that of an even spread and of who knows the shares."""
    yours = f"Your {counted(found.count, 'bet')} cost {found.loss:.2f} bits on average."
    even = f"An even spread would have cost {found.even:.2f}"
    best = f"a model whose probabilities are right {found.best:.2f}."
    why = "Bits of log loss, the score that models are trained on; less is better."
    return [bold("Your bets"), line(f"{yours} {even}, {best}"), dim(why)]


def _draws(terminal: Terminal) -> bool:
    return not terminal.look.plain and terminal.width >= WIDE


def _drawn(before: str, drawn: str, after: str = "") -> Renderable:
    """Words around something drawn, in the colour of what is the learner's own."""
    gap = "  " if drawn and after else ""
    return Text.assemble(before, (drawn, DRAWN), gap, after)


def _estimate(one: Mastery) -> str:
    """A bar as long as what is known: sure of it up to the low end, open to the high one."""
    low, high = (round(BAR * share) for share in (one.low, one.high))
    return "█" * low + "▓" * (high - low) + "░" * (BAR - high)


def _against(share: float, said: float) -> str:
    """How often right as a bar, with a mark where it would end had one judged oneself well."""
    filled, mark = round(BAR * share), min(BAR - 1, round(BAR * said))
    bar = "█" * filled + "░" * (BAR - filled)
    return f"{bar[:mark]}│{bar[mark + 1 :]}"


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day)
