"""Demonstrations that a lesson step can name: one file each, looked up here.

The contract of a demo: a module with `Settings` (a msgspec Struct, all fields required or with
defaults, forbidding unknown ones) that a step's settings are read into, and
`run(settings, terminal)`, which shows a result and never fails for want of a model.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec

from tutor.course.model import Demo
from tutor.screen.markdown import markdown
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line

DEMOS = {
    "next-word-toy": "tutor.demos.next_word_toy",
    "mask-toy": "tutor.demos.mask_toy",
    "calibration-toy": "tutor.demos.calibration_toy",
}


def run_demo(step: Demo, terminal: Terminal) -> None:
    """Run the demo that a step names, and say what to notice."""
    if step.demo not in DEMOS:
        terminal.say(line(f"The demo {step.demo!r} comes with a later version of the tutor."))
    else:
        module = import_module(DEMOS[step.demo])
        run: Callable[[Any, Terminal], None] = module.run
        run(read_settings(step), terminal)
    terminal.gap()
    terminal.say(bold("Notice"), markdown(step.notice, terminal.look))


def read_settings(step: Demo) -> Any:
    """Read a step's settings as its demo wants them; raises ValueError in the author's words."""
    kind = import_module(DEMOS[step.demo]).Settings
    try:
        return msgspec.convert(dict(step.settings), type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"demo {step.demo!r}: {error}") from error
