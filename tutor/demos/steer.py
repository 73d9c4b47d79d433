"""Steering: a direction is added inside, and the model goes that way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import Struct

from tutor.demos.parts.insides import again, guessed, limits
from tutor.demos.parts.reading import within
from tutor.errors import ProviderError
from tutor.providers.built_in import BuiltIn, built_in, prompt_tokens
from tutor.providers.talk import Request, user
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.dial import Dial, Turning, Values, steps, turn
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.inside import damage
from tutor.tinylm.inside.changes import UNCHANGED, Changes, Push
from tutor.tinylm.inside.findings import Steering, findings
from tutor.tinylm.inside.steering import (
    RANDOM_PUSHES,
    random_direction,
    towards_an_answer,
    towards_not_knowing,
)
from tutor.tinylm.inside.writing_on import likeliest
from tutor.tinylm.model import Array
from tutor.tinylm.tokenizer import END, STOP

QUESTION = "The raw model, pushed towards an answer at the end of the question: what does it write?"
GUESSES = ("another question, as before", "an answer", "a jumble of words")
LIMITS = (
    "That a push works does not show that the model itself uses this direction when it answers. Nor"
    " does the higher loss on other pages show that this direction does more than its name says: a"
    " random push of the same length costs about as much."
)
AGAIN = "A strength from -5 to 5, or another question (Enter: go on): "
SILENCE = "(it ends at once)"
STRONGEST = 5.0
_DIGITS = 6


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked, and how strong the pushes are."""

    question: str = "What is the capital of Kenya?"
    strengths: tuple[float, ...] = (-1, 0, 0.5, 1, 2)
    denying: tuple[float, ...] = (0, 1, 2, 3)

    def __post_init__(self) -> None:
        """Refuse what nobody could read."""
        within("strengths", self.strengths, -STRONGEST, STRONGEST)
        within("denying", self.denying, -STRONGEST, STRONGEST)


@dataclass(frozen=True, slots=True, eq=False)
class Pushed:
    """A model, a direction to push it in, and the layer after which that is done."""

    name: str
    speaker: BuiltIn
    direction: Array  # (layers + 1, width)
    measured: Steering

    def tokens(self, question: str) -> list[int]:
        """The question as this model is asked: a bare line, or in the form of a chat."""
        raw = self.speaker.card.name == "base"
        request = Request(prompt=f"{question}\n") if raw else user(question)
        return prompt_tokens(self.speaker, request)[0]

    def push(self, strength: float, begin: int = 1, end: int | None = None) -> Changes:
        """The direction added with a strength."""
        after = self.measured.after
        return Changes(pushes=(Push(after, self.direction[after], strength, begin, end),))

    def reply(self, question: str, strength: float) -> str:
        """What it writes, pushed at the last place before its reply."""
        tokens, tokenizer = self.tokens(question), self.speaker.tokenizer
        stop = (tokenizer.special[END], tokenizer.special[STOP])
        changes = self.push(strength, len(tokens) - 1, len(tokens))
        said = tokenizer.decode(likeliest(self.speaker.model, tokens, changes, stop=stop))
        return said.strip().split("\n")[0] or SILENCE

    def loss(self, changes: Changes) -> float:
        """Nats a token on the fixed pages, with the push at every place."""
        return damage.loss(self.speaker.model, damage.in_tokens(self.speaker.tokenizer), changes)


def run(settings: Settings, stage: Stage) -> None:
    """Guess; the raw model pushed harder and harder; the tuned one; then any strength, any text."""
    try:
        question = own_text(stage).strip() or settings.question
        answer = answering()
        answer.tokens(question)  # what is too long is refused before anything is guessed
        stage.introduce(answer.speaker)
        guess = stage.guess(QUESTION, GUESSES)
        compare(stage, answer, question, settings.strengths)
        stage.terminal.say(*guessed(guess), *over_many(answer, "right"))
        turn(stage, turned(answer, question), typed=False)
        denying = not_knowing()
        compare(stage, denying, question, settings.denying)
        stage.terminal.say(*over_many(denying, "said that it did not know"))
        limits(stage, LIMITS, question)
        walk(stage, answer, question)
    except ProviderError as error:
        refuse(stage, error)


def answering() -> Pushed:
    """The raw model, pushed towards an answer."""
    base = built_in("base")
    direction = towards_an_answer(base.model, base.tokenizer)
    return Pushed("the raw model, towards an answer", base, direction, findings().answering)


def not_knowing() -> Pushed:
    """The fine-tuned model, pushed towards where it is asked about invented names."""
    tuned = built_in("sft")
    direction = towards_not_knowing(tuned.model, tuned.tokenizer)
    return Pushed("the tuned model, towards not knowing", tuned, direction, findings().not_knowing)


def compare(stage: Stage, pushed: Pushed, question: str, strengths: Sequence[float]) -> None:
    """The same question at each strength, and with a push of no meaning."""
    stage.terminal.gap()
    after = pushed.measured.after
    shown: list[Renderable] = [
        bold(f"{pushed.name[0].upper()}{pushed.name[1:]}"),
        line(f'"{harmless(question)}", pushed at its last place after layer {after}:'),
    ]
    for strength in strengths:
        shown.append(dim(f"strength {strength:g}"))
        shown.append(indented(line(harmless(pushed.reply(question, strength))), 2))
    blind = replace(pushed, direction=random_direction(pushed.direction))
    strength = pushed.measured.strength
    shown.append(dim(f"a push of no meaning, as long as that of strength {strength:g}"))
    shown.append(indented(line(harmless(blind.reply(question, strength))), 2))
    show(stage, f"steering, {pushed.name}", *shown)


def turned(pushed: Pushed, question: str) -> Turning:
    """The strength under the learner's keys."""
    replies: dict[float, str] = {}

    def picture(values: Values) -> list[Renderable]:
        (strength,) = values
        if strength not in replies:
            replies[strength] = harmless(pushed.reply(question, strength))
        return [
            bold(f"Strength {strength:g}: {pushed.name}"),
            indented(line(replies[strength]), 2),
        ]

    stops = steps(-STRONGEST, STRONGEST, 0.5)
    return Turning("steering, by hand", [Dial("strength", stops, at=stops.index(0))], picture)


def over_many(pushed: Pushed, what: str) -> list[Renderable]:
    """The same over many questions, and what it does elsewhere."""
    one = pushed.measured
    return [
        line(
            f"Measured on {one.count} questions at strength {one.strength:g}: {what} before"
            f" {one.share_before:.0%}, pushed {one.share_pushed:.0%}, with a push of no meaning"
            f" {one.share_random:.0%}."
        ),
        line(
            f"Pushed at every place of eight other pages, the loss goes from {one.loss_before:.2f}"
            f" to {one.loss_pushed:.2f} nats a token; pushed at random, as far, to"
            f" {one.loss_random:.2f} (mean of {RANDOM_PUSHES})."
        ),
    ]


def walk(stage: Stage, pushed: Pushed, question: str) -> None:
    """Other strengths, other questions."""
    now = question

    def follow(typed: str) -> None:
        nonlocal now
        strength = number(typed)
        if strength is None:
            now = typed
            compare(stage, pushed, now, (0, pushed.measured.strength))
            return
        loss = pushed.loss(pushed.push(strength) if strength else UNCHANGED)
        show(
            stage,
            f"steering, strength {strength:g}",
            line(f"Strength {strength:g}: {harmless(pushed.reply(now, strength))}"),
            line(f"Loss on eight other pages, pushed at every place: {loss:.2f} nats a token."),
        )

    again(stage, AGAIN, follow)


def number(typed: str) -> float | None:
    """A strength that was typed, as far as the dial goes; None where it is no number."""
    try:
        strength = float(typed.replace(",", ".")) if len(typed) <= _DIGITS else None
    except ValueError:
        return None
    if strength is None or strength != strength:  # noqa: PLR0124  what is no number
        return None
    return max(-STRONGEST, min(STRONGEST, strength))


DEMO = Live(
    settings=Settings,
    run=run,
    title="Push it in one direction (steering)",
    line="A direction added inside: the raw model answers, the tuned one denies what it knows.",
    own_text="the question to ask",
    notice=(
        "A direction is a difference. Towards an answer: the raw model's mean state after the three"
        ' lines "Quiz / Q: … / A:" minus that after the bare question, over 16 other questions.'
        " Towards not knowing: the tuned model's mean state before its reply to 16 questions about"
        " invented names minus that before its reply to 16 that it can answer. No weight was"
        " changed."
    ),
)
