"""What a class did in a course, as a report holds it: by learner, by question, by lesson.

Everywhere counts of learners; a share with its interval only where there are learners enough.
"""

from msgspec import Struct

from tutor.records.derived import PASS_MARK
from tutor.review.mastery import Mastery

ENOUGH = 10
"""Learners from whom on a share is told beside the count: one of three is not 33 %."""
TALKED = 3
"""Questions that the report proposes to talk about."""
HALF = 0.5
"""An objective whose estimate lies below is told of as not reached."""


class LessonDone(Struct, frozen=True, kw_only=True):
    """A lesson as one learner has it."""

    lesson: str
    title: str
    state: str
    """new, started or finished. Without the course, a quiz that ended finishes it."""
    steps_done: int
    steps: int
    """Of the main path; 0 where the course is not installed."""
    quiz: tuple[int, int] | None
    """Right answers and questions of the best run that counts."""


class LearnerReport(Struct, frozen=True, kw_only=True):
    """What one learner did in the course."""

    name: str
    """From the file of names, else the pseudonym."""
    pseudonyms: tuple[str, ...]
    lessons: tuple[LessonDone, ...]
    """Those that were begun."""
    finished: int
    questions: int
    """Different questions answered."""
    answers: int
    first_tries: int
    """Askings, in lessons, quizzes and reviews,"""
    first_right: int
    """and of these, right at the first try with the answer unseen."""
    objectives: tuple[Mastery, ...]
    """An estimate for each objective met, as in tutor progress; none without the course."""
    beliefs: tuple[str, ...]
    """False beliefs that were chosen and not put right since."""
    seconds: float
    latest: str
    """When something was done last, UTC."""

    @property
    def quiz(self) -> tuple[int, int]:
        """Right answers and questions of all quizzes, the best run of each."""
        scores = [one.quiz for one in self.lessons if one.quiz]
        return sum(right for right, _ in scores), sum(of for _, of in scores)

    @property
    def quizzes(self) -> int:
        """How many quizzes came to their end."""
        return sum(one.quiz is not None for one in self.lessons)

    @property
    def passed(self) -> int:
        """Of these, those with at least the share of right answers that statements call passed."""
        scores = [one.quiz for one in self.lessons if one.quiz]
        return sum(right >= PASS_MARK * of for right, of in scores)

    @property
    def weak(self) -> int:
        """Objectives of which less than half would be right today."""
        return sum(one.share < HALF for one in self.objectives)


class Said(Struct, frozen=True):
    """Some words, and how many learners they are from."""

    words: str
    learners: int


class QuestionAsked(Struct, frozen=True, kw_only=True):
    """A question, as the class met it."""

    lesson: str
    lesson_title: str
    question: str
    text: str
    """What it asks; empty where nobody says."""
    asked: int
    """Learners who were asked it,"""
    right: int
    """and of these, right when they first were, at the first try, the answer unseen."""
    low: float | None
    """The 95 % interval of that share (Wilson); null below ten learners."""
    high: float | None
    still_open: int
    """Learners who did not know it when they were asked last."""
    wrong: tuple[Said, ...]
    """Wrong first replies, the commonest first."""
    beliefs: tuple[Said, ...]
    """False beliefs behind them."""
    vouched: tuple[Said, ...]
    """Replies whose learners say that they mean the same as the answer."""
    reported: tuple[Said, ...]
    """What learners find wrong or unclear."""

    @property
    def missed(self) -> int:
        """Learners who were not right at first."""
        return self.asked - self.right

    @property
    def doubts(self) -> int:
        """Objections to the question itself."""
        return sum(one.learners for one in (*self.vouched, *self.reported))


class BeliefShared(Struct, frozen=True):
    """A false belief in the class."""

    text: str
    chosen: int
    """Learners who chose it at some time."""
    stands: int
    """Of these, those who have not put it right since."""
    questions: tuple[str, ...]
    """Where it was chosen last, as lesson/question."""


class ObjectiveMet(Struct, frozen=True):
    """An objective, as the class stands today."""

    objective: str
    text: str
    learners: int
    """Those who met a question on it,"""
    below: int
    """and of these, those of whose answers less than half would be right today."""


class LessonMet(Struct, frozen=True):
    """A lesson, as the class stands."""

    lesson: str
    title: str
    begun: int
    """Learners."""
    finished: int
    quiz: int
    """Learners whose quiz came to its end."""


class CourseReport(Struct, frozen=True, kw_only=True):
    """A class in one course."""

    course: str
    title: str
    installed: bool
    """Whether the course is at hand here; without it, names are as in the statements."""
    of: int
    """Lessons that it has; 0 where it is not installed."""
    learners: tuple[LearnerReport, ...]
    lessons: tuple[LessonMet, ...]
    """Those that somebody began."""
    questions: tuple[QuestionAsked, ...]
    """In the order of the course."""
    beliefs: tuple[BeliefShared, ...]
    """The most shared first."""
    objectives: tuple[ObjectiveMet, ...]
    """Those that most lack first."""
    talk_about: tuple[str, ...]
    """The questions to talk about first, as lesson/question."""

    @property
    def latest(self) -> str:
        """When somebody did something last."""
        return max((one.latest for one in self.learners), default="")

    @property
    def talk(self) -> list[QuestionAsked]:
        """The questions to talk about."""
        named = {_name(one): one for one in self.questions}
        return [named[name] for name in self.talk_about]

    @property
    def doubtful(self) -> list[QuestionAsked]:
        """Questions that learners object to, the most doubted first."""
        return sorted((one for one in self.questions if one.doubts), key=lambda one: -one.doubts)


class Counts(Struct, kw_only=True):
    """What became of the statements that were read."""

    read: int = 0
    foreign: int = 0
    """Of other programs: left out."""
    broken: int = 0
    """No statements, or ours with an event that cannot be so: left out."""
    repeated: int = 0
    """The same once more, under the same name."""


class Twins(Struct, frozen=True):
    """The same answers under two names."""

    one: str
    other: str
    answers: int


class Mixed(Struct, frozen=True):
    """A learner whose statements came from several accounts of the store."""

    name: str
    accounts: int


class ClassReport(Struct, frozen=True, kw_only=True):
    """All that a report says."""

    date: str
    """The teacher's day, which estimates are for."""
    courses: tuple[CourseReport, ...]
    statements: Counts
    twins: tuple[Twins, ...] = ()
    mixed: tuple[Mixed, ...] = ()


def talk_about(questions: "tuple[QuestionAsked, ...]", learners: int) -> tuple[str, ...]:
    """The three questions of which talking helps most.

    Those that most learners did not know when they were asked last; of equals, those that most
    missed at first, then those on which most gave the same wrong answer. What one learner of
    several does not know is no matter for the class.
    """
    found = [one for one in questions if one.still_open >= min(2, learners)]
    return tuple(map(_name, sorted(found, key=_worth)[:TALKED]))


def _worth(one: QuestionAsked) -> tuple[int, int, int]:
    same = max((wrong.learners for wrong in one.wrong), default=0)
    return -one.still_open, -one.missed, -same


def _name(one: QuestionAsked) -> str:
    return f"{one.lesson}/{one.question}"
