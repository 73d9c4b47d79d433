"""A call from question to end: agree on terms, pass on what comes, say what did not."""

import contextlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from tutor.errors import ProviderError, RefusedRequestError, UnreachableError
from tutor.providers.abilities import Memory
from tutor.providers.complaints import as_error, complaint_of, is_complaint, is_error
from tutor.providers.framing import BARE, Arriving, Frame
from tutor.providers.http import Answer, Line
from tutor.providers.misfits import aside, nothing_usable
from tutor.providers.patience import PATIENT, Patience, Wait
from tutor.providers.picking import is_json, mapping, parse
from tutor.providers.redacting import redacted
from tutor.providers.talk import (
    BROKEN_OFF,
    LETTERS_A_TOKEN,
    Adjusted,
    Card,
    Done,
    Ending,
    Event,
    Events,
    Reply,
    Request,
    Rethought,
    Served,
    TextDelta,
    Thought,
    Tier,
    Usage,
)
from tutor.providers.terms import USAGE, Letter, Terms
from tutor.providers.thoughts import Joiner, Sorter
from tutor.providers.wires import WireName

MOST_LETTERS_A_TOKEN, SLACK = 20, 20
"""A reply longer than the tokens asked for, and so many more, is not read to its end."""
MOST_LISTED = 4_000_000
"""Bytes of a server's list of models."""
MORE_ROOM = 2
"""So many times a model on this machine is asked again with more room for its thoughts."""
MOST_CONCESSIONS = 12
"""So many refused parameters are given up, one a call, before we give up."""
Part = TextDelta | Thought


@dataclass(slots=True)
class Arrived:
    """What a reply told about itself so far."""

    ending: Ending | None = None
    usage: Usage | None = None
    model: str = ""
    is_over: bool = False
    """The end mark was there: whatever may follow is not waited for."""
    error: object = None
    """What the server says instead of going on."""
    refusal: str = ""
    """The model's own words where it refuses, in a field of their own."""
    tool: str = ""
    """The name of a tool that the model calls instead of answering."""
    repeats: bool = False
    """The text in the last document is the whole reply, whatever came before."""
    strange: object = None
    """A document that is none of this format."""

    def document(self, data: str) -> Mapping[str, Any]:
        """JSON of a reply, or nothing; an error in it is noted."""
        try:
            said = parse(data)
        except ValueError:
            said = data
        found = mapping(said)
        self.repeats = False
        if found.get("choices") and not found.get("error"):
            return found  # most documents: no need to look further
        if is_error(found.get("error")) or is_complaint(found):
            self.error = found
        elif not found:
            self.strange = said if self.strange is None else self.strange
        return found

    def is_none_of_ours(self, said: Mapping[str, Any]) -> None:
        """Note a document that a format does not know."""
        if said and self.error is None and self.strange is None:
            self.strange = said


class Wire(Protocol):
    """A wire format: requests out, documents in."""

    @property
    def name(self) -> WireName:
        """What learners call it."""
        ...

    @property
    def accept(self) -> str:
        """The content types that it reads."""
        ...

    @property
    def ends(self) -> tuple[str, ...]:
        """Ends of addresses that learners copy along with the base."""
        ...

    @property
    def shelf(self) -> str:
        """The path at which the server lists its models."""
        ...

    def served(self, document: Mapping[str, Any]) -> list[Served]:
        """The models in such a list."""
        ...

    def headers(self, key: str) -> Mapping[str, str]:
        """What goes out with each request."""
        ...

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it, with no more than the endpoint takes."""
        ...

    def frames(self, answer: Arriving) -> Iterator[Frame]:
        """The documents of a reply, as they come."""
        ...

    def read(self, data: str, reading: Arrived) -> list[Part]:
        """Text and thoughts in one document; what else it tells goes into `reading`."""
        ...


class Open(Protocol):
    """What opens a model that speaks a format."""

    def __call__(  # noqa: PLR0913  the last ones have defaults that suit everybody
        self,
        card: Card,
        base_url: str,
        model: str,
        key: str = "",
        *,
        patience: Patience = PATIENT,
        wait: Wait | None = None,
        memory: Memory | None = None,
    ) -> "Remote":
        """A model behind `base_url`, up to and with `/v1`; no key where a server wants none.

        Nothing is sent before the first request. With no `wait` a busy host is an error at once:
        nobody waits unseen. Raises ProviderError where address or key cannot be such.
        """
        ...


class Format(Protocol):
    """A wire format, still without a model."""

    def __call__(self, model: str) -> Wire:
        """The format, for requests to this model."""
        ...


def opening(form: Format) -> Open:
    """What opens a model that speaks this format."""

    def opened(  # noqa: PLR0913  as in Open
        card: Card,
        base_url: str,
        model: str,
        key: str = "",
        *,
        patience: Patience = PATIENT,
        wait: Wait | None = None,
        memory: Memory | None = None,
    ) -> Remote:
        wire = form(model)
        headers = {"Accept": wire.accept, **wire.headers(key)}
        for end in wire.ends:
            base_url = base_url.strip().rstrip("/").removesuffix(end)
        line = Line(base_url, headers, key=key, patience=patience, wait=wait)
        return Remote(card, line, wire, memory or Memory())

    return opened


@dataclass(slots=True, eq=False)
class Remote:
    """A model on another computer, or in another process of this one."""

    stranger: Card
    """Who it is, as far as is known beforehand."""
    line: Line = field(repr=False)
    wire: Wire
    memory: Memory = field(default_factory=Memory)
    terms: Terms = field(default_factory=Terms)

    @property
    def card(self) -> Card:
        """Who it is, and the room that it needs for thinking, as far as it was seen to."""
        return replace(self.stranger, room=self.memory.ability.room)

    def models(self) -> list[Served]:
        """The models that the server has; ProviderError where it does not say."""
        said = self.line.get(self.wire.shelf)
        if not isinstance(said, Answer):
            raise as_error(said, self.line.host, has_key=bool(self.line.key))
        with contextlib.closing(said):
            told = said.beginning(MOST_LISTED).decode("utf-8", "replace")
        try:
            found = self.wire.served(mapping(parse(told)))
        except ValueError:
            found = []
        return [one for one in found if one.name and one.name.isprintable()]

    def stream(self, request: Request) -> Events:
        """The events of one reply; closing the generator hangs up. Raises ProviderError.

        A model on this machine that thinks, and came to no answer, is asked again with more room:
        that costs nothing.
        """
        tries_left = MORE_ROOM if self.stranger.tier is Tier.LOCAL else 0
        while True:
            room = self.memory.ability.room
            listening = yield from self._hear(replace(request, room=max(request.room, room)))
            if not (listening.ran_out and tries_left and self.memory.ability.room > room):
                break
            tries_left -= 1
            more = f"{self.memory.ability.room:,} tokens more"
            yield Adjusted("max_tokens", f"it thinks first, so it is asked again, with {more}")
        yield listening.done

    def _hear(self, request: Request) -> Generator[Event, None, "_Listening"]:
        """One reply without its last event, and what was learnt from it."""
        letter, answer = self._agree(request)
        listening = _Listening(self, request, letter)
        with contextlib.closing(answer):
            yield from letter.adjusted
            yield from self.terms.unseen(letter)
            yield from listening.pass_on(answer)
        if thought := listening.thought():
            self.memory.learn(self.memory.ability.after_thinking(thought))
        return listening

    def _agree(self, request: Request) -> tuple[Letter, Answer]:
        """Ask, with one thing less each time the server refuses one."""
        for _ in range(MOST_CONCESSIONS):
            letter = self.wire.write(request, self.terms)
            said = self.line.call(letter.path, letter.body)
            if isinstance(said, Answer):
                return letter, said
            if not self.terms.concede(said, letter):
                raise as_error(said, self.line.host, has_key=bool(self.line.key))
        raise RefusedRequestError(
            f"{self.line.host} refuses one thing after the other.",
            hint="See what it can do: tutor model test.",
        )


@dataclass(slots=True)
class _Listening:
    """One reply, from its first byte to its end."""

    remote: Remote
    request: Request
    letter: Letter
    reading: Arrived = field(default_factory=Arrived)
    reply: Reply = field(default_factory=Reply)
    done: Done = field(default_factory=lambda: Done(Ending.UNMARKED))
    """The last event, once the reply is over."""
    heard: str = ""
    """The text so far as it came, thoughts among it that nobody marked but the model."""
    whole: bool = False
    """A document held all of the reply: such a one needs no mark of its end."""
    sorter: Sorter | None = None
    speech: Joiner = field(default_factory=Joiner)
    thinking: Joiner = field(default_factory=Joiner)

    def pass_on(self, answer: Answer) -> Events:
        """Text as it comes; what came before a failure is kept, and marked as broken off."""
        self.sorter = Sorter() if self.request.prompt is None else None
        reading, reply = self.reading, self.reply
        try:
            for part in self._parts(answer):
                reply.take(part)
                answer.heard_a_word()
                yield part
                if self._room() == 0:
                    yield Adjusted("max_tokens", "the server wrote on and on; we hung up")
                    self.done = Done(Ending.LENGTH, model=self._model())
                    return
        except ProviderError as error:
            if not (reply.text or reply.thoughts):
                raise
            ending = _broken_off(error)
            if ending is Ending.FAILED:
                yield Adjusted("reply", error.message)
            if reading.ending is None or ending is Ending.FAILED:
                reading.ending = ending
        if not (reply.text or reply.tokens):
            self._refuse_nothing()
        elif why := aside(reading):
            yield Adjusted("reply", why)
        ending = self._ending()
        if ending in BROKEN_OFF:
            self.done = Done(
                ending, model=self._model()
            )  # the count of tokens is for whole replies
            return
        self.done = Done(ending, credible(reading.usage, reply), self._model())
        yield from not_obeyed(self.request, self.letter, reply, self.done)

    @property
    def ran_out(self) -> bool:
        """Tell whether the limit was reached before the first word of an answer."""
        return self.done.ending is Ending.LENGTH and not (self.reply.text or self.reply.tokens)

    def thought(self) -> int:
        """How many tokens of thinking there were, by the server's count or a guess; 0 for none."""
        usage, letters = self.reading.usage, len(self.reply.thoughts.strip())
        if usage and usage.thought:
            return usage.thought
        if self.ran_out and self.request.prompt is None:
            return self.letter.most_tokens
        return letters // LETTERS_A_TOKEN + 1 if letters else 0

    def _refuse_nothing(self) -> None:
        """Raise what explains a reply without a word; a model may end at once, and say so."""
        remote = self.remote
        error = nothing_usable(self.reading, remote.line, remote.wire, self.reply.thoughts)
        if error is not None:
            raise error

    def _ending(self) -> Ending:
        is_marked = self.whole or self.reading.is_over
        ending = self.reading.ending or (Ending.OTHER if is_marked else Ending.UNMARKED)
        usage = self.reading.usage
        most = self.letter.most_tokens
        if ending in (Ending.STOP, Ending.OTHER) and usage and usage.written >= most:
            return Ending.LENGTH  # whatever the server calls it
        return ending

    def _model(self) -> str:
        """The model as the server names it; a name is no place for a key either."""
        return redacted(self.reading.model, self.remote.line.key)

    def _room(self) -> int:
        """Letters that may still come."""
        written = len(self.reply.text) + len(self.reply.thoughts)
        return max(0, MOST_LETTERS_A_TOKEN * (self.letter.most_tokens + SLACK) - written)

    def _parts(self, answer: Answer) -> Iterator[TextDelta | Thought | Rethought]:
        """The parts of a reply, each where it belongs."""
        for frame in self.remote.wire.frames(answer):
            for part in self._fresh(self._read(frame)):
                for one in self._sorted(part):
                    yield _clipped(one, self._room())
            if self.reading.error is not None:
                yield from self._rest()
                line = self.remote.line
                complaint = complaint_of(self.reading.error, line.key)
                raise as_error(complaint, line.host, has_key=bool(line.key))
            if self.reading.is_over:
                break
        yield from self._rest()

    def _read(self, frame: Frame) -> list[Part]:
        parts = self.remote.wire.read(frame.data, self.reading)
        if frame.kind in ("error", BARE) and self.reading.error is None:
            self.reading.error = self.reading.strange or frame.data
        return parts

    def _fresh(self, parts: list[Part]) -> list[Part]:
        """The parts without what a last document only repeats."""
        said = "".join(part.text for part in parts if isinstance(part, TextDelta))
        repeats, is_last = self.reading.repeats, self.reading.ending is not None
        so_far = self.heard
        self.whole |= repeats and bool(said)
        if said == so_far and said and (repeats or (is_last and _cannot_be_twice(said))):
            return [part for part in parts if not isinstance(part, TextDelta)]
        if repeats and so_far and said.startswith(so_far):
            parts = [TextDelta(said[len(so_far) :])]
            said = parts[0].text
        self.heard += said
        return parts

    def _sorted(self, part: Part) -> Iterator[TextDelta | Thought | Rethought]:
        if isinstance(part, Thought):
            if text := self.thinking.take(part.text):
                yield Thought(text)
            return
        text = self.speech.take(part.text)
        if not (text or part.tokens):
            return
        piece = part if text is part.text else TextDelta(text, part.tokens)
        if self.sorter is None:
            yield piece
        else:
            yield from self.sorter.take(piece)

    def _rest(self) -> Iterator[TextDelta | Thought | Rethought]:
        """What was held back."""
        if half := self.thinking.end():
            yield Thought(half)
        half = self.speech.end()
        if self.sorter is None:
            yield from [TextDelta(half)] if half else []
            return
        if half:
            yield from self.sorter.take(TextDelta(half))
        yield from self.sorter.end()


def _clipped(part: TextDelta | Thought | Rethought, most: int) -> TextDelta | Thought | Rethought:
    """A part with no more letters than are read of a reply."""
    match part:
        case TextDelta(text=text) if len(text) > most:
            return TextDelta(text[:most], part.tokens)
        case Thought(text=text) if len(text) > most:
            return Thought(text[:most])
        case _:
            return part


def _broken_off(error: ProviderError) -> Ending:
    """How a reply ended that an error ended."""
    if not isinstance(error, UnreachableError):
        return Ending.FAILED
    return Ending.SILENT if error.is_silence else Ending.CUT


def _cannot_be_twice(text: str) -> bool:
    """Whether a reply is so long that nobody says all of it twice."""
    return len(text) >= 16  # noqa: PLR2004  "ha ha" is a reply


def credible(usage: Usage | None, reply: Reply) -> Usage | None:
    """A count as told; None for one that cannot be: below nothing, or nothing beside real text."""
    if usage is None or min(usage.read, usage.written) < 0:
        return None
    letters = len(reply.text) + len(reply.thoughts)
    if usage.read == 0 or usage.written * MOST_LETTERS_A_TOKEN < letters:
        return None
    return usage


def not_obeyed(request: Request, letter: Letter, reply: Reply, done: Done) -> Iterable[Adjusted]:
    """What was asked for, was not refused, and still did not come."""
    if USAGE in letter.sent and done.usage is None:
        yield Adjusted(USAGE, "the server does not say how many tokens it took")
    if "alternatives" in letter.sent and reply.text:
        yield from _alternatives(letter.sent["alternatives"], reply)
    if "stop" in letter.sent and any(stop in reply.text for stop in request.stop):
        yield Adjusted("stop", "the server did not obey it")
    if done.ending is Ending.LENGTH and not reply.text:
        why = "the limit was reached before the first word; models that reason first need more"
        yield Adjusted("max_tokens", why)
    if done.usage and done.usage.written > letter.most_tokens:
        yield Adjusted("max_tokens", "the server wrote more than was asked for")
    if "json_schema" in letter.sent and done.ending is Ending.STOP and not is_json(reply.text):
        yield Adjusted("json_schema", "the server took it, and did not keep to it")


def _alternatives(sent: int, reply: Reply) -> Iterable[Adjusted]:
    most = max((len(token.alternatives) for token in reply.tokens), default=None)
    if most is None:
        yield Adjusted("alternatives", "the server sends no log-probabilities")
    elif most < sent:
        yield Adjusted("alternatives", f"the server sends {most}, not {sent}")
