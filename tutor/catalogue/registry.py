"""A demo by its name. A module is loaded when its demo is needed; the names need none."""

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from tutor import demos
from tutor.course.model import Demo
from tutor.demos.parts.reading import in_plain_words
from tutor.stage.contract import Demonstration, Live


@cache
def names() -> tuple[str, ...]:
    """The names of all demos, in alphabetical order: `next-token` is `demos/next_token.py`."""
    modules = pkgutil.iter_modules(demos.__path__)
    return tuple(sorted(one.name.replace("_", "-") for one in modules if not one.ispkg))


def demonstration(name: str) -> Demonstration:
    """The demo of this name, which must be one of `names()`."""
    found: Demonstration = import_module(f"{demos.__name__}.{name.replace('-', '_')}").DEMO
    return found


def is_live(name: str) -> bool:
    """Whether a model speaks in it, so that another run may show something else."""
    return isinstance(demonstration(name), Live)


def is_recorded(name: str) -> bool:
    """Whether a recording is shown where no model of the learner's own can be asked."""
    found = demonstration(name)
    return isinstance(found, Live) and found.recorded


def has_use_for_text(name: str) -> bool:
    """Whether a demo takes a text of the learner's own."""
    found = demonstration(name)
    return isinstance(found, Live) and bool(found.own_text)


def settings_of(step: Demo) -> str:
    """The names of the settings that a step's demo takes."""
    return ", ".join(demonstration(step.demo).settings.__struct_fields__) or "none"


def read_settings(step: Demo) -> Any:
    """Read a step's settings as its demo wants them; raises ValueError in the author's words."""
    kind = demonstration(step.demo).settings
    try:
        return msgspec.convert(dict(step.settings), type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"demo {step.demo!r}: {in_plain_words(str(error))}") from error
