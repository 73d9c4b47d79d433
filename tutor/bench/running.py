"""A benchmark's run: what is kept is taken, the rest is asked, each reply is kept at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from tutor.bench.calls import Call, Side, calls_of, sides_of
from tutor.bench.comparing import Comparison, Judged, comparisons, judged
from tutor.bench.figures import Outcome
from tutor.bench.model import Bench
from tutor.bench.patience import Examiner
from tutor.bench.results import Kept, Results
from tutor.errors import NoAnswerError
from tutor.providers.talk import BROKEN_OFF, LETTERS_A_TOKEN, Ending, Provider, Reply, Request
from tutor.stage.hearing import hear
from tutor.stage.stage import Stage

JUDGE = "judge"
Watch = Callable[["Running", Outcome], None]
"""Told of each case as it is done."""


@dataclass
class Running:
    """One benchmark under way."""

    bench: Bench
    cast: Mapping[str, Provider]
    """By the names that the file gives them, the judge's too."""
    results: Results
    stage: Stage
    now: Callable[[], str]
    watch: Watch
    outcomes: list[Outcome] = field(default_factory=list)
    verdicts: list[Judged] = field(default_factory=list)
    examiner: Examiner = field(default_factory=Examiner)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The one or two that are measured."""
        return sides_of(self.bench)

    @cached_property
    def calls(self) -> list[Call]:
        """All calls but a judge's, in the order in which they are made."""
        return list(calls_of(self.bench, self.sides, self.cast))

    @cached_property
    def by_case(self) -> dict[int, list[Call]]:
        """The same, by the place of their case."""
        return {number: list(some) for number, some in groupby(self.calls, lambda one: one.case)}

    def missing(self) -> dict[str, list[Request]]:
        """What each model would still be asked; a judge's share of it at its largest."""
        wanted: dict[str, list[Request]] = {}
        for call in self.calls:
            if call.key not in self.results.found:
                wanted.setdefault(self.sides[call.side].model, []).append(call.request)
        if self.bench.judge is not None:
            wanted.setdefault(self.bench.judge.model, []).extend(self._judge_may_be_asked())
        return wanted

    def _judge_may_be_asked(self) -> Iterator[Request]:
        longest = "x" * self.bench.max_tokens * LETTERS_A_TOKEN
        for _, pair in _by_repeat(self.calls):
            kept = [self.results.found.get(call.key) for call in pair]
            first, second = (one.reply if one else longest for one in kept)
            if None in kept and first == second:
                second += "."  # not alike yet: they may differ
            for one in self._comparisons(pair[0], (first, second)):
                if one.key not in self.results.found:
                    yield one.request

    def run(self) -> None:
        """Ask what is missing; NoAnswerError, ProviderError or TutorError stops it."""
        try:
            for number, calls in self.by_case.items():
                outcome = self._case(number, calls)
                self.outcomes.append(outcome)
                self.watch(self, outcome)
        finally:
            self.examiner.end()

    def _case(self, number: int, calls: Sequence[Call]) -> Outcome:
        rows: tuple[list[str], ...] = tuple([] for _ in self.sides)
        for call in calls:
            rows[call.side].append(self._reply(call))
        if self.bench.judge is not None:
            for repeat, pair in enumerate(zip(*rows, strict=True)):
                self._judge(calls[repeat * len(rows)], (pair[0], pair[1]))
        grades = (
            tuple(self.examiner.grade(self.bench, number, reply) for reply in replies)
            for replies in rows
        )
        return Outcome(number, tuple(grades))

    def _reply(self, call: Call) -> str:
        side = self.sides[call.side]
        return self._had(call, call, side.model, side.prompt_name)

    def _judge(self, call: Call, replies: tuple[str, str]) -> None:
        assert self.bench.judge is not None
        asked = self._comparisons(call, replies)
        answers = {one.key: self._had(one, call, self.bench.judge.model, JUDGE) for one in asked}
        found = judged(call.case, asked, answers)
        if found is not None:
            self.verdicts.append(found)

    def _comparisons(self, call: Call, replies: tuple[str, str]) -> list[Comparison]:
        judge = self.bench.judge
        assert judge is not None
        card = self.cast[judge.model].card
        return comparisons(judge, self.bench.cases[call.case], replies, card, call.repeat)

    def _had(self, asked: Call | Comparison, place: Call, model: str, prompt: str) -> str:
        """A reply from the file, or from the model and then kept."""
        kept = self.results.found.get(asked.key)
        if kept is None:
            speaker = self.cast[model]
            reply = _whole_reply(self.stage, speaker, asked.request)
            kept = _line(asked, place, prompt, speaker.card.model, reply, self.now())
            self.results.keep(kept)
        return kept.reply

    @property
    def cut(self) -> int:
        """Replies counted here that ended at the limit of tokens."""
        ended = Ending.LENGTH.name.lower()
        done = (call for outcome in self.outcomes for call in self.by_case[outcome.case])
        return sum(self.results.found[call.key].ending == ended for call in done)

    def replies(self, outcome: Outcome) -> list[list[str]]:
        """The texts behind an outcome, a row for each side."""
        rows: list[list[str]] = [[] for _ in self.sides]
        for call in self.by_case[outcome.case]:
            rows[call.side].append(self.results.found[call.key].reply)
        return rows


def _line(  # noqa: PLR0913, PLR0917  what a line of the file says
    asked: Call | Comparison, place: Call, prompt: str, model: str, reply: Reply, now: str
) -> Kept:
    assert reply.done is not None
    usage, request = reply.done.usage, asked.request
    return Kept(
        key=asked.key,
        prompt=prompt,
        model=model,
        case=place.case + 1,
        repeat=place.repeat,
        asked=request.prompt or "\n\n".join(one.content for one in request.messages),
        reply=reply.text.encode("utf-8", "replace").decode(),  # half a letter is no JSON
        ending=reply.done.ending.name.lower(),
        read=usage.read if usage else None,
        written=usage.written if usage else None,
        at=now,
    )


def _by_repeat(calls: Sequence[Call]) -> Iterator[tuple[tuple[int, int], list[Call]]]:
    for place, some in groupby(calls, key=lambda call: (call.case, call.repeat)):
        yield place, list(some)


def _whole_reply(stage: Stage, speaker: Provider, request: Request) -> Reply:
    """A reply to its end; NoAnswerError for any other, whoever spoke."""
    reply = hear(stage, speaker, request)
    for adjusted in reply.adjusted:
        if adjusted not in stage.told:
            stage.told.add(adjusted)
            stage.aside(f"note: {adjusted.parameter}: {adjusted.why}")
    if reply.done is None or reply.done.ending in BROKEN_OFF:
        raise NoAnswerError(
            "A reply did not come to its end, so it is not counted.",
            hint="shorten the prompt or the case where it did not fit, and run this again",
        )
    return reply
