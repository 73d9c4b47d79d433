"""What asking a hosted model may cost: said before, agreed to, bounded, and counted after.

A `Purse` lasts a session. `Spender.choose` is the `chosen` of a stage: it hands out the learner's
own model, a hosted one only after a yes, and only inside the session's budget.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tutor.environment import BUDGET as VARIABLE
from tutor.errors import ProviderError, UnknownNameError
from tutor.providers.talk import (
    LETTERS_A_TOKEN,
    Card,
    Events,
    Provider,
    Reply,
    Request,
    Tier,
    Usage,
)
from tutor.screen.bars import counted
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, dim, line
from tutor.stage.stage import Spending

if TYPE_CHECKING:
    from tutor.providers.presets import Price

BUDGET = 50_000
"""Tokens that hosted models may read and write in one session, where the learner says no other."""


@dataclass(slots=True)
class Used:
    """What was really asked of hosted models."""

    calls: int = 0
    read: int = 0
    written: int = 0
    thought: int = 0
    """Of those written, thinking, as far as it was counted or seen."""
    uncounted: int = 0
    """Calls whose server did not say what they took; they are in the numbers by a guess."""
    cost: float | None = 0.0
    """In US dollars; None once a price was not known."""
    thought_cost: float = 0.0
    """What the thinking is of that."""

    @property
    def tokens(self) -> int:
        """Read and written together."""
        return self.read + self.written


@dataclass(slots=True)
class Purse:
    """A session's budget of tokens, and what is gone of it."""

    budget: int = BUDGET
    used: Used = field(default_factory=Used)

    @property
    def left(self) -> int:
        """Tokens that may still be asked for."""
        return max(0, self.budget - self.used.tokens)

    def charge(self, usage: Usage, price: "Price | None", *, guessed: bool) -> None:
        """Count one call."""
        self.used.calls += 1
        self.used.read += usage.read
        self.used.written += usage.written
        self.used.thought += usage.thought or 0
        self.used.uncounted += guessed
        if price is None or self.used.cost is None:
            self.used.cost = None
        else:
            self.used.cost += price.of(usage.read, usage.written)
            self.used.thought_cost += price.of(0, usage.thought or 0)


def budget_from(said: str) -> int:
    """The budget that the learner set, else ours; UnknownNameError if it is no whole number.

    A limit on spending that cannot be read must not be taken for a larger one.
    """
    if not said:
        return BUDGET
    digits = said.replace("_", "").replace(",", "")
    if not digits.isdecimal() or len(digits) >= 16:  # noqa: PLR2004  more than anybody pays for
        what = f"{VARIABLE.name} is {said[:40]!r}, which is no whole number of tokens."
        raise UnknownNameError(what, hint=f"Set it to a number such as {BUDGET}, or unset it.")
    return int(digits)


def announcement(
    card: Card, spending: Spending, price: "Price | None", left: int, checked_on: str = ""
) -> list[str]:
    """What is said before money is spent."""
    if price is None:
        cost = "estimated cost: unknown, as no price is known here for this model"
    else:
        most = max(price.of(spending.most_tokens, 0), price.of(0, spending.most_tokens))
        when = f" (price of {checked_on})" if checked_on else ""
        cost = f"estimated cost: at most {dollars(most)}{when}"
    return [
        f"This would ask {card.model}, a hosted model: it costs money.",
        f"- {counted(spending.calls, 'call')}, at most {spending.most_tokens:,} tokens in all"
        + (f", {card.room:,} a call for thinking first" if card.room else ""),
        f"- {cost}",
        f"- left of this session's budget: {left:,} tokens",
        "- what is sent leaves your machine: don't paste personal data",
    ]


def with_room(spending: Spending, room: int) -> Spending:
    """What calls can take of a model that gets so many tokens more for thinking, each time."""
    return replace(spending, most_tokens=spending.most_tokens + spending.calls * room)


def refusal(spending: Spending, purse: Purse) -> str:
    """Why a demo that would go beyond the budget asks nobody."""
    return (
        f"Not asked: this may take {spending.most_tokens:,} tokens, and {purse.left:,} are left of"
        f" this session's {purse.budget:,}. {VARIABLE.name} sets another budget."
    )


def account(used: Used) -> str:
    """What was really used, in a line."""
    said = f"Really used: {counted(used.calls, 'call')}, {used.read:,} tokens read,"
    said += f" {used.written:,} written"
    if used.thought:
        paid = "" if used.cost is None else f" (about {dollars(used.thought_cost)})"
        said += f", of them {used.thought:,} thinking{paid}"
    if used.uncounted:
        said += f" (our guess for {used.uncounted}: the server did not say)"
    cost = "cost unknown" if used.cost is None else f"about {dollars(used.cost)}"
    return f"{said}; {cost}."


def dollars(amount: float) -> str:
    """An amount that may be tiny: never shown as nothing when it is something."""
    return f"${amount:.2f}" if amount >= 0.1 or amount == 0 else f"${amount:.2g}"  # noqa: PLR2004


@dataclass(slots=True)
class Metered:
    """A hosted model whose calls are counted, and none made beyond what was agreed."""

    speaker: Provider
    purse: Purse
    price: "Price | None"
    calls_left: int

    @property
    def card(self) -> Card:
        """Who it is."""
        return self.speaker.card

    def stream(self, request: Request) -> Events:
        """The events of one reply; counted also when it is cut, by a guess."""
        if self.calls_left < 1:
            raise ProviderError(
                "That would be more calls than you agreed to: not asked.",
                hint="Run the demo again to agree to more.",
            )
        self.calls_left -= 1
        reply, came = Reply(), False
        try:
            with closing(self.speaker.stream(request)) as events:
                for event in events:
                    came = True
                    reply.take(event)
                    yield event
        except ProviderError:
            if came:
                self._charge(request, reply)
            raise  # before the first event nothing was done for us
        except BaseException:  # the learner stopped it: what was under way is paid for
            self._charge(request, reply)
            raise
        self._charge(request, reply)

    def _charge(self, request: Request, reply: Reply) -> None:
        usage = reply.done.usage if reply.done else None
        guess = _guess(request, reply)
        if usage is None:
            self.purse.charge(guess, self.price, guessed=True)
            return
        thought = guess.thought if usage.thought is None else usage.thought
        self.purse.charge(replace(usage, thought=thought), self.price, guessed=False)


def _guess(request: Request, reply: Reply) -> Usage:
    """What a call took, where its server does not say."""
    asked = (request.prompt or "") + "".join(one.content for one in request.messages)
    said, thought = (len(text) for text in (reply.text, reply.thoughts))
    return Usage(
        len(asked) // LETTERS_A_TOKEN + 1,
        (said + thought) // LETTERS_A_TOKEN + 1 if said or thought else 0,
        thought // LETTERS_A_TOKEN + 1 if thought else 0,
    )


Agreement = Callable[[], bool]
"""Whether the learner says yes; no without one who could."""


def _none_chosen() -> Provider | None:
    return None


def _no_price(_speaker: Provider) -> "Price | None":
    return None


@dataclass
class Models:
    """The learner's own model, as one session has it."""

    find: Callable[[], Provider | None] = _none_chosen
    """The model that they chose; None where they chose none."""
    price: Callable[[Provider], "Price | None"] = _no_price
    """What it costs; None where nobody knows."""
    checked_on: Callable[[], str] = str
    """The day on which prices were looked up."""
    purse: Purse = field(default_factory=Purse)


@dataclass
class Spender:
    """Hands a demo the learner's own model, under the rules above."""

    terminal: Terminal
    models: Models
    agree: Agreement
    before: Used = field(default_factory=Used)
    """What was used before the demo now under way."""
    handed: bool = False
    """Whether a model of the learner's own was handed out."""
    instead: str = "What runs here is shown instead."
    """What is said where it was not."""

    def __post_init__(self) -> None:
        """Start counting from what the session has used so far."""
        self.before = replace(self.models.purse.used)

    def choose(self, spending: Spending) -> Provider | None:
        """The learner's own model, after they agreed to what it may cost."""
        try:
            speaker = self.models.find()
        except ProviderError as error:
            self._instead(f"{error.message} {error.hint}")
            return None
        if speaker is None or speaker.card.tier is not Tier.HOSTED:
            self.handed = speaker is not None
            return speaker
        return self._agreed(speaker, spending)

    def _agreed(self, speaker: Provider, spending: Spending) -> Provider | None:
        price = self.models.price(speaker)
        spending = with_room(spending, speaker.card.room)
        if spending.most_tokens > self.models.purse.left:
            self._instead(refusal(spending, self.models.purse))
            return None
        left, day = self.models.purse.left, self.models.checked_on()
        said = announcement(speaker.card, spending, price, left, day)
        self.terminal.say(bold(said[0]), *map(line, said[1:]))
        if not self.agree():
            self._instead("Not asked.")
            return None
        self.handed = True
        return Metered(speaker, self.models.purse, price, spending.calls)

    def _instead(self, why: str) -> None:
        self.terminal.say(dim(f"{why} {self.instead}"))

    def tell(self) -> None:
        """Say what the demo now at its end really used, if it used anything."""
        now = self.models.purse.used
        if now.calls > self.before.calls:
            self.terminal.say(dim(account(_difference(now, self.before))))
        self.before = replace(now)


def _difference(now: Used, before: Used) -> Used:
    cost = None if now.cost is None or before.cost is None else now.cost - before.cost
    return Used(
        calls=now.calls - before.calls,
        read=now.read - before.read,
        written=now.written - before.written,
        thought=now.thought - before.thought,
        thought_cost=now.thought_cost - before.thought_cost,
        uncounted=now.uncounted - before.uncounted,
        cost=cost,
    )
