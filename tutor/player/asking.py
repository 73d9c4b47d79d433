"""One question from first sight to settled: tries, hints, the answer, the explanation.

Each reply is on disk before the first byte of its verdict is shown. What is said of earlier replies
is read from the journal each time: nothing here counts along.
"""

import hashlib
from dataclasses import dataclass

from tutor.course.model import (
    AnyQuestion,
    AnyStep,
    FreeResponse,
    TrueFalse,
)
from tutor.judging.answers import other_right_lines, reply_text, right_line
from tutor.judging.judge import Verdict, judge
from tutor.judging.presenting import Answering, Shown, answering, present
from tutor.judging.replies import Reply, Unclear, read_reply
from tutor.player.commands import Command, Key
from tutor.player.confidence import ask_confidence, is_asked
from tutor.player.desk import MOVES, Desk, Move, Prompt, QuitError, Typed
from tutor.player.opinion import is_offered, second_opinion
from tutor.player.prose import assess_prose, write_prose
from tutor.progress.events import Answered, Hinted, Place, Revealed, Vouched
from tutor.progress.lesson_progress import Item
from tutor.screen import question_view
from tutor.screen.step_view import prose
from tutor.screen.terminal import EndOfInputError
from tutor.screen.words import bold, dim


def seed_of(sitting: str, question: AnyQuestion) -> int:
    """Draw the same options and numbers whenever one asking of a question is gone on with."""
    digest = hashlib.sha256(f"{sitting}/{question.id}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


@dataclass
class Asking:
    """A question under way."""

    desk: Desk
    place: Place
    shown: Shown
    sitting: str
    around: tuple[Key, ...]
    """Keys of the screens around the question: each ends the asking, as a move."""
    can_repeat: bool
    met: tuple[bool, ...] = ()
    """Points of a free response that the learner has just found in it."""

    @property
    def item(self) -> Item:
        """How it went so far, as the journal has it now."""
        return self.desk.progress().item(self.question.id, self.sitting)

    @property
    def question(self) -> AnyQuestion:
        """The question with its parameters drawn."""
        return self.shown.question

    @property
    def is_typed(self) -> bool:
        """Tell whether the answer is words or a number, so that commands need a colon."""
        return answering(self.question) is not Answering.CHOSEN


def ask(
    desk: Desk,
    question: AnyQuestion,
    sitting: str,
    *,
    step: AnyStep | None = None,
    around: tuple[Key, ...] = (Key.BACK, Key.LIST),
) -> Move:
    """Ask `question`, going on where its `sitting` left off, until it is settled or left.

    Of `around`, each key ends the asking, as a move.
    """
    shown = present(question, seed_of(sitting, question))
    asking = Asking(desk, desk.place(step, question), shown, sitting, around, step is not None)
    desk.say(*question_view.question(shown, desk.course, desk.terminal.look))
    item = asking.item
    if item.settled:
        return review(asking)
    if item.tries and not isinstance(question, FreeResponse):
        _tell_again(asking, item)
    return _until_settled(asking)


def _tell_again(asking: Asking, item: Item) -> None:
    """Come back to a question that was answered, and not rightly."""
    asking.desk.terminal.gap()
    said = question_view.in_words(asking.shown, item.last, item.last_said)
    asking.desk.note_line(f"Your answer so far: {said}")
    if item.content != asking.place.content:
        asking.desk.note_line("The question has been changed since.")
        return
    reply = read_reply(asking.shown, item.last, asking.desk.lexicon)
    if not isinstance(reply, Unclear):
        told = judge(asking.question, reply, asking.desk.lexicon).feedback
        asking.desk.say(*prose(told, asking.desk.course, asking.desk.terminal.look))


def _letters(question: AnyQuestion) -> tuple[str, ...]:
    """Replies of one letter, right or wrong: a key of another screen never stands in their way."""
    return ("t", "f") if isinstance(question, TrueFalse) else ()


def _until_settled(asking: Asking) -> Move:
    known = (right_line(asking.shown), *other_right_lines(asking.shown))
    answers = tuple(line.casefold() for line in (*known, *_letters(asking.question)))
    prompt = Prompt(asking.desk, asking.place, _keys(asking), asking.is_typed, answers)
    while not asking.item.settled:
        is_free = isinstance(asking.question, FreeResponse)
        came = _free_response(asking) if is_free else prompt.ask()
        if isinstance(came, Command):
            move = _obey(asking, came)
            prompt.keys = _keys(asking)
            if move is not None:
                return move
        elif isinstance(came, Typed):
            _take(asking, came)
            prompt.keys = _keys(asking)
    return _go_on(asking)


def _keys(asking: Asking) -> tuple[Key, ...]:
    return (Key.HINT, Key.SKIP, *_veto(asking), *asking.around)


def _veto(asking: Asking) -> tuple[Key, ...]:
    """The key that overrules a verdict: on words and numbers, where a tutor may be wrong."""
    is_judged = answering(asking.question) is Answering.TYPED
    return (Key.SAME,) if is_judged and asking.item.tries and not asking.item.found else ()


def _obey(asking: Asking, command: Command) -> Move | None:
    match command.key:
        case Key.HINT:
            _hint(asking)
        case Key.SKIP:
            _reveal(asking, skipped=True)
        case Key.SAME:
            _vouch(asking)
        case _:
            return MOVES[command.key]
    return None


def _take(asking: Asking, came: Typed) -> None:
    """Grade a line: understood, kept, then told."""
    reply = read_reply(asking.shown, came.line, asking.desk.lexicon)
    if isinstance(reply, Unclear):
        colon = " (:q quits, :? helps.)" if asking.is_typed else ""
        asking.desk.note_line(f"Not taken as an answer: {reply.advice}.{colon}")
        return
    verdict = judge(asking.question, reply, asking.desk.lexicon)
    confidence, left = _confidence(asking)
    _keep(asking, came, verdict, confidence)
    if left is not None:
        raise left
    _tell(asking, verdict)


def _confidence(asking: Asking) -> tuple[int | None, BaseException | None]:
    """Ask how sure the learner is; one who leaves instead has answered all the same."""
    if asking.item.tries or not is_asked(asking.desk, asking.question):
        return None, None
    try:
        return ask_confidence(asking.desk), None
    except (QuitError, EndOfInputError, KeyboardInterrupt) as leaving:
        return None, leaving


def _keep(asking: Asking, came: Typed, verdict: Verdict, confidence: int | None) -> None:
    item = asking.item
    said = reply_text(asking.shown, came.line)
    asking.desk.record(
        asking.place,
        Answered(
            sitting=asking.sitting,
            seed=asking.shown.seed,
            shown=asking.shown.order,
            raw=came.line,
            said=said if said != came.line else "",
            right=verdict.right,
            score=verdict.score,
            attempt=item.tries + 1,
            hints=item.hints,
            confidence=confidence,
            misconception=verdict.misconception,
            seconds=round(came.seconds, 1),
        ),
    )


def _tell(asking: Asking, verdict: Verdict) -> None:
    desk = asking.desk
    desk.terminal.gap()
    desk.say(*question_view.verdict(verdict, desk.course, desk.terminal.look))
    if verdict.right:
        _explain(asking)
    else:
        colon = ":" if asking.is_typed else ""
        desk.say(dim(f"Try again; {colon}h gives a hint, {colon}s shows the answer."))
        if _veto(asking):
            desk.say(dim(":= if yours means the same as the answer: then it counts as right."))


def _explain(asking: Asking) -> None:
    desk = asking.desk
    desk.say(*question_view.explanation(asking.question, desk.course, desk.terminal.look))


def _hint(asking: Asking) -> None:
    hints = asking.question.hints
    number = asking.item.hints + 1
    if number > len(hints):
        _reveal(asking, skipped=False)
        return
    asking.desk.record(asking.place, Hinted(sitting=asking.sitting, number=number))
    asking.desk.terminal.gap()
    asking.desk.say(bold(f"Hint {number} of {len(hints)}"))
    desk = asking.desk
    desk.say(*prose(hints[number - 1], desk.course, desk.terminal.look))
    if number == len(hints):
        colon = ":" if asking.is_typed else ""
        asking.desk.say(dim(f"{colon}h once more shows the answer."))


def _reveal(asking: Asking, *, skipped: bool) -> None:
    asking.desk.record(asking.place, Revealed(sitting=asking.sitting, skipped=skipped))
    asking.desk.terminal.gap()
    asking.desk.say(
        *question_view.answer(asking.shown, asking.desk.course, asking.desk.terminal.look)
    )
    _explain(asking)


def _vouch(asking: Asking) -> None:
    """Take the learner at their word: a tutor that insists is worse than one that trusts."""
    item = asking.item
    was_seen = item.revealed
    deed = Vouched(sitting=asking.sitting, attempt=item.tries, raw=item.last)
    asking.desk.record(asking.place, deed)
    asking.desk.terminal.gap()
    said = f"Taken at your word: {item.last!r} counts as right. For the author, it is listed under:"
    asking.desk.note_line(f"{said} tutor progress notes")
    if not was_seen:
        look = asking.desk.terminal.look
        asking.desk.say(*question_view.answer(asking.shown, asking.desk.course, look))
        _explain(asking)


def _go_on(asking: Asking) -> Move:
    """Wait at a settled question."""
    again = (Key.AGAIN,) if asking.can_repeat else ()  # in a quiz each item is asked once
    keys = (Key.NEXT, *asking.desk.ways_out, *asking.around, *again)
    keys = (*keys, *_opinion(asking))
    prompt = Prompt(asking.desk, asking.place, (*keys, *_veto(asking)))
    while True:
        match prompt.ask():
            case Command(key=Key.OPINION):
                _ask_for_an_opinion(asking)
            case Command(key=Key.SAME):
                _vouch(asking)
                prompt.keys = keys
            case Command(key=key):
                return MOVES[key]
            case _:
                asking.desk.note_line("This question is settled; Enter goes on.")


def _opinion(asking: Asking) -> tuple[Key, ...]:
    """The key for a second opinion: where something was written, and a model chosen."""
    written = isinstance(asking.question, FreeResponse) and asking.item.raw
    return (Key.OPINION,) if written and is_offered(asking.desk) else ()


def _ask_for_an_opinion(asking: Asking) -> None:
    assert isinstance(asking.question, FreeResponse)
    second_opinion(asking.desk, asking.question, asking.item.raw, asking.met)


def review(asking: Asking) -> Move:
    """Show a settled question again, with what was answered."""
    desk, item = asking.desk, asking.item
    if item.raw:
        said = "right" if item.known else "not right at the first try"
        first = question_view.in_words(asking.shown, item.raw, item.said)
        desk.note_line(f"Your first answer: {first} ({said})")
    else:
        desk.note_line("You saw the answer before answering.")
    desk.say(*question_view.answer(asking.shown, desk.course, desk.terminal.look))
    _explain(asking)
    return _go_on(asking)


def _free_response(asking: Asking) -> Command | None:
    """Write, hand in, compare, assess; each stage is kept by itself."""
    if not asking.item.tries:
        drafts = asking.desk.progress().drafts
        keys = (*_keys(asking), Key.DONE, Key.EDIT)
        prompt = Prompt(asking.desk, asking.place, keys, free_text=True, takes_paste=True)
        came = write_prose(prompt, drafts.get(asking.question.id, ""))
        if isinstance(came, Command):
            return came
        reply: Reply | Unclear = read_reply(asking.shown, came.line)
        if isinstance(reply, Unclear):
            asking.desk.note_line(f"Not handed in: {reply.advice}.")
            return None
        _keep(asking, came, judge(asking.question, reply), None)
    asking.met = assess_prose(asking.desk, asking.place, asking.shown, asking.sitting)
    _explain(asking)
    return None
