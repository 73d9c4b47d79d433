"""JSON Schemas (draft 2020-12): whether one is sound, and whether a value keeps to it."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from tutor.course.contents import Place

MOST = 200
"""Characters of a message."""


def faults_of(schema: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """What is wrong with a schema: place inside it, message."""
    checker = Draft202012Validator.FORMAT_CHECKER  # patterns are regular expressions
    try:
        Draft202012Validator.check_schema(schema, format_checker=checker)
    except SchemaError as error:
        yield tuple(error.absolute_path), error.message[:MOST]
        return
    resolver = Registry().resolver_with_root(DRAFT202012.create_resource(schema))
    for place, name in _references(schema, ()):
        try:
            resolver.lookup(name)
        except Unresolvable:
            yield place, f"{name!r} points to nothing in it, and nothing is fetched"


def _references(part: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref" and isinstance(value, str):
                yield (*place, key), value
            else:
                yield from _references(value, (*place, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from _references(value, (*place, index))


def fault(schema: dict[str, Any], value: Any) -> str:
    """Why a value does not keep to a sound schema; empty where it does."""
    # an empty registry: jsonschema's own would fetch what a schema points to
    validator = Draft202012Validator(schema, registry=Registry())
    try:
        error = best_match(validator.iter_errors(value))
    except RecursionError:
        return "the schema goes round in circles"
    if error is None:
        return ""
    where = "".join(f"[{part!r}]" for part in error.absolute_path)
    return f"{where} {error.message}".strip()[:MOST]
