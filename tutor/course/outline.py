"""A course in outline: all that it takes to say where a learner stands, and no page of it.

It is compiled beside the course (`outlining`), so that home opens as fast with a thousand lessons,
and without the course's model. The many small parts hold nothing that could hold them, and so
stay out of Python's search for cycles (gc=False): that search took half of the time to read them.
"""

from msgspec import Struct


class StepOutline(Struct, frozen=True, array_like=True, gc=False):
    """A step: where it stands, and how long it takes."""

    id: str
    section: str
    minutes: float
    stop: bool
    """A good place to stop for the day."""
    deeper: bool = False
    """Beside the main path."""


class QuestionOutline(Struct, frozen=True, array_like=True, gc=False):
    """A question: all that it takes to say whether it is due, and how long it takes."""

    id: str
    minutes: float
    misconceptions: tuple[str, ...]
    """The false beliefs that it would show."""
    covers: tuple[str, ...]
    """What it asks about."""
    serves: tuple[str, ...] = ()
    """The objectives that it serves, as lesson/objective."""
    guess: float = 0.0
    """The chance that somebody who knows nothing answers it rightly."""


class ObjectiveOutline(Struct, frozen=True, array_like=True, gc=False):
    """What a learner of a lesson can do afterwards."""

    id: str
    """As questions name it: lesson/objective."""
    text: str


class LessonOutline(Struct, frozen=True, array_like=True):
    """A lesson: its steps, and what its quiz holds."""

    id: str
    title: str
    steps: tuple[StepOutline, ...]
    quiz: tuple[str, ...]
    """The ids of its quiz's questions."""
    quiz_minutes: int
    questions: tuple[QuestionOutline, ...]
    """All its questions, those among the steps included."""
    objectives: tuple[ObjectiveOutline, ...] = ()

    def minutes_to_stop(self, start: int) -> float:
        """Minutes on the main path from step `start` to the end of the next good stop."""
        total = 0.0
        for step in self.steps[start:]:
            total += 0.0 if step.deeper else step.minutes
            if step.stop:
                break
        return total


class Outline(Struct, frozen=True, array_like=True):
    """A course: what its first page says, and its lessons."""

    id: str
    title: str
    summary: str
    invitation: str
    lessons: tuple[LessonOutline, ...]
    calibration: str = ""
    """What learners may hold their own judgement against."""
