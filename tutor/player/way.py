"""The way through a lesson: the main path, and the deeper steps beside it."""

from collections.abc import Container
from dataclasses import dataclass

from tutor.course.minutes import at_pace
from tutor.course.model import AnyStep, Lesson
from tutor.course.numbering import deeper_run
from tutor.course.pace import step_minutes
from tutor.player.commands import Key
from tutor.player.desk import Desk, Move
from tutor.progress.events import Depth, WantedDepth
from tutor.screen.bars import counted


@dataclass(frozen=True)
class Way:
    """The steps of a lesson, and which of the deeper ones the learner wants to see."""

    steps: tuple[AnyStep, ...]
    wanted: WantedDepth = "ask"
    pace: float = 1.0

    def after(self, index: int, move: Move) -> int:
        """Where a key leads from a step, forward."""
        goes_in = move is Move.DEEPER or self.steps[index].deeper or self.wanted == "show"
        if goes_in and move is not Move.MAIN:
            return index + 1
        return deeper_run(self.steps, index + 1).stop

    def before(self, index: int, passed: Container[str]) -> int:
        """Where one came from: a deeper step only if it was gone through, or comes unasked."""
        before = index - 1
        while before > 0 and not self._is_walked(before, index, passed):
            before -= 1
        return before

    def _is_walked(self, before: int, index: int, passed: Container[str]) -> bool:
        step = self.steps[before]
        is_same_run = self.steps[index].deeper
        return not step.deeper or is_same_run or self.wanted == "show" or step.id in passed

    def ways_out(self, index: int) -> dict[Key, str]:
        """The keys beside Enter that lead on from a step, and what they do."""
        run = deeper_run(self.steps, index + 1)
        if self.steps[index].deeper:
            return {Key.MAIN: "back to the main path"} if run else {}
        if not run or self.wanted != "ask":
            return {}
        minutes = at_pace(sum(step_minutes(self.steps[i]) for i in run), self.pace)
        return {Key.DEEPER: f"deeper: {counted(len(run), 'step')}, {counted(minutes, 'minute')}"}


def wanted_depth(desk: Desk) -> WantedDepth:
    """Which deeper steps the learner wants to see: they are asked, until they say."""
    said = desk.journal.latest(Depth)
    return said.deed.wanted if said and isinstance(said.deed, Depth) else "ask"


def way_through(desk: Desk, lesson: Lesson) -> Way:
    """The way through a lesson as the learner wants it."""
    return Way(lesson.steps, wanted_depth(desk), desk.pace)
