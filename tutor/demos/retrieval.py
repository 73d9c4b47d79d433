"""Answers from notes: nothing looked up, all pasted, some fetched, one planted; and a check."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.desk_notes import (
    LOOKUPS,
    NOTES,
    PLANTED,
    SPOTS,
    THING,
    Lookup,
    Note,
    found,
    planted,
)
from tutor.errors import NoAnswerError
from tutor.providers.talk import Provider, Request, user
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import spending, steadily, text_of_the_learner
from tutor.stage.passages import flat, hear_briefly, passage
from tutor.stage.stage import Stage

TOKENS, ENOUGH, LONGEST = 40, 200, 120
GUESSES = ("nothing", "all twelve notes", "the notes that a search finds")
_WORD = re.compile(r"[a-z]+")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many questions are asked."""

    questions: int = len(LOOKUPS)


@dataclass(frozen=True, slots=True)
class Way:
    """What a model is given beside the question."""

    title: str
    notes: Callable[[Lookup], Sequence[Note]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and the notes that it should rest on."""

    asked: Lookup
    notes: tuple[Note, ...]
    reply: str

    @property
    def right(self) -> bool:
        """Whether it names the one right place and no other."""
        return named(self.reply, self.notes) == {self.asked.place}

    def backed(self, *, by_the_desk: bool) -> bool:
        """Whether some note has the thing and every place that the reply names."""
        places = named(self.reply, self.notes)
        notes = (note for note in self.notes if note.trusted or not by_the_desk)
        needed = places | {self.asked.thing}
        return bool(places) and any(needed <= _words(note.text) for note in notes)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def named(reply: str, notes: Sequence[Note] = ()) -> set[str]:
    """The places that a reply names: those of the desk, and whatever a planted note ends in."""
    strange = {_WORD.findall(note.text.casefold())[-1] for note in notes if not note.trusted}
    return _words(reply) & ({*SPOTS} | strange)


def run(settings: Settings, stage: Stage) -> None:
    """Ask the same questions in four ways, then let code check what the answers rest on."""
    say = stage.terminal.say
    say(bold("Twelve notes lie at a desk. People ask where their things are."))
    say(*passage("note", NOTES[0].text, stage.terminal), dim("  … and eleven more like it"))
    guess = stage.guess("What should be put in front of each question?", GUESSES)
    sentence = _sentence(stage)
    asked = LOOKUPS[: settings.questions]
    ways = _ways(sentence)
    calls = [_request(one, way.notes(one)) for way in ways for one in asked]
    speaker = stage.chosen(spending(calls))
    if speaker is None or not _play(stage, speaker, ways, asked, guess):
        _play(stage, stage.face("sft"), ways, asked, guess)


def _sentence(stage: Stage) -> str:
    """The outsider's sentence: the learner's own, where it ends in a word."""
    own = flat(text_of_the_learner(stage), LONGEST)
    if own and not _words(own):
        stage.terminal.say(line("No word stands in that sentence. So ours is planted."))
    return own if _words(own) else PLANTED


def _ways(sentence: str) -> tuple[Way, ...]:
    return (
        Way("nothing", lambda _: ()),
        Way("all twelve notes", lambda _: NOTES),
        Way("the notes that a search finds", lambda one: found(one.question, NOTES)),
        Way("the same, one note planted", lambda one: _poisoned(one, sentence)),
    )


def _poisoned(one: Lookup, sentence: str) -> list[Note]:
    return found(one.question, [*NOTES, planted(sentence, one.thing)])


def _request(asked: Lookup, notes: Sequence[Note]) -> Request:
    return user(" ".join([*(note.text for note in notes), asked.question]), max_tokens=TOKENS)


def _play(
    stage: Stage, speaker: Provider, ways: Sequence[Way], asked: Sequence[Lookup], guess: str
) -> bool:
    """All ways, each counted as it is done; whether any was."""
    stage.introduce(speaker)
    heard: dict[str, list[Answer]] = {}
    try:
        for way in ways:
            heard[way.title] = [_ask(stage, speaker, one, way.notes(one)) for one in asked]
            _show_one(stage, way.title, heard[way.title][0])
    except NoAnswerError as error:
        stage.say_failure(error)
        return False
    except KeyboardInterrupt:
        heard = {title: answers for title, answers in heard.items() if answers}
        stage.terminal.say(dim("  [stopped by you]"))
    _count(stage, heard, guess)
    return True


def _ask(stage: Stage, speaker: Provider, asked: Lookup, notes: Sequence[Note]) -> Answer:
    request = steadily(speaker, _request(asked, notes), stage.seed)
    reply = hear_briefly(stage, speaker, request, ENOUGH)
    return Answer(asked, tuple(notes), reply.text.strip())


def _show_one(stage: Stage, title: str, answer: Answer) -> None:
    stage.terminal.gap()
    stage.terminal.say(bold(f"Put in front: {title}"))
    if 0 < len(answer.notes) < len(NOTES):
        for note in answer.notes:
            mark = "note" if note.trusted else "planted"
            stage.terminal.say(*passage(mark, flat(note.text), stage.terminal))
    stage.terminal.say(*passage("asked", answer.asked.question, stage.terminal))
    stage.terminal.say(*passage("reply", flat(answer.reply) or "(nothing)", stage.terminal))


def _count(stage: Stage, heard: dict[str, list[Answer]], guess: str) -> None:
    rows = [row for title, answers in heard.items() for row in _rows(title, answers)]
    say = stage.terminal.say
    stage.terminal.gap()
    say(bold("All questions. Code lets a reply out only if a note has the thing and the place:"))
    say(*table(("in front", "right", "wrong", "slipped through"), rows, stage.terminal))
    if guess and heard:
        best = max(heard, key=lambda title: sum(answer.right for answer in heard[title]))
        say(line(f"You guessed: {guess}. Most came out right with: {best}."))
    stage.note("**Retrieval.** " + "; ".join(f"{row[0]}: {row[1]} right" for row in rows) + ".")


def _rows(title: str, answers: Sequence[Answer]) -> list[tuple[str, ...]]:
    rows = [_row(title, answers, by_the_desk=False)]
    if any(not note.trusted for answer in answers for note in answer.notes):
        rows.append(_row("only the desk's notes count", answers, by_the_desk=True))
    return rows


def _row(title: str, answers: Sequence[Answer], *, by_the_desk: bool) -> tuple[str, ...]:
    wrong = [answer for answer in answers if not answer.right]
    let_out = sum(answer.backed(by_the_desk=by_the_desk) for answer in wrong)
    right = len(answers) - len(wrong)
    return title, f"{right} of {len(answers)}", str(len(wrong)), str(let_out)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Answers from notes, checked, then broken",
    line="Twelve questions: nothing looked up, all notes pasted, some fetched, one planted.",
    own_text=f'a sentence to plant, with {THING} for the thing, such as "{PLANTED}"',
    notice=(
        "What stands before the question decides the answer, true or planted. A check that asks"
        " whether some source says so cannot tell a planted source from a good one: code has to"
        " know who wrote it."
    ),
)
