"""A prompt of the learner's own, graded at once on twelve cases, and then on twelve unseen ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.providers.talk import Ending, Provider, Request
from tutor.screen.bars import counted
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import text_of_the_learner
from tutor.stage.own_text import asked_again
from tutor.stage.passages import flat, hear_briefly, passage
from tutor.stage.stage import Stage

PLACE = "{animal}"
"""Where the animal goes in a prompt."""
LABELS = ("bird", "mammal", "insect")
SHOWN = (
    *(("owl", "bird"), ("cat", "mammal"), ("bee", "insect"), ("eagle", "bird")),
    *(("horse", "mammal"), ("ant", "insect"), ("robin", "bird"), ("bear", "mammal")),
    *(("cricket", "insect"), ("duck", "bird"), ("whale", "mammal"), ("beetle", "insect")),
)
"""The cases that the learner sees: an animal, and what it is."""
UNSEEN = (
    *(("goose", "bird"), ("fox", "mammal"), ("butterfly", "insect"), ("crow", "bird")),
    *(("bat", "mammal"), ("swan", "bird"), ("seal", "mammal"), ("parrot", "bird")),
    *(("camel", "mammal"), ("otter", "mammal"), ("penguin", "bird"), ("goat", "mammal")),
)
"""The cases kept back, until a prompt has been chosen."""
ASKED, BEGUN = f"What kind of animal is the {PLACE}?", f"The {PLACE} is a"
GUESSES = ("0 to 3", "4 to 8", "9 to 12")
LONGEST, ENOUGH, TRIES = 200, 120, 20
_LABEL = re.compile(rf"\b({'|'.join(LABELS)})s?\b", re.IGNORECASE)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What a prompt came to on some cases."""

    prompt: str
    right: int
    silent: int
    """Replies that name none of the three, or several."""
    failures: tuple[tuple[str, str], ...]
    """Animal and reply, where it was not right."""


def label(reply: str) -> str:
    """The one label that a reply names; "" where it names none, or several."""
    named = {found.casefold() for found in _LABEL.findall(reply)}
    return named.pop() if len(named) == 1 else ""


def filled(prompt: str, animal: str) -> str:
    """The prompt with the animal in its place; behind it where it has no place for one."""
    return prompt.replace(PLACE, animal) if PLACE in prompt else f"{prompt} {animal}"


def run(_settings: Settings, stage: Stage) -> None:
    """Grade the plain question, then whatever the learner writes, then a beginning."""
    say, model = stage.terminal.say, stage.face("base")
    say(bold("Twelve animals. The raw model is to say of each: bird, mammal or insect."))
    stage.introduce(model)
    asked = f'Asked as you would ask a person, "{ASKED}": how many of twelve come out right?'
    guess = stage.guess(asked, GUESSES)
    grades = [_graded(stage, model, ASKED)]
    if guess:
        say(line(f"You guessed: {guess}."))
    own = text_of_the_learner(stage)
    if own:
        grades.append(_graded(stage, model, own))
    grades += _tried(stage, model)
    say(bold("And written as the beginning of a page:"))
    grades.append(_graded(stage, model, BEGUN))
    _keep_back(stage, model, max(grades, key=lambda grade: grade.right))


def _tried(stage: Stage, model: Provider) -> list[Grade]:
    grades: list[Grade] = []
    question = f"Your prompt, with {PLACE} where the animal goes (Enter: enough)> "
    while len(grades) < TRIES and (typed := asked_again(stage, question)):
        grades.append(_graded(stage, model, typed))
    return grades


def _graded(stage: Stage, model: Provider, prompt: str) -> Grade:
    grade = _grade(stage, model, _short(stage, prompt), SHOWN)
    stage.terminal.say(*passage("prompt", flat(grade.prompt, LONGEST), stage.terminal))
    stage.terminal.say(bold(f"  {_score(grade, len(SHOWN))}"))
    for animal, reply in grade.failures[:2]:
        stage.terminal.say(*passage(animal, f'"{flat(reply, 60)}"', stage.terminal))
    stage.note(f"**Graded prompt.** `{flat(grade.prompt, 80)}`: {_score(grade, len(SHOWN))}.")
    return grade


def _short(stage: Stage, prompt: str) -> str:
    if len(prompt) <= LONGEST:
        return prompt
    stage.terminal.say(dim(f"This model reads little: only the first {LONGEST} signs are taken."))
    return prompt[:LONGEST]


def _grade(stage: Stage, model: Provider, prompt: str, cases: Sequence[tuple[str, str]]) -> Grade:
    replies = [_reply(stage, model, filled(prompt, animal)) for animal, _ in cases]
    labels = [label(reply) for reply in replies]
    failures = tuple(
        (animal, reply)
        for (animal, kind), reply, said in zip(cases, replies, labels, strict=True)
        if said != kind
    )
    return Grade(prompt, len(cases) - len(failures), labels.count(""), failures)


def _reply(stage: Stage, model: Provider, prompt: str) -> str:
    request = Request(prompt=prompt, max_tokens=16, temperature=0, stop=(".",))
    reply = hear_briefly(stage, model, request, ENOUGH)
    failed = reply.done is not None and reply.done.ending is Ending.FAILED
    return "" if failed else reply.text.strip()


def _score(grade: Grade, count: int) -> str:
    silent = f", {counted(grade.silent, 'reply', 'replies')} without a label"
    return f"{grade.right} of {count} right{silent if grade.silent else ''}"


def _keep_back(stage: Stage, model: Provider, best: Grade) -> None:
    """The best prompt once more, on cases that nobody has tuned it on."""
    unseen = _grade(stage, model, best.prompt, UNSEEN)
    rows = [
        ("the twelve you saw", f"{best.right} of {len(SHOWN)}"),
        ("twelve kept back", f"{unseen.right} of {len(UNSEEN)}"),
    ]
    stage.terminal.gap()
    stage.terminal.say(bold("The best of these prompts, on cases that it was not chosen on:"))
    stage.terminal.say(*passage("prompt", flat(best.prompt, LONGEST), stage.terminal))
    stage.terminal.say(*table(("cases", "right"), rows, stage.terminal))


DEMO = Live(
    settings=Settings,
    run=run,
    title="Write a prompt, see it graded",
    line="Your prompt on twelve cases with known answers, for the raw model, in a second.",
    own_text=f'a prompt, with {PLACE} where the animal goes, such as "Sort the animal: {PLACE}."',
    notice=(
        "The same model with the same weights goes from nothing to nearly everything by the prompt"
        " alone. Cases with known answers turn an opinion on a prompt into a count."
    ),
)
