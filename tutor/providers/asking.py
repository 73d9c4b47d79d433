"""A call from question to end: agree on terms, pass on what comes, say what did not."""

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import msgspec

from tutor.errors import BadReplyError, ProviderError, RefusedRequestError, UnreachableError
from tutor.providers.complaints import as_error, complaint_of
from tutor.providers.http import Answer, Line
from tutor.providers.sse import Decoder
from tutor.providers.talk import (
    Adjusted,
    Card,
    Done,
    Ending,
    Events,
    Reply,
    Request,
    Text,
    Usage,
)
from tutor.providers.terms import USAGE, Letter, Terms

Shape = TypeVar("Shape")
MOST_LETTERS_A_TOKEN, SLACK = 20, 20
"""A reply longer than the tokens asked for, and so many more, is not read to its end."""
MOST_CONCESSIONS = 12
"""So many refused parameters are given up, one a call, before we give up."""


@dataclass(slots=True)
class Reading:
    """What a reply told about itself so far."""

    ending: Ending | None = None
    usage: Usage | None = None
    model: str = ""
    is_over: bool = False
    """The end mark was there: whatever may follow is not waited for."""
    error: object = None
    """What the server says instead of going on."""


class Wire(Protocol):
    """A wire format: requests out, events in."""

    def write(self, request: Request, terms: Terms) -> Letter:
        """A request as this format has it, with no more than the endpoint takes."""
        ...

    def read(self, data: str, reading: Reading) -> list[Text]:
        """The text in one event; msgspec.MsgspecError where it is none of this format."""
        ...


@dataclass(slots=True, eq=False)
class Remote:
    """A model on another computer, or in another process of this one."""

    card: Card
    line: Line = field(repr=False)
    wire: Wire
    terms: Terms = field(default_factory=Terms)

    def stream(self, request: Request) -> Events:
        """The events of one reply; closing the generator hangs up. Raises ProviderError."""
        letter, answer = self._agree(request)
        with contextlib.closing(answer):
            yield from letter.adjusted
            yield from self.terms.unseen(letter)
            yield from self._pass_on(request, letter, answer)

    def _agree(self, request: Request) -> tuple[Letter, Answer]:
        """Ask, with one thing less each time the server refuses one."""
        for _ in range(MOST_CONCESSIONS):
            letter = self.wire.write(request, self.terms)
            said = self.line.call(letter.path, letter.body)
            if isinstance(said, Answer):
                return letter, said
            if not self.terms.concede(said, letter):
                raise as_error(said, self.line.host)
        raise RefusedRequestError(
            f"{self.line.host} refuses one thing after the other.",
            hint="See what it can do: tutor model test.",
        )

    def _pass_on(self, request: Request, letter: Letter, answer: Answer) -> Events:
        """Text as it comes; what came before a failure is kept, and marked as cut."""
        reading, reply = Reading(), Reply()
        try:
            for text in self._texts(answer, reading):
                reply.take(text)
                yield text
                if len(reply.text) > MOST_LETTERS_A_TOKEN * (request.max_tokens + SLACK):
                    yield Adjusted("max_tokens", "the server wrote on and on; we hung up")
                    yield Done(Ending.LENGTH, model=reading.model)
                    return
        except ProviderError as error:
            if not reply.text:
                raise
            if not isinstance(error, UnreachableError):
                yield Adjusted("reply", error.message)
        if reading.ending is None:
            if not reply.text:
                raise _nothing(self.line.host)
            yield Done(Ending.CUT, model=reading.model)  # the count of tokens is for whole replies
            return
        done = Done(reading.ending, _credible(reading.usage), reading.model)
        yield from not_obeyed(request, letter, reply, done)
        yield done

    def _texts(self, answer: Answer, reading: Reading) -> Iterator[Text]:
        """The text of a stream, or of a server that does not stream."""
        if "html" in answer.kind:
            raise BadReplyError(
                f"{answer.host} answers with a web page.",
                hint="Check the address; it mostly ends in /v1: tutor model list.",
            )
        if "json" in answer.kind:
            yield from self._whole(answer, reading)
            return
        decoder = Decoder()
        for piece in answer.pieces():
            for event in decoder.feed(piece):
                yield from self._read(event.data, reading)
                if reading.is_over:
                    return
        with contextlib.suppress(msgspec.MsgspecError):  # cut off: then it was not the end
            for event in decoder.end():
                yield from self._understand(event.data, reading)

    def _whole(self, answer: Answer, reading: Reading) -> Iterator[Text]:
        texts = self._read(answer.whole().decode("utf-8", "replace"), reading)
        yield from texts
        if texts and reading.ending is None:
            reading.ending = Ending.OTHER

    def _read(self, data: str, reading: Reading) -> list[Text]:
        try:
            return self._understand(data, reading)
        except msgspec.MsgspecError as error:
            raise BadReplyError(
                f"{self.line.host} sends what is no answer in this format.",
                hint="Is it the other format? tutor model use --url URL --model NAME --wire WIRE",
            ) from error

    def _understand(self, data: str, reading: Reading) -> list[Text]:
        texts = self.wire.read(data, reading)
        if reading.error is not None:
            raise as_error(complaint_of(reading.error, self.line.key), self.line.host)
        return texts


def _credible(usage: Usage | None) -> Usage | None:
    """A count as told; None for one below nothing, which would give back what was spent."""
    return usage if usage and min(usage.read, usage.written) >= 0 else None


def _nothing(host: str) -> ProviderError:
    return BadReplyError(
        f"{host} sends an empty reply.",
        hint="Some servers do when a question is too long: ask for something shorter.",
    )


def decode(data: str, decoder: msgspec.json.Decoder[Shape]) -> Shape:
    """JSON into what a format knows; -Infinity and halves of characters are no reason to fail."""
    try:
        return decoder.decode(data)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeError):
        try:
            shaped: Shape = msgspec.convert(json.loads(data), decoder.type)
            return shaped
        except (ValueError, RecursionError) as error:
            raise msgspec.DecodeError(str(error)) from error


def whole(text: str) -> str:
    """Text whose halves of characters are shown as such."""
    return (
        text
        if text.isascii()
        else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


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
    if done.usage and done.usage.written > request.max_tokens:
        yield Adjusted("max_tokens", "the server wrote more than was asked for")
    if "json_schema" in letter.sent and done.ending is Ending.STOP and not _is_json(reply.text):
        yield Adjusted("json_schema", "the server took it, and did not keep to it")


def _alternatives(sent: int, reply: Reply) -> Iterable[Adjusted]:
    most = max((len(token.alternatives) for token in reply.tokens), default=None)
    if most is None:
        yield Adjusted("alternatives", "the server sends no log-probabilities")
    elif most < sent:
        yield Adjusted("alternatives", f"the server sends {most}, not {sent}")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
