"""What is said between steps: on coming back, and where a section ends."""

import datetime
from collections.abc import Sequence

from tutor.course.model import AnyStep, Prediction
from tutor.player.desk import Desk
from tutor.player.guessing import in_words
from tutor.screen.between_view import come_back, section_behind
from tutor.screen.ending_view import question
from tutor.screen.words import Renderable


def on_coming_back(desk: Desk, index: int) -> list[Renderable]:
    """On the first page of a sitting: when one was here last, and the latest guess before it."""
    progress = desk.progress()
    if not progress.latest or desk.lesson.steps[index].id != progress.position:
        return []
    before = desk.now()
    latest = datetime.datetime.fromisoformat(progress.latest).astimezone(before.tzinfo)
    days = (before.date() - latest.date()).days
    for step in reversed(desk.lesson.steps[:index]):
        if isinstance(step, Prediction) and (guess := progress.predictions.get(step.id)):
            words = in_words(guess.words, step.options) or guess.words
            return come_back(days, words, question(step))
    return come_back(days, "", "") if days > 0 else []


def between(desk: Desk, index: int, following: int) -> list[Renderable]:
    """On the page behind a step: the end of a section, and a good place to stop."""
    steps = desk.lesson.steps
    if not index < following < len(steps):
        return []
    is_new = bool(steps[following].section)
    behind = steps[_start(steps, index) : following] if is_new else ()
    ahead = steps[following : _end(steps, following)] if is_new else ()
    title = behind[0].section if behind else ""
    path = [step for step in ahead if not step.deeper]
    stop = any(step.stop for step in steps[index:following])
    return section_behind(
        title or desk.lesson.title, _met(desk, behind), path, desk.pace, stop=stop
    )


def _met(desk: Desk, steps: Sequence[AnyStep]) -> list[AnyStep]:
    """Those on the main path, and the deeper ones that were gone into."""
    passed = desk.progress().passed
    return [step for step in steps if not step.deeper or step.id in passed]


def _start(steps: tuple[AnyStep, ...], index: int) -> int:
    return next((i for i in range(index, -1, -1) if steps[i].section), 0)


def _end(steps: tuple[AnyStep, ...], index: int) -> int:
    return next((i for i in range(index + 1, len(steps)) if steps[i].section), len(steps))
