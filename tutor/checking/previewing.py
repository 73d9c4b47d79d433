"""`tutor course preview`: a lesson step by step while its author writes it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tutor.checking.check import CHECKS, CUT
from tutor.course.model import AnyStep, Course, Lesson
from tutor.course.problems import Problem
from tutor.course.reading import CourseFiles, Document, read_course_files
from tutor.errors import UnknownNameError
from tutor.screen import preview_view
from tutor.screen.line_or_change import line_or_change
from tutor.screen.terminal import EndOfInputError, Terminal


@dataclass(frozen=True)
class Sight:
    """A lesson as its files stand now."""

    course: Course | None
    lesson: Lesson | None
    problems: tuple[Problem, ...]
    starts: tuple[int, ...] = ()
    """The line on which each step begins."""
    path: str = ""

    @property
    def steps(self) -> tuple[AnyStep, ...]:
        """All steps, those of the quiz last."""
        return (*self.lesson.steps, *self.lesson.quiz) if self.lesson else ()

    def problems_at(self, index: int) -> list[Problem]:
        """What is wrong with one step."""
        ends = (*self.starts[1:], 10**9)
        first, last = self.starts[index], ends[index]
        return [p for p in self.problems if p.path == self.path and first <= p.line < last]


def look_at(folder: Path, word: str) -> Sight:
    """Read a course and check one lesson of it; raises UnknownNameError for a lesson it has not."""
    files = read_course_files(folder)
    document = _document(files, word)
    course = files.course or files.readable
    if course is None or document is None or document.value is None or document.problems:
        return Sight(None, None, tuple(sorted(set(files.problems))))
    for check in CHECKS:
        document.complain_of(check(course, document.value))
    for place in document.cuts:
        document.complain(place, "a comment cuts this text off at #", CUT)
    problems = tuple(sorted(set(files.problems)))
    starts = tuple(_starts(document))
    return Sight(course, document.value, problems, starts, str(document.source.path))


def _document(files: CourseFiles, word: str) -> Document | None:
    """The lesson that is meant: by number, by its file's name, by its id."""
    if not files.lessons:
        return None
    if word.isdecimal() and 1 <= int(word) <= len(files.lessons):
        return files.lessons[int(word) - 1]
    for document in files.lessons:
        path, lesson = document.source.path, document.value
        if word in (path.name, path.stem) or (lesson is not None and lesson.id == word):
            return document
    if all(document.value is not None for document in files.lessons):
        names = ", ".join(document.source.path.stem for document in files.lessons)
        raise UnknownNameError(f"no lesson {word!r}", hint=f"use one of: {names}")
    return None


def _starts(document: Document) -> Iterator[int]:
    for name, steps in (("steps", document.value.steps), ("quiz", document.value.quiz)):
        for index in range(len(steps)):
            yield document.mark_of((name, index)).line


@dataclass
class Preview:
    """A walk through one lesson that sees each change of its files."""

    folder: Path
    word: str
    terminal: Terminal
    at: int = 0
    step: str = ""
    """The id of the step that is shown: the place is kept by it."""
    seed: int = 0
    state: tuple[tuple[str, int, int], ...] = ()
    sight: Sight = field(default_factory=lambda: Sight(None, None, ()))
    lesson: str = ""
    """The id of the lesson: it is found by it once its file has another name."""
    answer: str = ""
    """What is said to a key that leads nowhere."""

    def run(self) -> None:
        """Show, and show again after each key and each change, until somebody leaves."""
        self.refresh()
        try:
            while True:
                self.show()
                typed = line_or_change(self.terminal, "> ", self.has_changed)
                if typed is None or self.has_changed():
                    self.refresh()
                if typed is not None and not self.obey(typed.strip().casefold()):
                    return
        except EndOfInputError:
            return

    def has_changed(self) -> bool:
        """Tell whether a file of the course is another than when it was read."""
        return self.state != self._state()

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        try:
            found = [(path.name, path.stat()) for path in sorted(self.folder.glob("*.yaml"))]
        except OSError:  # a file that is being replaced
            return ()
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)

    def refresh(self) -> None:
        """Read the files anew, and stay at the step where we were."""
        self.state = self._state()
        self.sight = self._look()
        self.lesson = self.sight.lesson.id if self.sight.lesson else self.lesson
        ids = [step.id for step in self.sight.steps]
        if self.step in ids:
            self.at = ids.index(self.step)

    def _look(self) -> Sight:
        try:
            return look_at(self.folder, self.word)
        except UnknownNameError:
            if not self.lesson:
                raise
            return look_at(self.folder, self.lesson)

    def show(self) -> None:
        """Show the step, or why there is none."""
        terminal, steps = self.terminal, self.sight.steps
        terminal.clear()
        if self.sight.course is None or self.sight.lesson is None:
            terminal.say(*preview_view.unreadable(self.sight.problems), preview_view.keys())
            return
        self.at = min(self.at, len(steps) - 1)
        step = steps[self.at]
        self.step = step.id
        here = self.sight.problems_at(self.at)
        elsewhere = [one for one in self.sight.problems if one not in here]
        title = self.sight.lesson.title
        terminal.say(preview_view.head(title, step, self.at + 1, len(steps), terminal))
        terminal.say(*preview_view.draft_line(step))
        terminal.say(*preview_view.step_as_seen(step, self.sight.course, self.seed, terminal))
        terminal.say(*preview_view.problems(here, elsewhere), preview_view.keys(self.answer))

    def obey(self, typed: str) -> bool:
        """Go where a key leads; False for out."""
        ids = [step.id for step in self.sight.steps]
        last, self.answer = len(ids) - 1, ""
        match typed:
            case "q":
                return False
            case "":
                self.at = min(self.at + 1, max(0, last))
            case "b":
                self.at = max(0, self.at - 1)
            case "d":
                self.seed += 1
            case number if number in map(str, range(1, len(ids) + 1)):
                self.at = int(number) - 1
            case name if name in ids:
                self.at = ids.index(name)
            case _:
                self.answer = preview_view.no_such_step(typed, len(ids))
        self.step = ids[self.at] if ids else self.step
        return True
