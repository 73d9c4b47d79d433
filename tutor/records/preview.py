"""What would be sent, before anything is: all of it, word for word, and what stays."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from tutor.progress.events import Deed, Drafted, Noted
from tutor.progress.journal import Journal
from tutor.records.filling import to_come
from tutor.records.learner import Learner
from tutor.records.mapping import OWN_WORDS, Scribe
from tutor.records.outbox import Outbox
from tutor.screen.bars import counted
from tutor.screen.streaming import harmless

NO_STORE = ""
"""The name of a store that nothing was sent to yet."""


ALONG = (
    "With each answer go what you typed, whether it was right, when, how long it took, how far your"
    " clock is off UTC, and a random number for this journal."
)


@dataclass(frozen=True)
class Preview:
    """What would be sent."""

    done: dict[str, int]
    """How many statements there are of each verb, as people read it, the most frequent first."""
    stays: dict[str, int]
    """How many events are kept back, by what they are called."""
    example: bytes
    """JSON of the first answer, or of the first statement; empty where there is none."""

    @property
    def count(self) -> int:
        """How many statements there are."""
        return sum(self.done.values())


class _Display(msgspec.Struct):
    en: str


class _Verb(msgspec.Struct):
    display: _Display


class _Statement(msgspec.Struct):
    verb: _Verb


def going(
    outbox: Outbox | None, journal: Journal | None, scribe: Scribe, store: str = NO_STORE
) -> Iterator[bytes]:
    """The JSON of each statement that a store would be sent by now, in order."""
    if outbox:
        yield from (frozen.statement for frozen in outbox.all_waiting(store))
    if journal:
        yield from map(msgspec.json.encode, to_come(outbox, journal, scribe))


def preview(statements: Iterable[bytes], journal: Journal | None, scribe: Scribe) -> Preview:
    """Count what would be sent, and what stays."""
    done: Counter[str] = Counter()
    example = b""
    for statement in statements:
        word = _verb_of(statement)
        if not example or (word == "answered" and "answered" not in done):
            example = statement
        done[word] += 1
    return Preview(dict(done.most_common()), _staying(journal, scribe), example)


def _verb_of(statement: bytes) -> str:
    return msgspec.json.decode(statement, type=_Statement).verb.display.en


def _staying(journal: Journal | None, scribe: Scribe) -> dict[str, int]:
    if journal is None or scribe.learner.notes:
        return {}
    return dict(Counter(_called(event.deed) for event in journal.events(*OWN_WORDS)))


def _called(deed: Deed) -> str:
    match deed:
        case Noted():
            return "note"
        case Drafted():
            return "draft"
        case _:
            return "report"


def told(found: Preview, learner: Learner) -> Iterator[str]:
    """What would leave the machine, under which name, and what would not; a paragraph each."""
    if not found.count:
        yield "Nothing waits to be sent."
    else:
        verbs = ", ".join(f"{number:,} {verb}" for verb, number in found.done.items())
        yield f"{counted(found.count, 'record')} would be sent: {verbs}. Nothing is sent now."
        yield f"They go out as {harmless(learner.name)!r}. {ALONG}"
    if found.stays:
        kinds = ", ".join(counted(number, kind) for kind, number in found.stays.items())
        yield f"What stays here: {kinds}."


def pretty(statement: bytes) -> str:
    """The same JSON over several lines, and harmless to a terminal."""
    return harmless(msgspec.json.format(statement, indent=2).decode())
