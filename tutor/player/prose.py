"""Free responses: written in several lines or in an editor, then held against a rubric."""

import shlex
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from tutor.course.model import Criterion, FreeResponse
from tutor.judging.judge import assess
from tutor.judging.presenting import Shown
from tutor.player.commands import Command, Key
from tutor.player.desk import Desk, Prompt, Typed
from tutor.progress.events import Assessed, Drafted, Place
from tutor.screen import question_view
from tutor.screen.streaming import harmless
from tutor.screen.words import bold, line


def write_prose(prompt: Prompt, draft: str) -> Typed | Command:
    """Take lines until `:done`, or one of the screen's keys; each line is kept."""
    desk = prompt.desk
    lines = draft.splitlines()
    seconds = 0.0
    if lines:
        desk.say(bold("Your draft so far:"), line(draft))
    while True:
        came = prompt.ask()
        if isinstance(came, Typed):
            lines.append(came.line)
            seconds += came.seconds
            _keep_draft(prompt, lines)  # a window may be closed at any moment
        elif came.key is Key.DONE:
            return Typed("\n".join(lines).strip(), seconds)
        elif came.key is Key.EDIT:
            lines = _edited(desk, "\n".join(lines)).splitlines()
            _keep_draft(prompt, lines)
        else:
            return came


def _keep_draft(prompt: Prompt, lines: list[str]) -> None:
    text = "\n".join(lines)
    if text.strip():
        prompt.desk.record(prompt.place, Drafted(raw=text))


def _edited(desk: Desk, text: str) -> str:
    """Let the learner's editor have the text; what it cannot do leaves the text as it was."""
    editor = desk.editor
    if not editor or not desk.terminal.is_interactive:
        desk.note_line("No editor is set: set EDITOR, or write here.")
        return text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "response.md"
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=False)
        except (OSError, ValueError) as error:
            desk.note_line(f"The editor {editor!r} cannot be run ({error}): write here.")
            return text
        with suppress(OSError):
            text = harmless(path.read_text(encoding="utf-8", errors="replace"))
    desk.say(bold("From your editor:"), line(text))
    desk.note_line("Go on here, or :done to hand it in.")
    return text


def assess_prose(desk: Desk, place: Place, shown: Shown, sitting: str) -> tuple[bool, ...]:
    """Show the model answer and let the learner judge the response; returns the points met."""
    question = shown.question
    assert isinstance(question, FreeResponse)
    look = desk.terminal.look
    written = desk.progress().item(question.id, sitting).raw
    desk.terminal.gap()
    desk.say(bold("Kept. You wrote:"), line(written), line())
    desk.say(*question_view.answer(shown, desk.course, look))
    desk.terminal.gap()
    desk.say(line("Be your own examiner: is it in your answer? 1 for yes, 2 for no, then Enter."))
    prompt = Prompt(desk, place, ())
    count = len(question.rubric)
    met = tuple(
        _is_met(prompt, f"Point {number} of {count}", criterion)
        for number, criterion in enumerate(question.rubric, 1)
    )
    verdict = assess(question, met)
    deed = Assessed(sitting=sitting, met=met, right=verdict.right, score=verdict.score)
    desk.record(place, deed)
    desk.terminal.gap()
    desk.say(bold(verdict.feedback))
    return met


def _is_met(prompt: Prompt, number: str, criterion: Criterion) -> bool:
    worth = "" if criterion.worth == 1 else f" (counts {criterion.worth})"
    prompt.desk.say(line(f"{number}{worth}: {criterion.point}"))
    while True:
        came = prompt.ask()
        if isinstance(came, Typed) and came.line.strip() in ("1", "y", "yes"):
            return True
        if isinstance(came, Typed) and came.line.strip() in ("2", "no"):
            return False
        prompt.desk.note_line("Type 1 for yes or 2 for no.")
