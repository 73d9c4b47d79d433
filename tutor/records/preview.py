"""What would be sent, before anything is: all of it, word for word, and what stays."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from tutor.progress.events import Deed, Drafted, Noted
from tutor.progress.journal import Journal
from tutor.records.filling import to_come
from tutor.records.iris import Verb
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


_VERBS = {verb.value for verb in Verb}


class _Verb(msgspec.Struct, frozen=True):
    id: str = ""


class _Statement(msgspec.Struct, frozen=True):
    verb: _Verb = _Verb()


@dataclass(frozen=True)
class Going:
    """What would go to a store, from files that are open."""

    outbox: Outbox | None
    journal: Journal | None
    scribe: Scribe
    store: str = NO_STORE

    def statements(self) -> Iterator[bytes]:
        """The JSON of each statement that the store would be sent by now, in order."""
        if self.outbox:
            yield from (frozen.statement for frozen in self.outbox.all_waiting(self.store))
        if self.journal:
            coming = to_come(self.outbox, self.journal, self.scribe)
            yield from map(msgspec.json.encode, coming)

    def counted(self) -> Preview:
        """How much that is, and what stays."""
        done: Counter[str] = Counter()
        example = b""
        for statement in self.statements():
            word = _verb_of(statement)
            if not example or (word == "answered" and "answered" not in done):
                example = statement
            done[word] += 1
        return Preview(dict(done.most_common()), self._staying(), example)

    def told(self, *, everything: bool) -> Iterator[str]:
        """What would leave under which name, what would not, and one of it or all; paragraphs."""
        found = self.counted()
        yield from _summary(found, self.scribe.learner)
        if everything:
            yield from map(pretty, self.statements())
        elif found.example:
            yield pretty(found.example)
            if found.count > 1:
                yield "That was one of them. All: --all; as they are sent, one a line: --json."

    def _staying(self) -> dict[str, int]:
        if self.journal is None or self.scribe.learner.notes:
            return {}
        return dict(Counter(_called(event.deed) for event in self.journal.events(*OWN_WORDS)))


def _verb_of(statement: bytes) -> str:
    """The verb as people read it; what another store has made of it is told as it is."""
    verb = msgspec.json.decode(statement, type=_Statement).verb.id
    return Verb(verb).display if verb in _VERBS else harmless(verb)


def _called(deed: Deed) -> str:
    match deed:
        case Noted():
            return "note"
        case Drafted():
            return "draft"
        case _:
            return "report"


def _summary(found: Preview, learner: Learner) -> Iterator[str]:
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
