"""What comes next? A language model's answer is a table of chances, one for every token."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.next_tokens import (
    MOST_ALTERNATIVES,
    every_chance,
    named,
    next_scores,
    quoted,
    say_adjusted,
)
from tutor.demos.parts.reading import some, within
from tutor.errors import PromptTooLongError
from tutor.providers.built_in import BuiltIn, built_in
from tutor.providers.talk import Chance, Provider, Request, TokenChances, user
from tutor.screen.chances_view import chances_view, entropy_line, entropy_of
from tutor.screen.indented import indented
from tutor.screen.pieces_view import visible
from tutor.screen.roles import voice
from tutor.screen.words import Renderable, bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, is_whole, spending
from tutor.stage.own_text import asked_again, keep, own_text, refuse, show
from tutor.stage.stage import Stage

QUESTION = "For which of these is the next token hardest to tell?"
AGAIN = "A beginning of your own (Enter: go on): "
ONE_WORD = "Continue this text with the next word. Answer with that one word only: "
LONGEST_WORD = 200


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Beginnings to continue, bars for each, and steps of the loop at the end.

    `samples`: how often a model is asked that gives no log-probabilities.
    """

    prompts: tuple[str, ...] = (
        "The capital of Kenya is",
        "Once upon a time there was a",
        "The cat",
    )
    bars: int = 6
    steps: int = 8
    samples: int = 10

    def __post_init__(self) -> None:
        """Refuse what would not fit on a screen."""
        some("prompts", self.prompts, 6)
        within("bars", (self.bars,), 1, 20)
        within("steps", (self.steps,), 0, 30)
        within("samples", (self.samples,), 2, 50)


@dataclass(frozen=True, slots=True)
class NextTable:
    """What may follow a prompt, and how that is known."""

    prompt: str
    chances: tuple[Chance, ...]
    sampled: int = 0
    """So many draws, where chances are only counted; 0 where the model told them."""


def run(settings: Settings, stage: Stage) -> None:
    """Tables for the prompts or the learner's own text; then the loop that writes with them."""
    try:
        own = own_text(stage).rstrip()
        prompts = (own,) if own else settings.prompts
        speaker = stage.chosen(spending(requests(settings, prompts))) or built_in("base")
        stage.introduce(speaker)
        compare(settings, stage, speaker, prompts)
        continue_text(settings, stage, own or prompts[min(1, len(prompts) - 1)])
    except PromptTooLongError as error:
        refuse(stage, error)
    while (text := asked_again(stage, AGAIN)) is not None:
        try:
            explore(settings, stage, text.rstrip())
        except PromptTooLongError as error:
            refuse(stage, error)


def requests(settings: Settings, prompts: Sequence[str]) -> Iterator[Request]:
    """All that is asked of a chosen model: at the worst it tells no chances, and is sampled."""
    for prompt in prompts:
        yield Request(prompt=prompt, alternatives=MOST_ALTERNATIVES, max_tokens=1)
        yield from [user(ONE_WORD + prompt, max_tokens=16)] * settings.samples


def compare(settings: Settings, stage: Stage, speaker: Provider, prompts: Sequence[str]) -> None:
    """Guess which prompt leaves most open, then see."""
    guess = stage.guess(QUESTION, prompts) if len(prompts) > 1 else ""
    tables = [table for prompt in prompts if (table := ask(settings, stage, speaker, prompt))]
    for table in tables:
        stage.terminal.gap()
        show(
            stage, f"next-token: {speaker.card.model}", *drawn(table, settings.bars, speaker, stage)
        )
    if len(tables) > 1:
        stage.terminal.gap()
        stage.terminal.say(*verdict(tables, guess))


def ask(settings: Settings, stage: Stage, speaker: Provider, prompt: str) -> NextTable | None:
    """The table of a prompt from whatever the speaker gives; None where it gave nothing."""
    if isinstance(speaker, BuiltIn):
        return NextTable(prompt, every_chance(speaker, next_scores(speaker, prompt)))
    wanted = Request(prompt=prompt, alternatives=MOST_ALTERNATIVES, max_tokens=1)
    reply = hear(stage, speaker, wanted)
    say_adjusted(stage, reply)
    if reply.tokens and reply.tokens[0].alternatives:
        return NextTable(prompt, told(reply.tokens[0]))
    return sample(settings.samples, stage, speaker, prompt) if is_whole(reply) else None


def told(token: TokenChances) -> tuple[Chance, ...]:
    """What a server told of a token: its likeliest alternatives, in order."""
    return tuple(sorted(token.alternatives, key=lambda one: -one.log_probability))


def sample(times: int, stage: Stage, speaker: Provider, prompt: str) -> NextTable | None:
    """Ask again and again, and count: not the model's own table, but what can be had."""
    stage.terminal.say(line(f"It tells no chances. It is asked {times} times instead."))
    counts: Counter[str] = Counter()
    for _ in range(times):
        reply = hear(stage, speaker, user(ONE_WORD + prompt, max_tokens=16))
        if not is_whole(reply):
            break
        counts[reply.text.strip()[:LONGEST_WORD]] += 1
    if not counts:
        return None
    total = counts.total()
    shares = (Chance(word, math.log(count / total)) for word, count in counts.most_common())
    return NextTable(prompt, tuple(shares), total)


def drawn(table: NextTable, bars: int, speaker: Provider, stage: Stage) -> list[Renderable]:
    """A table under its prompt."""
    terminal = stage.terminal
    how = [dim(f"SAMPLED: {table.sampled} replies counted; a tuned model's, at its own settings.")]
    return [
        bold(f"after {quoted(table.prompt)}"),
        *(how if table.sampled else []),
        *chances_view(
            table.chances,
            terminal.look,
            terminal.width,
            shown=bars,
            style=voice(speaker.card.name),
        ),
        entropy_line(table.chances),
    ]


def verdict(tables: Sequence[NextTable], guess: str) -> list[Renderable]:
    """Which prompt left most open; what was guessed."""
    openest = max(tables, key=lambda table: entropy_of(table.chances)[0])
    surest = min(tables, key=lambda table: entropy_of(table.chances)[0])
    found = line(f"Hardest to tell: {quoted(openest.prompt)}. Easiest: {quoted(surest.prompt)}.")
    if not guess:
        return [found]
    return [found, dim("You guessed it." if guess == openest.prompt else f"You guessed {guess!r}.")]


def explore(settings: Settings, stage: Stage, text: str) -> None:
    """One more table, from the built-in model: at once, and for nothing."""
    base = built_in("base")
    table = NextTable(text, every_chance(base, next_scores(base, text)))
    stage.terminal.gap()
    show(stage, f"next-token: {base.card.model}", *drawn(table, settings.bars, base, stage))
    continue_text(settings, stage, text)


def continue_text(settings: Settings, stage: Stage, prompt: str) -> None:
    """The loop: predict, append, repeat; once with the likeliest token, once with a drawn one."""
    if not settings.steps:
        return
    base = built_in("base")
    say = stage.terminal.say
    stage.terminal.gap()
    say(bold("The loop: predict, append, repeat."))
    say(line(f"The built-in base model goes on after {quoted(prompt)}"))
    ways = (("always the likeliest", 0.0), ("drawn by chance", 1.0))
    for name, temperature in ways:
        request = Request(
            prompt=prompt,
            max_tokens=settings.steps,
            temperature=temperature,
            seed=stage.seed,
            alternatives=1,
        )
        say(*steps(base, request, name, stage))


def steps(base: BuiltIn, request: Request, name: str, stage: Stage) -> list[Renderable]:
    """Each token that was appended with the chance that it had, and what came of it."""
    reply = hear(stage, base, request)
    if not is_whole(reply):
        return []
    look = stage.terminal.look
    taken = (", " if look.plain else " · ").join(
        f"{visible(named(token.chosen).text, look)} {token.chosen.probability:.0%}"
        for token in reply.tokens
    )
    how = f"temperature {request.temperature:g}, seed {request.seed}"
    keep(stage, f"next-token, {how}: {base.card.model}", line(f"{request.prompt}{reply.text}"))
    return [
        bold(f"  {name}:"),
        indented(line(taken or "the text ends here"), 2),
        indented(quoted_text(f"= {quoted(f'{request.prompt}{reply.text}', 200)}"), 2),
    ]


DEMO = Live(
    settings=Settings,
    run=run,
    title="What comes next?",
    line="For any beginning, a model gives every token it knows a chance to come next.",
    own_text="the beginning of a text, to be continued",
    notice=(
        "Where the text leaves one way to go on, one bar takes nearly all; where a story may go "
        "anywhere, many share it. Either way the bars add up to 100%: no table stays empty."
    ),
)
