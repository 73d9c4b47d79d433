"""A model's opinion of what a learner wrote: after their own, beside it, and never in its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.demos.models import Actor, bad_actors, saying
from tests.demos.playing import flat
from tests.player.chair import Chair
from tutor.course.model import FreeResponse
from tutor.course.reading import read_course
from tutor.player.asking import ask
from tutor.player.desk import Desk
from tutor.player.opinion import View, views
from tutor.progress.events import Assessed
from tutor.progress.journal import Journal
from tutor.providers.presets import Price
from tutor.providers.talk import Card, Events, Provider, Request, Tier
from tutor.stage.spending import Models

WROTE = "It copies what people wrote, and nothing checks it."


def at_the_end(home: Path, course: Path, speaker: Provider | None) -> tuple[Chair, str]:
    """A learner who wrote, was their own examiner (yes, no, yes …) and sees what there is."""
    whole = read_course(course)
    question = next(one for one in whole.lessons[0].quiz if isinstance(one, FreeResponse))

    def part(desk: Desk) -> object:
        desk.models = Models(lambda: speaker, lambda _one: Price(1, 2))
        return ask(desk, question, "sitting")

    chair = Chair(home, whole, part)
    chair.prompt()
    chair.type(WROTE)
    said = chair.type(":done")
    for number, _ in enumerate(question.rubric):
        said = chair.type("2" if number % 2 else "1")
    return chair, said


def points(course: Path) -> int:
    lesson = read_course(course).lessons[0]
    return next(len(one.rubric) for one in lesson.quiz if isinstance(one, FreeResponse))


def every(course: Path, line: Callable[[int], str]) -> Actor:
    return saying("\n".join(line(number) for number in range(1, points(course) + 1)))


def assessed(home: Path) -> list[Assessed]:
    with Journal.open(home / "journal.sqlite3") as journal:
        return [event.deed for event in journal.events() if isinstance(event.deed, Assessed)]


def test_it_is_offered_only_where_a_model_was_chosen(home: Path, short_course: Path) -> None:
    chair, said = at_the_end(home, short_course, None)
    assert "second opinion" not in said
    chair.leave(":q")


def test_it_stands_beside_the_learners_own_and_changes_nothing(
    home: Path, short_course: Path
) -> None:
    actor = every(short_course, lambda n: f"{n}: no" if n > 1 else '1: yes "copies what people"')
    chair, said = at_the_end(home, short_course, actor)
    assert "o second opinion" in said
    before = assessed(home)
    told = flat(chair.type("o"))
    assert "A second opinion, from actor-1 (local server)" in told
    assert "A model's opinion, not the tutor's." in told
    assert 'It points to: "copies what people"' in told
    assert "It agrees with you on every point." in told
    assert WROTE in actor.asked[0].messages[-1].content
    chair.leave(":q")
    assert assessed(home) == before


def test_where_they_differ_the_learners_own_stands(home: Path, short_course: Path) -> None:
    chair, _ = at_the_end(home, short_course, every(short_course, lambda n: f"{n}: no"))
    told = flat(chair.type("o"))
    assert "It says: not in your answer; you said yes." in told
    assert "You differ on 1 point" in told
    assert "Your assessment stands." in told
    chair.leave(":q")


def test_words_that_the_learner_did_not_write_are_called_that(
    home: Path, short_course: Path
) -> None:
    actor = every(short_course, lambda n: f'{n}: yes "it is trained by gradient descent"')
    chair, _ = at_the_end(home, short_course, actor)
    told = flat(chair.type("o"))
    assert "gradient descent" not in told
    assert "It quotes words that you did not write" in told
    chair.leave(":q")


@pytest.mark.parametrize("name", sorted(bad_actors()))
def test_a_grader_that_fails_says_so(home: Path, short_course: Path, name: str) -> None:
    chair, _ = at_the_end(home, short_course, bad_actors()[name])
    told = flat(chair.type("o"))
    assert "no opinion" in told or "there is no second opinion" in told
    assert "It agrees" not in told
    assert "\x1b" not in told
    chair.leave(":q")


class Far:
    """A grader that costs money."""

    asked = 0
    card = Card("far", "far-large", Tier.HOSTED)

    def stream(self, request: Request) -> Events:
        self.asked += 1
        yield from saying("1: yes\n2: no\n3: no").stream(request)


def test_a_host_is_asked_after_a_yes_alone(home: Path, short_course: Path) -> None:
    far = Far()
    chair, _ = at_the_end(home, short_course, far)
    assert "estimated cost: at most $" in chair.type("o")
    told = flat(chair.type(""))
    assert far.asked == 0
    assert "Not asked. So there is no second opinion" in told
    chair.type("o")
    assert "Really used: 1 call" in flat(chair.type("yes"))
    assert far.asked == 1
    chair.leave(":q")


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("1: yes\n2: no", [View(is_met=True), View(is_met=False)]),
        ('**1.** Yes, "Nothing  checks it!"\n2 - NO', [
            View(is_met=True, quote="Nothing  checks it!"), View(is_met=False)
        ]),
        ("Here you go:\n2: no\n1: yes", [View(is_met=True), View(is_met=False)]),
        ("1: yes", None),
        ("1: yes\n2: perhaps", None),
        ("1: yes\n1: no\n2: no", None),
        ("1: yes\n2: no\n3: no", None),
        ("", None),
    ],
)  # fmt: skip
def test_only_a_yes_or_no_to_each_point_is_an_opinion(reply: str, found: list[View] | None) -> None:
    assert views(reply, WROTE, 2) == found
