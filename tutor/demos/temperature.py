"""Temperature, top-k and top-p: the same scores, reshaped or cut before a token is drawn."""

import math
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from msgspec import Struct

from tutor.demos.parts.next_tokens import (
    every_chance,
    named,
    next_scores,
    quoted,
    say_adjusted,
)
from tutor.demos.parts.reading import some, within
from tutor.errors import PromptTooLongError
from tutor.providers.built_in import BuiltIn, built_in, token_text
from tutor.providers.talk import Adjusted, Chance, Provider, Request, user
from tutor.screen.bars import counted
from tutor.screen.chances_view import chances_view, entropy_line, entropy_of
from tutor.screen.pieces_view import visible
from tutor.screen.roles import voice
from tutor.screen.streaming import harmless
from tutor.screen.tables import short
from tutor.screen.terminal import Look
from tutor.screen.words import Renderable, bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.dial import Dial, Turning, Values, steps, turn
from tutor.stage.hearing import hear, is_whole, spending
from tutor.stage.own_text import keep, own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.model import Array
from tutor.tinylm.sampling import Sampler, draw, keep_top_k, keep_top_p, probabilities

QUESTION = "At temperature 1 the entropy is {0:.2f} bits here. At temperature {1:g} it is …"
GUESSES = ("less than half of that", "about the same", "at least half as much again")
ALL = "all"
ROBOTS = "Suggest a name for a café run by robots. Name only."
HOSTED = (0.2, 1.2)
REFUSED = (
    "So it did not take the temperature. Models of 2026 that think before they answer often "
    "refuse it: a fact about today's APIs."
)
SILENTLY = (
    "With so few answers that may be chance; or the parameter was silently ignored, which some "
    "servers do."
)
HOTTEST = 5.0
DIALS = (
    Dial("temperature", (*steps(0, 2, 0.1), *steps(2.5, HOTTEST, 0.5)), at=10),
    Dial("top-k", (0, 1, 2, 3, 5, 10, 20, 50, 100, 1000), written=lambda k: short(k) if k else ALL),
    Dial("top-p", (0.01, *steps(0.05, 1, 0.05)), at=20),
)
REPLY = 60
"""Tokens of a chosen model's reply, at most."""
_SHORT = 40


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A beginning; the rules to try, each alone; draws of a token, and whole continuations."""

    prompt: str = "The lamp is"
    temperatures: tuple[float, ...] = (0.3, 2.0)
    top_k: int = 5
    top_p: float = 0.5
    bars: int = 5
    draws: int = 20
    words: int = 10
    calls: int = 5
    """How often a chosen model is asked at each temperature."""

    def __post_init__(self) -> None:
        """Refuse rules that rule everything out, and what would not fit on a screen."""
        some("temperatures", self.temperatures, 4)
        within("temperatures", self.temperatures, 0, HOTTEST)
        within("top_k", (self.top_k,), 1, 1000)
        within("top_p", (self.top_p,), 0.01, 1)
        within("bars", (self.bars,), 1, 20)
        within("draws", (self.draws,), 1, 200)
        within("words", (self.words,), 1, 40)
        within("calls", (self.calls,), 2, 20)


@dataclass(frozen=True, slots=True)
class Reshaped:
    """What a rule made of the model's chances."""

    chances: tuple[Chance, ...]
    kept: int
    """Tokens that can still be drawn."""
    lost: float
    """The share of probability that the others had at temperature 1."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Replies of a chosen model, counted."""

    counts: Counter[str]
    refused: bool
    """It would not take the temperature."""


def run(settings: Settings, stage: Stage) -> None:
    """The model's own chances, a guess, each rule by itself; then samples, and a chosen model."""
    try:
        own = own_text(stage).rstrip()
        prompt = own or settings.prompt
        base = built_in("base")
        stage.introduce(base)
        scores = next_scores(base, prompt)
        try_all(settings, stage, base, scores, prompt)
        turn(stage, turned(settings, stage, base, scores))
        compare_texts(settings, stage, base, prompt)
        asked = own or ROBOTS
        asking = [user(asked, max_tokens=REPLY) for _ in range(len(HOSTED) * settings.calls)]
        chosen = stage.chosen(spending(asking))
        if chosen:
            ask_chosen(settings, stage, chosen, asked)
    except PromptTooLongError as error:
        refuse(stage, error)


def try_all(settings: Settings, stage: Stage, base: BuiltIn, scores: Array, prompt: str) -> None:
    """The model's own chances, a guess at the hottest, then each rule by itself."""
    stage.terminal.say(bold(f"after {quoted(prompt)}"))
    own = entropy_of(every_chance(base, scores))[0]
    present(settings, stage, base, scores, Sampler())
    hottest = max(settings.temperatures)
    guess = stage.guess(QUESTION.format(own, hottest), GUESSES)
    for sampler in samplers(settings):
        present(settings, stage, base, scores, sampler)
    if guess:
        hot = entropy_of(reshape(base, scores, Sampler(temperature=hottest)).chances)[0]
        found = f"From {own:.2f} to {hot:.2f} bits at temperature {hottest:g}."
        stage.terminal.say(line(found), dim(f"You guessed: {harmless(guess)}."))


def samplers(settings: Settings) -> list[Sampler]:
    """The rules to try, each alone."""
    return [
        *(Sampler(temperature=one) for one in settings.temperatures),
        Sampler(top_k=settings.top_k),
        Sampler(top_p=settings.top_p),
    ]


def reshape(base: BuiltIn, scores: Array, sampler: Sampler) -> Reshaped:
    """The distribution that a sampler draws from, and what it ruled out."""
    shares = probabilities(scores, sampler).tolist()
    possible = sorted((n for n, share in enumerate(shares) if share), key=lambda n: -shares[n])
    after = tuple(_chance(base, token, shares[token]) for token in possible)
    ruled_out = excluded(scores, sampler)
    lost = float(probabilities(scores, Sampler())[ruled_out].sum())
    return Reshaped(after, len(shares) - int(ruled_out.sum()), lost)


def excluded(scores: Array, sampler: Sampler) -> Any:
    """For each token, whether the rules forbid it: (vocabulary,). One too rare to draw is not."""
    if sampler.temperature == 0:
        return scores < scores.max()
    heated = scores / sampler.temperature
    cut = keep_top_p(keep_top_k(heated, sampler.top_k), sampler.top_p)
    return cut == -math.inf


def _chance(base: BuiltIn, token: int, share: float) -> Chance:
    return named(Chance(token_text(base.tokenizer, token), math.log(share)))


def name_of(sampler: Sampler) -> str:
    """A rule by what differs from the model's own chances."""
    parts = [f"temperature {sampler.temperature:g}"] if sampler.temperature != 1 else []
    parts += [f"top-k {sampler.top_k}"] if sampler.top_k else []
    parts += [f"top-p {sampler.top_p:g}"] if sampler.top_p < 1 else []
    return ", ".join(parts) or "temperature 1: the model's own chances"


def present(
    settings: Settings, stage: Stage, base: BuiltIn, scores: Array, sampler: Sampler
) -> None:
    """One rule: its bars, what it removed, and what is drawn with it."""
    stage.terminal.gap()
    title = f"temperature: {base.card.model}, {name_of(sampler)}, seed {stage.seed}"
    show(stage, title, *picture_of(settings, stage, base, scores, sampler))


def picture_of(
    settings: Settings, stage: Stage, base: BuiltIn, scores: Array, sampler: Sampler
) -> list[Renderable]:
    """What a rule makes of the model's chances."""
    look, width = stage.terminal.look, stage.terminal.width
    after = reshape(base, scores, sampler)
    return [
        bold(name_of(sampler)),
        *chances_view(after.chances, look, width, shown=settings.bars, style=voice(base.card.name)),
        entropy_line(after.chances),
        line(removed(after, sampler, len(scores))),
        line(drawn(settings, stage, base, scores, sampler)),
    ]


def removed(after: Reshaped, sampler: Sampler, vocabulary: int) -> str:
    """What a rule ruled out, said plainly."""
    gone = vocabulary - after.kept
    if not gone:
        cold = "Ruled out: nothing; the likely gain, the unlikely lose."
        hot = "Ruled out: nothing; the likely lose, the unlikely gain."
        same = "Ruled out: nothing."
        return same if sampler.temperature == 1 else cold if sampler.temperature < 1 else hot
    had = f"which had {after.lost:.1%} between them"
    return f"Ruled out: {gone:,} of {vocabulary:,} tokens, {had}; {after.kept:,} left."


def drawn(settings: Settings, stage: Stage, base: BuiltIn, scores: Array, sampler: Sampler) -> str:
    """Tokens drawn with a rule, and how many different ones."""
    rng, shares = Random(stage.seed), probabilities(scores, sampler)
    look = stage.terminal.look
    counts = Counter(
        visible(token_text(base.tokenizer, draw(shares, rng)), look) for _ in range(settings.draws)
    )
    more = ", …" if len(counts) > settings.bars else ""
    few = spoken(counts, look, settings.bars)
    return f"{counted(settings.draws, 'draw')}, {len(counts)} different: {few}{more}"


def spoken(counts: Counter[str], look: Look, most: int) -> str:
    """The most frequent with their counts."""
    times = " times" if look.plain else "×"
    return ", ".join(
        f"{name} {count}{times}" if count > 1 else name for name, count in counts.most_common(most)
    )


def compare_texts(settings: Settings, stage: Stage, base: BuiltIn, prompt: str) -> None:
    """The prompt continued at each temperature: drawing again after every token."""
    stage.terminal.gap()
    stage.terminal.say(bold(f"Going on for {counted(settings.words, 'token')}, three times each"))
    for temperature in settings.temperatures:
        texts = [
            hear(stage, base, continuation(settings, prompt, temperature, stage.seed + number))
            for number in range(3)
        ]
        shown = [quoted_text(f"    {quoted(reply.text)}") for reply in texts]
        show(stage, f"temperature {temperature:g}", line(f"  temperature {temperature:g}:"), *shown)


def continuation(settings: Settings, prompt: str, temperature: float, seed: int) -> Request:
    """A few more tokens."""
    return Request(prompt=prompt, max_tokens=settings.words, temperature=temperature, seed=seed)


def ask_chosen(settings: Settings, stage: Stage, chosen: Provider, prompt: str) -> None:
    """The same question to the learner's model, cool and warm, and whether it made a difference."""
    stage.terminal.gap()
    stage.introduce(chosen)
    stage.terminal.say(bold(f"{quoted(prompt)}, {settings.calls} times at each temperature"))
    cool = answers(settings, stage, chosen, prompt, min(HOSTED))
    if cool.refused:
        stage.terminal.say(line(REFUSED))
        return
    warm = answers(settings, stage, chosen, prompt, max(HOSTED))
    if cool.counts and warm.counts and not warm.refused:
        stage.terminal.say(line(conclusion(len(cool.counts), len(warm.counts))))


def answers(
    settings: Settings, stage: Stage, chosen: Provider, prompt: str, temperature: float
) -> Answers:
    """Its answers, counted; a temperature that it refuses is not sent again."""
    counts: Counter[str] = Counter()
    refused = False
    for _ in range(settings.calls):
        wanted = None if refused else temperature
        reply = hear(stage, chosen, user(prompt, max_tokens=REPLY, temperature=wanted))
        if not is_whole(reply):
            break
        counts[" ".join(harmless(reply.text).split())[:_SHORT]] += 1
        say_adjusted(stage, reply)
        refused = refused or any(map(is_refusal, reply.adjusted))
    how = "at its own setting" if refused else f"temperature {temperature:g}"
    told = spoken(counts, stage.terminal.look, settings.calls)
    found = line(f"  {how}: {len(counts)} different: {told}")
    stage.terminal.say(found)
    keep(stage, f"temperature: {chosen.card.model}", line(prompt), found)
    return Answers(counts, refused)


def is_refusal(adjusted: Adjusted) -> bool:
    """Whether the temperature was not taken; capped, or taken and perhaps ignored, is another."""
    return adjusted.parameter == "temperature" and "left out" in adjusted.why


def conclusion(cool: int, warm: int) -> str:
    """What the counts allow to be said; a parameter silently ignored must not pass for obeyed."""
    if warm > cool:
        return f"More variety when warm: {cool} against {warm}."
    return f"{cool} against {warm}: no more variety when warm. {SILENTLY}"


def turned(settings: Settings, stage: Stage, base: BuiltIn, scores: Array) -> Turning:
    """The rules under the learner's keys: the same scores, other bars."""

    def picture(values: Values) -> list[Renderable]:
        temperature, top_k, top_p = values
        sampler = Sampler(temperature=temperature, top_k=int(top_k), top_p=top_p)
        return picture_of(settings, stage, base, scores, sampler)

    return Turning(f"temperature: {base.card.model}, by hand, seed {stage.seed}", DIALS, picture)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Temperature, top-k and top-p",
    line="The model's scores stay the same; what changes is how a token is drawn from them.",
    own_text="the beginning of a text, whose next token is drawn",
    notice=(
        "A low temperature repeats itself, a high one wanders. Top-k and top-p cut the tail off "
        "and leave the shape of the rest. None of them makes the model know more."
    ),
)
