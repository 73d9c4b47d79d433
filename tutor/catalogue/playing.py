"""A demo on a stage, or as plain text where a whole lesson is printed."""

from typing import assert_never

from tutor.catalogue.registry import demonstration, read_settings
from tutor.course.model import Demo
from tutor.screen.terminal import Look, terminal_to_text
from tutor.screen.words import line
from tutor.stage.contract import Computed, Live
from tutor.stage.dial import turn
from tutor.stage.stage import Stage


def run_demo(step: Demo, stage: Stage) -> None:
    """Run the demo that a step names."""
    settings = read_settings(step)
    match demonstration(step.demo):
        case Live() as live:
            live.run(settings, stage)
        case Computed() as computed:
            computed.run(settings, stage.terminal)
            if computed.turn:
                turn(stage, computed.turn(settings, stage.terminal))
        case other:
            assert_never(other)


def demo_text(step: Demo, look: Look | None = None) -> str:
    """What the demo of a step shows with nothing configured, as text without colour."""
    terminal = terminal_to_text(look=look)
    demo = demonstration(step.demo)
    if isinstance(demo, Live) and demo.slow:
        said = demo.line, f"It takes a while. To see it: tutor demo {step.demo}"
        terminal.say(*map(line, said))
    else:
        run_demo(step, Stage(terminal))
    return terminal.text()
