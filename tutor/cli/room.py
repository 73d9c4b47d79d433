"""What most commands need: settings, a terminal, the course, the journal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.course.model import Course, Lesson
    from tutor.course.outline import Outline
    from tutor.player.desk import Desk
    from tutor.progress.journal import Ahead, Journal
    from tutor.progress.lesson_progress import LessonProgress
    from tutor.progress.times import Times
    from tutor.review.counting import Waiting
    from tutor.review.mastery import Report
    from tutor.review.remembered import LessonCards
    from tutor.screen.terminal import Terminal
    from tutor.screen.working import Working
    from tutor.settings import Settings
    from tutor.stage.spending import Models


def tell(note: str) -> None:
    """Say something beside the result; where nobody reads it, that stops nothing."""
    with suppress(BrokenPipeError):
        print(f"note: {note}", file=sys.stderr, flush=True)


class Room:
    """Opens things when they are first needed."""

    def __init__(self, *, plain: bool = False, scrolls: bool = False, course: str = "") -> None:
        self._asked_plain, self._asked_scroll, self._asked_course = plain, scrolls, course
        self._named: set[Path] = set()
        self.word = course
        """The course as --course names it; empty where it goes without saying."""

    @cached_property
    def settings(self) -> "Settings":
        """The environment and the folders."""
        from tutor.settings import read_settings

        return read_settings(course=self._asked_course)

    @property
    def called(self) -> str:
        """What is typed to come back to this course, as our hints say it."""
        import shlex

        return f"tutor --course {shlex.quote(self.word)}" if self.word else "tutor"

    @property
    def plain(self) -> bool:
        """Tell whether accessible output is wanted, by an option or by the environment."""
        return self._asked_plain or self.settings.plain

    @cached_property
    def terminal(self) -> "Terminal":
        """The terminal, or the pipe, of this process."""
        from tutor.screen.terminal import open_terminal

        scrolls = self._asked_scroll or self.settings.scrolls
        return open_terminal(plain=self.plain, scrolls=scrolls)

    @cached_property
    def course(self) -> "Course":
        """The course that the settings name, as it reads today."""
        from tutor.course.dating import dated
        from tutor.course.finding import load_course
        from tutor.progress.moments import local_now

        return dated(load_course(self.settings.course, self.settings.cache), local_now().date())

    @cached_property
    def outline(self) -> "Outline":
        """The same course in outline, which is quicker to open."""
        from tutor.course.finding import load_outline

        return load_outline(self.settings.course, self.settings.cache)

    def progress(self) -> "dict[str, LessonProgress]":
        """Where the learner stands, without writing a byte."""
        from tutor.progress.peeking import read_progress

        self.name_set_aside()
        return read_progress(self.settings.journal, self.outline.id, tell)

    def practised(self) -> "dict[str, LessonCards]":
        """What practice has left in each lesson, without writing a byte."""
        from tutor.progress.peeking import read_states
        from tutor.review.remembered import NAME, RULE, LessonCards

        course, kept = self.outline.id, (NAME, RULE, LessonCards)
        return read_states(self.settings.journal, course, kept, self._cards_anew, tell)

    def waiting(self) -> "Waiting":
        """What is due today."""
        from tutor.progress.moments import local_now
        from tutor.review.counting import asked_in, waiting
        from tutor.review.days import day_of

        return waiting(self.practised(), asked_in(self.outline), day_of(local_now()))

    def report(self) -> "Report":
        """What practice has come to by today."""
        from msgspec.structs import replace

        from tutor.judging.betting import bets
        from tutor.progress.moments import local_now
        from tutor.review.days import day_of
        from tutor.review.mastery import report
        from tutor.review.remembered import Judged
        from tutor.tinylm.measuring.sureness import kept

        found = report(self.practised(), self.outline, day_of(local_now()))
        found = replace(found, bets=bets(self.course, self.progress()))
        if not self.outline.calibration:  # this course is not about models
            return found
        model = {level: Judged(one.choices, one.right) for level, one in kept().items()}
        return replace(found, model=model)

    @cached_property
    def pace(self) -> float:
        """By what estimated minutes are multiplied for this learner."""
        from tutor.progress.peeking import read_states
        from tutor.progress.times import NAME, RULE, Times
        from tutor.standing import pace

        kept = (NAME, RULE, Times)
        times = read_states(self.settings.journal, self.outline.id, kept, self._times_anew, tell)
        return pace(self.outline, times)

    def _pace_in(self, journal: "Journal") -> float:
        """The same from a journal that is open."""
        from tutor.standing import pace

        return pace(self.outline, self._times_anew(journal))

    def _times_anew(self, journal: "Journal") -> "dict[str, Times]":
        from tutor.progress.timing import TIMES

        return journal.states(TIMES, self.outline.id)

    def prompts(self) -> dict[tuple[str, str], str]:
        """What each question asks, by its lesson and its own name."""
        from tutor.course.contents import questions

        lessons = self.course.lessons
        return {(each.id, one.id): one.prompt for each in lessons for one in questions(each)}

    def ahead(self) -> "Ahead":
        """What was recorded under a clock that was ahead of this one."""
        from tutor.progress.journal import Ahead, Journal
        from tutor.progress.moments import local_now

        journal = Journal.peek(self.settings.journal, tell)
        if journal is None:
            return Ahead(0, "")
        with journal:
            return journal.dated_ahead(local_now())

    def _cards_anew(self, journal: "Journal") -> "dict[str, LessonCards]":
        from tutor.review.cards import CARDS

        return journal.states(CARDS, self.outline.id)

    def lesson_now(self) -> str:
        """The lesson to go on with; the first, when all are finished."""
        from tutor.standing import next_lesson, standings

        now = next_lesson(standings(self.outline, self.progress_before_writing()))
        return now.id if now else self.outline.lessons[0].id

    def progress_before_writing(self) -> "dict[str, LessonProgress]":
        """The same for a command that goes on to write: a damaged journal is set aside now."""
        from tutor.progress.opening import DamagedError

        try:
            return self.progress()
        except DamagedError:
            with self.journal() as journal:
                return journal.lessons(self.outline.id)

    @cached_property
    def models(self) -> "Models":
        """The model that the learner chose, and what this session may still spend on it."""
        from tutor.cli.chosen import chosen_models

        return chosen_models(self.settings, self.terminal)

    def desk(self, journal: "Journal", lesson: "Lesson | None" = None) -> "Desk":
        """A desk at a lesson; at none in particular, the first one's."""
        from tutor.player.desk import Desk

        chosen = lesson or self.course.lessons[0]
        self.terminal.turns_pages()
        desk = Desk(self.course, chosen, self.terminal, journal)
        desk.models, desk.notebook = self.models, self.settings.notebook
        desk.editor, desk.pace = self.settings.editor, self._pace_in(journal)
        desk.called = self.called
        desk.converse = self._converse
        return desk

    def _converse(self, lesson: "Lesson", question: str) -> None:
        from tutor.cli.ask import converse

        converse(self, lesson, question, yes=False)

    def confirms(self, question: str) -> bool:
        """Ask for a yes; the end of input is a no. NeedsPersonError where nobody could say it."""
        from tutor.errors import NeedsPersonError
        from tutor.screen.terminal import EndOfInputError

        if not self.terminal.is_interactive:
            raise NeedsPersonError("this asks for a confirmation", hint="add --yes")
        try:
            return self.terminal.ask(f"{question} (y/n) ").strip().casefold() in ("y", "yes")
        except EndOfInputError:
            return False

    def agrees(self) -> bool:
        """Ask whether a model may be paid for; no where nobody is there who could say yes."""
        from tutor.player.demonstrating import agree
        from tutor.player.desk import QuitError
        from tutor.screen.terminal import EndOfInputError

        if not (self.terminal.is_interactive and self.terminal.is_watched):
            return False
        try:
            return agree(self.terminal)
        except (QuitError, EndOfInputError):
            return False

    @contextmanager
    def journal(self) -> "Iterator[Journal]":
        """The journal, open for writing; a damaged one is set aside and named."""
        from tutor.progress.rescue import open_journal
        from tutor.review.folds import FOLDS

        self.name_set_aside()
        journal, rescue = open_journal(self.settings.journal, tell=tell, folds=FOLDS)
        if rescue:
            from tutor.screen.journal_view import rescued

            tell(rescued(rescue))
        with journal:
            yield journal

    def working(self, what: str, whole: int = 0) -> "Working":
        """Something that shows how far work has come that takes its time."""
        from tutor.screen.working import Working

        return Working(self.terminal, what, whole)

    def name_set_aside(self) -> None:
        """Name, once a command, each file that was set aside and not looked into since."""
        from tutor.progress.setting_aside import set_aside

        found = [file for file in set_aside(self.settings.journal) if file not in self._named]
        self._named.update(found)
        for file in found:
            said = "was set aside because it was damaged. To take back what reads in it"
            tell(f"{file} {said}, run: tutor progress repair")
