"""A class in a course: what its learners did, one learner after the other, added up."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tutor.records.class_report import (
    ENOUGH,
    HALF,
    BeliefShared,
    CourseReport,
    LearnerReport,
    LessonMet,
    ObjectiveMet,
    QuestionAsked,
    Said,
    talk_about,
)
from tutor.records.first_askings import First
from tutor.records.folding import CourseWork, Name
from tutor.records.known_course import KnownCourse
from tutor.review.counting import was_missed
from tutor.review.mastery import Mastery
from tutor.sums.intervals import wilson

LONGEST_SHOWN = 300
"""Characters of a reply that are kept."""


class Words:
    """What learners said, and how many said the same but for capitals and blanks."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._shown: dict[str, str] = {}

    def add(self, words: str) -> None:
        """Count what one learner said."""
        shown = " ".join(words[:LONGEST_SHOWN].split())
        self._shown.setdefault(shown.casefold(), shown)
        self._counts[shown.casefold()] += 1

    def said(self) -> tuple[Said, ...]:
        """The commonest first."""
        return tuple(Said(self._shown[key], count) for key, count in self._counts.most_common())


@dataclass
class _Question:
    asked: int = 0
    right: int = 0
    still_open: int = 0
    wrong: Words = field(default_factory=Words)
    beliefs: Words = field(default_factory=Words)
    vouched: Words = field(default_factory=Words)
    reported: Words = field(default_factory=Words)

    def take(self, first: First) -> None:
        """Count how it went for a learner at first."""
        self.asked += 1
        self.right += first.right
        if first.answered and not first.right:
            self.wrong.add(first.words)
        if first.belief:
            self.beliefs.add(first.belief)


@dataclass
class _Belief:
    chosen: int = 0
    stands: int = 0
    where: dict[str, None] = field(default_factory=dict)


class CourseClass:
    """A class in one course, while it is added up."""

    def __init__(self, course: KnownCourse) -> None:
        self._course = course
        self._learners: list[LearnerReport] = []
        self._questions: dict[Name, _Question] = {}
        self._beliefs: dict[str, _Belief] = {}

    def take(self, learner: LearnerReport, work: CourseWork) -> None:
        """Add what a learner did."""
        self._learners.append(learner)
        for name, first in work.first.items():
            self._question(name).take(first)
        for lesson, cards in work.cards.items():
            for question, card in cards.cards.items():
                self._question((lesson, question)).still_open += was_missed(card)
        for text, where in _chosen(work).items():
            self._choose(text, where, stands=text in learner.beliefs)
        for name, words in work.vouched.items():
            self._question(name).vouched.add(words)
        for name, words in work.reported.items():
            self._question(name).reported.add(words)

    def _question(self, name: Name) -> _Question:
        return self._questions.setdefault(name, _Question())

    def _choose(self, text: str, where: Iterable[str], *, stands: bool) -> None:
        belief = self._beliefs.setdefault(text, _Belief())
        belief.chosen += 1
        belief.stands += stands
        belief.where.update(dict.fromkeys(where))

    def report(self) -> CourseReport:
        """What it all comes to."""
        outline = self._course.outline
        questions = tuple(self._asked(name) for name in self._in_order())
        return CourseReport(
            course=self._course.id,
            title=self._course.title,
            installed=outline is not None,
            of=len(outline.lessons) if outline else 0,
            learners=tuple(sorted(self._learners, key=lambda one: one.name.casefold())),
            lessons=tuple(self._lessons()),
            questions=questions,
            beliefs=self._shared(),
            objectives=tuple(sorted(self._objectives(), key=_lack)),
            talk_about=talk_about(questions, len(self._learners)),
        )

    def _in_order(self) -> Iterator[Name]:
        """Questions as the course has them, then those that it has no more."""
        known = [name for name in self._course.order() if name in self._questions]
        yield from known
        yield from sorted(self._questions.keys() - set(known))

    def _asked(self, name: Name) -> QuestionAsked:
        lesson, question = name
        one = self._questions[name]
        low, high = wilson(one.right, one.asked) if one.asked >= ENOUGH else (None, None)
        return QuestionAsked(
            lesson=lesson,
            lesson_title=self._course.title_of(lesson),
            question=question,
            text=self._course.prompts.get(name, ""),
            asked=one.asked,
            right=one.right,
            low=low,
            high=high,
            still_open=one.still_open,
            wrong=one.wrong.said(),
            beliefs=one.beliefs.said(),
            vouched=one.vouched.said(),
            reported=one.reported.said(),
        )

    def _shared(self) -> tuple[BeliefShared, ...]:
        found = [
            BeliefShared(text, one.chosen, one.stands, tuple(one.where))
            for text, one in self._beliefs.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.stands, -one.chosen, one.text)))

    def _lessons(self) -> Iterator[LessonMet]:
        done = [lesson for learner in self._learners for lesson in learner.lessons]
        titles = {lesson.lesson: lesson.title for lesson in done}
        for name in self._lesson_order(titles):
            own = [one for one in done if one.lesson == name]
            yield LessonMet(
                name,
                titles[name],
                begun=len(own),
                finished=sum(one.state == "finished" for one in own),
                quiz=sum(one.quiz is not None for one in own),
            )

    def _lesson_order(self, begun: dict[str, str]) -> list[str]:
        outline = self._course.outline
        names = [lesson.id for lesson in outline.lessons] if outline else sorted(begun)
        return [name for name in names if name in begun]

    def _objectives(self) -> Iterator[ObjectiveMet]:
        met: dict[str, list[Mastery]] = {}
        for learner in self._learners:
            for one in learner.objectives:
                met.setdefault(one.objective, []).append(one)
        for name, found in met.items():
            below = sum(one.share < HALF for one in found)
            yield ObjectiveMet(name, found[0].text, len(found), below)


def _chosen(work: CourseWork) -> dict[str, list[str]]:
    """Where one learner chose each belief: lessons share some, and a learner counts once."""
    places: dict[str, list[str]] = {}
    for lesson, cards in work.cards.items():
        for text, trap in cards.traps.items():
            places.setdefault(text, []).append(f"{lesson}/{trap.question}")
    return places


def _lack(one: ObjectiveMet) -> tuple[int, str]:
    return -one.below, one.objective
