"""`tutor course draft`: a source text as a lesson of drafts."""

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import Exit, FileError, TutorError

if TYPE_CHECKING:
    from tutor.cli.room import Room
    from tutor.drafting.asking import Drafted
    from tutor.drafting.lesson import DraftLesson
    from tutor.drafting.session import Session
    from tutor.providers.talk import Provider
    from tutor.stage.spending import Models

FEW = 3
"""Invented quotes that are shown."""
SHORT = 70


@dataclass(frozen=True)
class Wanted:
    """A draft as it was asked for."""

    source: str
    file: Path
    model: str = ""
    skeleton: bool = False
    yes: bool = False


def draft(room: "Room", wanted: Wanted) -> int:
    """Read the source, ask the model, write the lesson; returns the exit code."""
    from tutor.drafting.session import Session
    from tutor.drafting.source import passages, read_source

    _refuse_what_is_there(wanted.file)
    text = read_source(wanted.source)
    session = Session(passages(text))
    _tell_of_other_letters(text)
    speaker = None if wanted.skeleton else _speaker(room, wanted, session)
    if speaker is not None:
        _ask(room, session, speaker)
        if session.failure is not None and not session.drafted:
            raise session.failure
    _write(room, wanted, session, speaker)
    if session.failure is not None:
        raise session.failure
    return Exit.INTERRUPTED if session.stopped else Exit.DONE


def _refuse_what_is_there(file: Path) -> None:
    if file.suffix != ".yaml":
        raise FileError(f"{file} is no name for a lesson", hint="let it end in .yaml")
    if os.path.lexists(file):
        hint = "name another file: nothing of yours is written over"
        raise FileError(f"{file} is there already", hint=hint)


def _tell_of_other_letters(text: str) -> None:
    from tutor.cli.room import tell
    from tutor.drafting.source import unreadable
    from tutor.screen.bars import counted

    if count := unreadable(text):
        letters = counted(count, "letter")
        tell(f"{letters} not in UTF-8 will stand as ?: better save the text as UTF-8")


def _speaker(room: "Room", wanted: Wanted, session: "Session") -> "Provider | None":
    """The model that is asked, a hosted one after a yes; None where none is chosen."""
    from tutor.screen.words import line
    from tutor.stage.hearing import spending
    from tutor.stage.spending import Spender

    models = _models(room, wanted.model)
    model = models.find()
    if model is None:
        why = "No chat model is chosen (tutor model list shows which there are)"
        room.terminal.say(line(f"{why}: this will be the empty skeleton."))
        return None
    spender = Spender(room.terminal, models, lambda: wanted.yes or room.agrees(), instead="")
    speaker = spender.choose(spending(session.requests(model)))
    if speaker is None:
        hint = "add --yes to agree, or --skeleton for an empty lesson without a model"
        raise TutorError("no model was asked, and nothing is written", hint=hint)
    return speaker


def _models(room: "Room", name: str) -> "Models":
    """The model that the learner chose, or the one that is named."""
    from tutor.bench.cast import Finder
    from tutor.screen.waiting import wait_visibly
    from tutor.screen.words import dim
    from tutor.stage.spending import Models

    if not name:
        return room.models
    terminal, settings = room.terminal, room.settings
    finder = Finder(
        *(room.models, settings.data, settings.environ),
        wait=lambda seconds, why: wait_visibly(terminal, seconds, why),
        tell=lambda note: terminal.say(dim(note)),
    )
    agent, ours = finder.find(name), room.models
    return Models(lambda: agent.speaker, lambda _one: agent.price, ours.checked_on, ours.purse)


def _ask(room: "Room", session: "Session", speaker: "Provider") -> None:
    from tutor.screen.words import dim
    from tutor.stage.spending import account
    from tutor.stage.stage import Stage

    terminal, count = room.terminal, len(session.passages)

    def watch(number: int, one: "Drafted") -> None:
        left_out = len(one.invented) + one.unusable
        more = f", {left_out} left out" if left_out else ""
        drafts = f"{len(one.drafts)} of 3 drafts{more}"
        terminal.say(dim(f"  passage {number} of {count}: {drafts}"))

    stage = Stage(terminal)
    stage.introduce(speaker)
    session.run(stage, speaker, watch)
    if session.stopped:
        terminal.say(dim("  [stopped by you; what was drafted is kept]"))
    if room.models.purse.used.calls:
        terminal.say(dim(account(room.models.purse.used)))


def _write(room: "Room", wanted: Wanted, session: "Session", speaker: "Provider | None") -> None:
    from tutor.drafting.lesson import draft_lesson, lesson_file
    from tutor.progress.moments import local_now
    from tutor.writing import write_whole

    today = local_now().date()
    made = draft_lesson(wanted.file.stem, session.found, today)
    source = "standard input" if wanted.source == "-" else Path(wanted.source).name
    by = f"by {speaker.card.model}, from {source}" if speaker else f"to be written, from {source}"
    try:
        write_whole(wanted.file, [lesson_file(made.lesson, by, today).encode()])
    except OSError as error:
        hint = "make room, or name a file in a folder that can be written"
        message = f"{wanted.file} cannot be written: {error.strerror}"
        raise FileError(message, hint=hint) from error
    _tell(room, wanted.file, made)


def _tell(room: "Room", file: Path, made: "DraftLesson") -> None:
    """What there is now, what was left out and why, and what to do next."""
    from tutor.screen.bars import counted
    from tutor.screen.streaming import harmless
    from tutor.screen.words import cut, dim, line

    say, empty = room.terminal.say, len(made.lesson.steps) - made.texts - made.asked_in_steps
    said = [counted(made.texts, "text"), counted(made.questions, "question")]
    said += [counted(empty, "empty step")] if empty else []
    say(line(f"{file}: {', '.join(said)}, all of them drafts."))
    if made.invented:
        count = counted(len(made.invented), "draft")
        say(line(f"{count} left out: what they quote is not in the source, the model made it up:"))
        say(*(dim(f"  “{cut(harmless(one), SHORT)}”") for one in made.invented[:FEW]))
    if made.unusable:
        say(line(f"{counted(made.unusable, 'draft')} left out: not as they were asked for."))
    folder, name = file.parent, shlex.quote(str(file))
    if not (folder / "course.yaml").is_file():
        say(line("It needs a course around it: tutor course new NAME, and move it there."))
    say(line(f"Add it to the lessons of course.yaml:  - {file.name}"))
    say(line("Then read each draft against the sentence it rests on, mend it, and sign it:"))
    say(line(f"    tutor course preview {name}"))
