"""What an estimate rests on: the answers behind it, question by question."""

from collections.abc import Mapping, Sequence

from tutor.review.believing import Belief
from tutor.review.mastery import Known, Mastery, Report
from tutor.review.remembered import Try
from tutor.screen.days import ago
from tutor.screen.progress_view import short, told
from tutor.screen.words import Renderable, bold, cut, dim, line

HOW = (
    "Each answer moves the chance that you know its question, by Bayes' rule: a right one may be a"
    " guess, a wrong one a slip (knowledge tracing, Corbett and Anderson 1994). Between days it"
    " falls as FSRS forgets."
)
SHORTEST = 60
"""Letters of a question in a list."""


def everything(
    report: Report, titles: Mapping[str, str], called: str = "tutor"
) -> list[Renderable]:
    """Every objective on which a question was met, and every false belief that was chosen."""
    if not report.objectives:
        return [line("You have answered no question yet that serves an objective.")]
    parts: list[Renderable] = []
    for number, one in enumerate(report.objectives):
        if not number or report.objectives[number - 1].lesson != one.lesson:
            parts += [line(), bold(titles[one.lesson])]
        parts += [line(f"{short(one)}: {one.text}"), dim(f"  {told(one)}")]
    if report.beliefs:
        parts += [line(), bold("False beliefs that you chose")]
        parts += [line(f"{one.text}: {_held(one)}") for one in report.beliefs]
    return [*parts, line(), dim(f"The answers behind one: {called} progress why NAME")]


def _held(one: Belief) -> str:
    return f"{round(100 * one.held)} % likely held still"


def objective(
    one: Mastery, known: Sequence[Known], prompts: Mapping[tuple[str, str], str], day: int
) -> list[Renderable]:
    """The answers behind an objective's estimate."""
    parts: list[Renderable] = [bold(f"{short(one)}: {one.text}"), line(told(one))]
    for each in known:
        asked = each.asked
        prompt = cut(prompts[asked.lesson, asked.question], SHORTEST)
        today = f"right today: {round(100 * each.chance)} %"
        parts += [line(f"  {asked.question}: {prompt}")]
        parts += [dim(f"    {_told(each.card.tries, day)}; {today}")]
    return [*parts, line(), dim(HOW)]


def belief(one: Belief, answers: Sequence[tuple[str, Try]], day: int) -> list[Renderable]:
    """The answers behind the estimate of a false belief."""
    parts: list[Renderable] = [bold(one.text), line(f"{_held(one)}, from these answers:")]
    for question, each in answers:
        chose = "you chose it" if each.belief == one.text else "you did not choose it"
        parts.append(line(f"  {question}: {chose} {ago(day - each.day)}"))
    return parts


def _told(tries: Sequence[Try], day: int) -> str:
    """The answers to a question in order: right or not, and how long ago."""
    return ", ".join(f"{'right' if one.right else 'missed'} {ago(day - one.day)}" for one in tries)
