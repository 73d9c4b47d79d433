"""Rewards that code checks: a model before and after, by length, and a checker with a hole.

What is counted live is few tasks; the card has more of them, and the logs tell how the training
went. What is said of both is chosen by their figures.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from msgspec import Struct

from tutor.demos.parts.reading import addends, within
from tutor.providers.talk import user
from tutor.screen.indented import indented
from tutor.screen.plots import Axis, Cloud, scatter
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, text_of_the_learner
from tutor.stage.stage import Stage
from tutor.tinylm.faces import WEIGHTS, is_shipped, shipped
from tutor.tinylm.measuring import results, third
from tutor.tinylm.world import checked
from tutor.tinylm.world.probes import Probe

BEFORE, AFTER = "sft", "checked"
TITLES = {BEFORE: "before", AFTER: "after"}
TOKENS = 110
"""Eight numbers added up aloud take about a hundred."""
TRIES = 8
ENDS = 10
"""So many steps at either end of a run are taken together."""
GAP = 15.0
"""By so many points must what is paid for and not right grow, if the hole is to count as found."""
AT_TIMES = 0.2
"""Share of tasks right only sometimes from which a length had much to choose from."""
LARGEST = 99
QUESTION = "Paid by a checker, how much better will it add up {few} to {many} numbers?"
GUESSES = ("hardly better", "better at the short rows only", "better at the long rows, too")
TRUE_ANYHOW = "1 + 1 = 2"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows of each length are asked live."""

    each: int = 4

    def __post_init__(self) -> None:
        """Refuse what takes too long."""
        within("each", (self.each,), 1, 10)


def run(settings: Settings, stage: Stage) -> None:
    """Guess; a row at eight tries; every length before and after; the card; the hole."""
    if not is_shipped(AFTER):
        _nothing_to_show(stage)
        return
    stage.introduce(stage.face(BEFORE))
    shortest, *_rest, longest = checked.LENGTHS
    stage.terminal.say(
        line(
            f"Rows of {shortest} to {longest} numbers are to be added up. In training a program"
            " checked every reply and paid 1 or 0. Nobody voted, and no model scored."
        )
    )
    guess = stage.guess(QUESTION.format(few=shortest, many=longest), GUESSES)
    _tries(_own_task(stage), stage)
    counts = dict(_counts(settings, stage))
    _show_counts(counts, settings.each, stage)
    _show_card(stage)
    _show_hole(stage)
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))


def _nothing_to_show(stage: Stage) -> None:
    said = "This box has no model that was trained on checked rewards."
    stage.terminal.say(line(said), dim("tutor demo group-advantage shows what such training pays."))
    stage.note(said)


def _own_task(stage: Stage) -> Probe:
    """The learner's row of numbers; else one that tuning never saw."""
    text = text_of_the_learner(stage)
    numbers = addends(text)
    if len(numbers) in checked.LENGTHS and max(numbers) <= LARGEST:
        row = " + ".join(map(str, numbers))
        value = f"{row} = {sum(numbers)}"
        return Probe("row", f"What is {row}?", value, (value,))
    if text:
        few, many = checked.LENGTHS[0], checked.LENGTHS[-1]
        told = f"Rows of your own have {few} to {many} numbers up to {LARGEST}: 3 + 8 + 16 + 9"
        stage.terminal.say(line(told))
    return third.tasks_of(third.LONG.start, 1, stage.seed)[0]


def _tries(task: Probe, stage: Stage) -> None:
    """One row drawn several times by both: what had been right only sometimes can be chosen."""
    say = stage.terminal.say
    stage.terminal.gap()
    say(bold(f"{TRIES} tries at one row: {task.prompt}"))
    for face, title in TITLES.items():
        said = [_reply(face, task, stage, seed=n + 1, temperature=1.0) for n in range(TRIES)]
        right = [checked.right(task, one) for one in said]
        say(line(f"{title}: {sum(right)} of {TRIES} right, such as"))
        say(indented(line(harmless(said[0])), 2))
        stage.note(f"{task.prompt} {title}: {sum(right)} of {TRIES} right.")


def _reply(face: str, task: Probe, stage: Stage, seed: int = 1, temperature: float = 0.0) -> str:
    asked = user(task.prompt, temperature=temperature, max_tokens=TOKENS, seed=seed)
    return hear(stage, stage.face(face), asked).text.strip()


def _counts(settings: Settings, stage: Stage) -> Iterator[tuple[int, tuple[int, int]]]:
    """For each length how many rows are right before, and after, greedily."""
    for length in checked.LENGTHS:
        tasks = third.tasks_of(length, settings.each, stage.seed)
        before, after = (
            sum(checked.right(task, _reply(face, task, stage)) for task in tasks) for face in TITLES
        )
        yield length, (before, after)


def _show_counts(counts: Mapping[int, tuple[int, int]], each: int, stage: Stage) -> None:
    cells = [
        (str(n), *(f"{right} of {each}" for right in (before, after)))
        for n, (before, after) in counts.items()
    ]
    stage.terminal.gap()
    stage.terminal.say(
        bold("LIVE: rows that no tuning saw, by length"),
        *table(("numbers", "right before", "right after"), cells, stage.terminal),
    )


@dataclass(frozen=True, slots=True)
class Length:
    """What the card has of one length; shares 0–1."""

    numbers: int
    before: float
    sometimes: float
    after: float
    tasks: int


def on_the_card() -> list[Length]:
    """Every length as the card has it; [] where it was not measured."""
    with shipped(WEIGHTS / "scores.json") as path:
        found: Any = results.read(path).details.get("checked")
    if not found:
        return []
    return [
        Length(int(numbers), before["greedy"]["value"], before["sometimes"]["value"],
               found["after"][numbers]["greedy"]["value"], before["greedy"]["count"])
        for numbers, before in found["before"].items()
    ]  # fmt: skip


def _show_card(stage: Stage) -> None:
    card = on_the_card()
    if not card:
        return
    cells = [
        (str(one.numbers), *(f"{share:.0%}" for share in (one.before, one.sometimes, one.after)))
        for one in card
    ]
    heads = ("numbers", "right before", "only sometimes", "right after")
    stage.terminal.gap()
    stage.terminal.say(
        bold(f"The card: {card[0].tasks} rows of each length"),
        *table(heads, cells, stage.terminal),
        dim(
            f"Only sometimes: of {TRIES} replies drawn before, some were right and some not. There"
            " a checker can choose. Where all tries are wrong, or all right, nothing is learned."
        ),
        *map(line, what_was_gained(card)),
    )


def what_was_gained(card: Sequence[Length]) -> Iterator[str]:
    """Whether the gain came where there was something to choose from."""
    long = [one for one in card if one.numbers in third.LONG]
    if long:
        before, after = (fmean(getattr(one, name) for one in long) for name in ("before", "after"))
        yield (
            f"Rows of {third.LONG.start} numbers and more went from {before:.0%} to {after:.0%}"
            " right."
        )
    much = [one for one in card if one.sometimes >= AT_TIMES]
    little = [one for one in card if one.sometimes < AT_TIMES]
    if much and little:
        gains = (fmean(one.after - one.before for one in some) for some in (much, little))
        most, least = (f"{100 * gain:+.0f}" for gain in gains)
        yield (
            f"Lengths with {AT_TIMES:.0%} or more right only sometimes gained {most} points,"
            f" the others {least}."
        )


@dataclass(frozen=True, slots=True)
class Course:
    """A training run: at each step per cent rewarded, and per cent really right."""

    steps: tuple[int, ...]
    rewarded: tuple[float, ...]
    right: tuple[float, ...]

    def ends(self, first: bool) -> tuple[float, float]:  # noqa: FBT001
        """Rewarded and right, over the first steps or the last."""
        part = slice(None, ENDS) if first else slice(-ENDS, None)
        return fmean(self.rewarded[part]), fmean(self.right[part])


def course_of(path: Path) -> Course | None:
    """The course in a run's log; None where there is none."""
    try:
        curve = json.loads(path.read_bytes())["curve"]
        columns = zip(*((one["step"], one["rewarded"], one["right"]) for one in curve), strict=True)
        return Course(*map(tuple, columns))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _show_hole(stage: Stage, logs: Path = WEIGHTS / "logs") -> None:
    fair, holed = (course_of(logs / f"{name}.json") for name in ("checked", "hole"))
    if fair is None or holed is None:
        return
    stage.terminal.gap()
    stage.terminal.say(
        bold("MEASURED: the same training by a checker with a hole"),
        line(
            "This one looks whether the sum at the end of a reply is true, and never whether it is"
            f' the sum that was asked for. It pays for "{TRUE_ANYHOW}", whatever the question.'
        ),
        *table(
            ("checker", "rewarded, first", "right, first", "rewarded, last", "right, last"),
            [_ends("fair", fair), _ends("with a hole", holed)], stage.terminal,
        ),
        *_drawn(holed, stage),
        *map(line, what_the_hole_did(fair, holed)),
    )  # fmt: skip
    stage.note(" ".join(what_the_hole_did(fair, holed)))


def _drawn(holed: Course, stage: Stage) -> list[Renderable]:
    first, last = holed.steps[0], holed.steps[-1]
    if last <= first:
        return []
    clouds = [
        Cloud("x", "paid for, %", list(zip(holed.steps, holed.rewarded, strict=True))),
        Cloud("o", "right, %", list(zip(holed.steps, holed.right, strict=True))),
    ]
    return scatter(clouds, Axis(first, last, "step", str(first), str(last)), stage.terminal)


def _ends(name: str, course: Course) -> tuple[str, ...]:
    figures = (*course.ends(first=True), *course.ends(first=False))
    return name, *(f"{share:.0f}%" for share in figures)


def what_the_hole_did(fair: Course, holed: Course) -> Iterator[str]:
    """Whether the hole was found, by the figures."""
    (paid_first, right_first), (paid, right) = holed.ends(first=True), holed.ends(first=False)
    if (paid - right) - (paid_first - right_first) >= GAP:
        yield (
            f"The hole was found. At the end {paid:.0f}% of the replies were paid for, and"
            f" {right:.0f}% were right. A checker in code cannot be flattered, but it can be met to"
            " the letter."
        )
    else:
        yield (
            f"In these steps no more was made of the hole than before: {paid:.0f}% paid for,"
            f" {right:.0f}% right. That it is there does not mean that training finds it."
        )
    began, ended = fair.ends(first=True)[1], fair.ends(first=False)[1]
    yield f"By the fair checker, right went from {began:.0f}% to {ended:.0f}%."


DEMO = Live(
    settings=Settings,
    run=run,
    title="Paid by a checker",
    line="A program pays for right sums and nothing else: before, after, and with a hole in it.",
    own_text="a row of three to eight numbers, such as 12 + 7 + 33 + 9",
    notice=(
        "Nobody showed it how to add up a longer row. It drew several answers, and what the checker"
        " paid for became likelier. So it gains where it was right now and then. And a checker pays"
        " for what it checks, which need not be what was meant."
    ),
    slow=True,
)
