"""What a demo is: the one value, `DEMO`, in which each module of `tutor.demos` ends.

A *computed* demo shows only what follows from its settings; it is given a screen. In a *live* one
a model speaks, or the learner does; it is given a `Stage`, and its settings all have defaults, so
that `tutor demo NAME` needs none. Neither ever fails for want of a model, asks anything of a
script, or shows as a model's answer what was not one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tutor.screen.terminal import Terminal
from tutor.stage.dial import Turning
from tutor.stage.stage import Stage

Wanted = TypeVar("Wanted", bound=Struct)
"""A Struct that a lesson step's settings are read into; it forbids unknown ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Generic[Wanted]):
    """A demo whose every number follows from what stands on the screen."""

    title: str
    line: str
    """What is to be seen, in one sentence."""
    settings: type[Wanted]
    run: Callable[[Wanted, Terminal], None]
    example: Wanted
    """What it shows where no lesson says what."""
    notice: str = ""
    """What to notice in the example."""
    turn: Callable[[Wanted, Terminal], Turning] | None = None
    """What the learner may turn by key once all of it was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live(Generic[Wanted]):
    """A demo in which a model speaks: predict, run, compare."""

    title: str
    line: str
    """What is to be seen, in one sentence."""
    settings: type[Wanted]
    run: Callable[[Wanted, Stage], None]
    notice: str
    """What to notice, where no lesson step says it."""
    own_text: str = ""
    """What a text of the learner's own is taken for; empty where there is no use for one."""
    slow: bool = False
    """It asks a model often: too long to wait for where a whole lesson is printed."""
    recorded: bool = False
    """The built-in model cannot play it: without a model of one's own, a recording is shown."""


Demonstration = Computed[Any] | Live[Any]
