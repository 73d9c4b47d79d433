"""Every statement that a learner can bring about passes two validators that we did not write."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.integration.validators import Faults, faults_by_learning_locker, faults_by_ralph
from tests.records import corpus
from tests.records.test_mapping import COURSE, scribe

Validator = Callable[[list[bytes]], Faults]
VALIDATORS = [faults_by_ralph, faults_by_learning_locker]


@pytest.fixture(scope="module")
def statements() -> list[bytes]:
    """The statements as they are sent."""
    return list(map(msgspec.json.encode, corpus.statements()))


@pytest.mark.parametrize("faults", VALIDATORS)
def test_every_statement_is_sound(statements: list[bytes], faults: Validator) -> None:
    assert len(statements) > 800
    found = zip(faults(statements), statements, strict=True)
    assert [(what, statement) for what, statement in found if what] == []


SPOILT: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("an id that is no UUID", lambda one: one.update(id="q-1")),
    ("an actor without a name", lambda one: one["actor"]["account"].pop("name")),
    ("a verb that is no IRI", lambda one: one["verb"].update(id="answered")),
    ("a score above all there is", lambda one: one["result"]["score"].update(scaled=1.5)),
    ("a duration in words", lambda one: one["result"].update(duration="4.5 s")),
    ("an unknown type of question", lambda one: _definition(one).update(interactionType="quiz")),
    ("an extension without an IRI", lambda one: one["result"].update(extensions={"hints": 1})),
]


def _definition(statement: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = statement["object"]["definition"]
    return found


@pytest.mark.parametrize("faults", VALIDATORS)
def test_the_validators_notice_what_would_be_refused(faults: Validator) -> None:
    sound = scribe().statement(next(corpus.answers(COURSE)))
    spoilt = []
    for _, spoil in SPOILT:
        one = json.loads(msgspec.json.encode(sound))
        spoil(one)
        spoilt.append(msgspec.json.encode(one))
    missed = [name for (name, _), found in zip(SPOILT, faults(spoilt), strict=True) if not found]
    assert missed == []
