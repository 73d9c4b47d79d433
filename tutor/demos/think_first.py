"""The same sum with and without thinking, on the learner's own model: tokens and price."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import Struct

from tutor.providers.presets import Price
from tutor.providers.talk import LETTERS_A_TOKEN, Provider, Reply, Request, Thinking, Tier, user
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import spending, text_of_the_learner
from tutor.stage.passages import flat
from tutor.stage.spending import Metered, dollars
from tutor.stage.stage import Stage

SUM, RIGHT = "What is 23 * 17 - 158?", 23 * 17 - 158
MOST_ANSWER = 300
MOST_SHOWN = 400
ROOM = 4096
"""Tokens for thinking, where it may think as much as it likes."""
QUESTION = "With thinking, how many times as many tokens will it write for the same sum?"
GUESSES = ("about as many", "two to five times as many", "more than five times as many")
_NUMBER = re.compile(r"-?\d[\d,]*")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set: the sum is the same for everybody, or the learner's own question."""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two calls, and what it took."""

    name: str
    reply: Reply
    seconds: float

    @property
    def written(self) -> int:
        """Tokens written, thinking included; by a guess where the server does not count."""
        usage = self.reply.done.usage if self.reply.done else None
        if usage is not None:
            return usage.written
        return (len(self.reply.text) + len(self.reply.thoughts)) // LETTERS_A_TOKEN + 1

    @property
    def thought(self) -> int:
        """Those of them that were thinking, as far as they were counted or seen."""
        usage = self.reply.done.usage if self.reply.done else None
        if usage is not None and usage.thought is not None:
            return usage.thought
        seen = len(self.reply.thoughts.strip())
        return min(self.written, seen // LETTERS_A_TOKEN + 1) if seen else 0


def run(_settings: Settings, stage: Stage) -> None:
    """Guess; the same question twice; what each reply took and cost."""
    own = text_of_the_learner(stage)
    question = own or SUM
    stage.terminal.say(line(f"Asked twice: {flat(question, MOST_SHOWN)}"))
    guess = stage.guess(QUESTION, GUESSES)
    speaker = stage.chosen(spending(requests(question)))
    if speaker is None:
        _nobody(stage)
    else:
        stage.introduce(speaker)
        asked = zip(NAMES, requests(question), strict=True)
        ways = [_ask(stage, speaker, name, request) for name, request in asked]
        _compare(stage, speaker, ways, is_own=bool(own))
    if guess:
        stage.terminal.say(dim(f"You guessed: {guess}."))


NAMES = ("without thinking", "with thinking")


def requests(question: str) -> tuple[Request, Request]:
    """The question, to be answered at once, and after thinking."""
    asked = user(question, max_tokens=MOST_ANSWER)
    at_once = replace(asked, thinking=Thinking.NONE)
    return at_once, replace(asked, thinking=Thinking.MUCH, room=ROOM)


def _ask(stage: Stage, speaker: Provider, name: str, request: Request) -> Way:
    stage.terminal.gap()
    began = time.monotonic()
    reply = stage.listen(speaker, request, name.capitalize())
    return Way(name, reply, time.monotonic() - began)


def _compare(stage: Stage, speaker: Provider, ways: Sequence[Way], *, is_own: bool) -> None:
    """Both ways beside each other, and what may be said of them."""
    price = speaker.price if isinstance(speaker, Metered) else None
    heads = ("", "thinking", "answer", "seconds", "price", *([] if is_own else ["right"]))
    rows = [_row(way, price, speaker.card.tier, is_own=is_own) for way in ways]
    stage.terminal.gap()
    stage.terminal.say(*table(heads, rows, stage.terminal), *map(line, _verdict(ways)))
    stage.note(f"**Think first.** {speaker.card.model}: " + "; ".join(map(", ".join, rows)))


def _row(way: Way, price: Price | None, tier: Tier, *, is_own: bool) -> tuple[str, ...]:
    usage = way.reply.done.usage if way.reply.done else None
    if tier is Tier.LOCAL:
        cost = "none"
    else:
        cost = dollars(price.of(usage.read, usage.written)) if price and usage else "unknown"
    cells = (
        way.name,
        f"{way.thought:,}",
        f"{way.written - way.thought:,}",
        f"{way.seconds:.1f}",
        cost,
    )
    return cells if is_own else (*cells, "yes" if is_right(way.reply.text) else "no")


def is_right(answer: str) -> bool:
    """Whether the last number in an answer is the right one; thoughts are not looked at."""
    numbers = _NUMBER.findall(answer)
    return bool(numbers) and numbers[-1].replace(",", "") == str(RIGHT)


def _verdict(ways: Sequence[Way]) -> list[str]:
    """What the figures allow to be said: one try of each is no measurement."""
    at_once, after = ways
    if not after.thought:
        return [
            "No thinking was counted or seen: this model does not think first, or does so unseen."
        ]
    times = after.written / max(1, at_once.written)
    said = [f"With thinking it wrote {times:.1f} times as many tokens, and all of them are paid."]
    if at_once.thought:
        said.append("It could not be kept from thinking: the first reply has some of it as well.")
    return [*said, "One try of each: whether thinking helps is seen over many questions."]


def _nobody(stage: Stage) -> None:
    """What there is to be said without a model that thinks: what it costs, by arithmetic."""
    stage.terminal.say(
        line("This takes a model of your own that can think first; the built-in one cannot."),
        dim("To choose one: tutor model list, then tutor model test says whether it thinks."),
        line(),
        bold("So no reply, only the price of one, by arithmetic"),
        line(
            "Say the answer takes 12 tokens, the thinking before it 400, and a million tokens"
            " written cost $1.20. Then a thousand such replies cost:"
        ),
    )
    price = Price(read=0.0, written=1.20)
    rows = [
        (name, f"{thought:,}", "12", dollars(price.of(0, 1000 * (thought + 12))))
        for name, thought in zip(NAMES, (0, 400), strict=True)
    ]
    stage.terminal.say(*table(("", "thinking", "answer", "price"), rows, stage.terminal))
    told = f"Thinking is paid like words: {412 / 12:.0f} times as much here."
    stage.terminal.say(line(told))
    stage.note(f"**Think first.** No model was asked. {told}")


DEMO = Live(
    title="The same sum, with and without thinking",
    line="A model that can think first is asked twice: tokens, seconds and price of both ways.",
    settings=Settings,
    run=run,
    notice=(
        "Thoughts are text like any other: written token by token, paid for, and not the answer."
        " They need not be what led to it, either."
    ),
    own_text="a question",
)
