"""What steps are called by number: the main path counts, a deeper step counts behind its own."""

from collections.abc import Sequence
from typing import Protocol


class AStep(Protocol):
    """A step, or its outline."""

    @property
    def deeper(self) -> bool:
        """Whether it stands beside the main path."""
        ...


def step_numbers(steps: Sequence[AStep]) -> tuple[str, ...]:
    """1, 2, 2.1, 2.2, 3: what each step is called."""
    names, main, beside = [], 0, 0
    for step in steps:
        main, beside = (main, beside + 1) if step.deeper else (main + 1, 0)
        names.append(f"{main}.{beside}" if step.deeper else str(main))
    return tuple(names)


def main_steps(steps: Sequence[AStep]) -> int:
    """How many steps the main path has."""
    return sum(not step.deeper for step in steps)


def place_in(steps: Sequence[AStep], index: int) -> str:
    """Where a step stands: "step 12 of 31", or "step 12, deeper 1 of 2"."""
    number, _, beside = step_numbers(steps)[index].partition(".")
    if not beside:
        return f"step {number} of {main_steps(steps)}"
    run = deeper_run(steps, index - int(beside) + 1)
    return f"step {number}, deeper {beside} of {len(run)}"


def deeper_run(steps: Sequence[AStep], start: int) -> range:
    """The deeper steps in a row that begin at `start`; none where that is on the main path."""
    end = start
    while end < len(steps) and steps[end].deeper:
        end += 1
    return range(start, end)
