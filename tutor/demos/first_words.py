"""The first minute: type a beginning, guess the next word, and watch a model write on."""

from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.next_tokens import every_chance, named, next_scores, quoted
from tutor.demos.parts.reading import within
from tutor.errors import ProviderError
from tutor.providers.built_in import BuiltIn, built_in
from tutor.providers.talk import Chance, Request
from tutor.screen.chances_view import chances_view, percent
from tutor.screen.roles import voice
from tutor.screen.streaming import harmless
from tutor.screen.words import Renderable, bold, dim, line
from tutor.screen.written_view import glowing, written_rows
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, is_whole
from tutor.stage.own_text import accepted, asked_again, own_text, refuse, show
from tutor.stage.stage import Stage

BEGIN = 'The beginning of a sentence, any (Enter alone: "{0}"): '
QUESTION = "What does the model write after {0}? Guess one word."
AGAIN = "Another beginning (Enter: go on): "


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The beginning for whoever types none, the bars of its first table, and tokens to write."""

    beginning: str = "Once upon a time there was a"
    bars: int = 4
    steps: int = 8

    def __post_init__(self) -> None:
        """Refuse what would not fit on a screen."""
        within("bars", (self.bars,), 1, 12)
        within("steps", (self.steps,), 1, 30)


def run(settings: Settings, stage: Stage) -> None:
    """A beginning, a guess, the first table, and some tokens of the loop; then other beginnings."""
    base = built_in("base")
    stage.introduce(base)
    try:
        text = (own_text(stage) or typed(settings, stage)).strip() or settings.beginning
        scores = next_scores(base, text)
    except ProviderError as error:
        refuse(stage, error)
    else:
        guess = stage.guess(QUESTION.format(quoted(text)), ())
        write(settings, stage, base, text)
        stage.terminal.say(*placed(base, every_chance(base, scores), guess))
    while (another := asked_again(stage, AGAIN)) is not None:
        try:
            write(settings, stage, base, another.strip())
        except ProviderError as error:
            refuse(stage, error)


def typed(settings: Settings, stage: Stage) -> str:
    """What the learner types for a beginning; empty where nobody does."""
    return accepted(stage.ask(BEGIN.format(settings.beginning)) or "")


def write(settings: Settings, stage: Stage, base: BuiltIn, text: str) -> None:
    """The chances of the first token, then the loop, drawn by these chances."""
    look, width = stage.terminal.look, stage.terminal.width
    first = every_chance(base, next_scores(base, text))
    request = Request(
        prompt=text, max_tokens=settings.steps, temperature=1.0, seed=stage.seed, alternatives=1
    )
    reply = hear(stage, base, request)
    if not is_whole(reply):
        return
    written = [named(token.chosen) for token in reply.tokens]
    stage.terminal.gap()
    show(
        stage,
        f"first-words: {base.card.model}",
        bold(f"After {quoted(text)}"),
        line(f"A chance for each of its {len(first):,} tokens. The greatest:"),
        *chances_view(
            [bare(one) for one in first],
            look,
            width,
            shown=settings.bars,
            style=voice(base.card.name),
        ),
        line("One is drawn and added. Then all chances are computed again:"),
        *written_rows([bare(one) for one in written], look, width),
        glowing(text, written, look),
    )


def bare(one: Chance) -> Chance:
    """A token without the blank before it, which nobody has been told of yet."""
    return Chance(one.text.removeprefix(" ") or one.text, one.log_probability)


def placed(base: BuiltIn, chances: Sequence[Chance], guess: str) -> list[Renderable]:
    """Where in the model's table the guess stands: its first token, if it has several."""
    words = guess.split()
    if not words:
        return []
    tokens = base.tokenizer.encode(f" {words[0]}")
    piece = base.tokenizer.decode(tokens[:1])
    place = next((n for n, one in enumerate(chances, 1) if one.text == piece), 0)
    if not place:
        return [dim(f'You guessed "{harmless(words[0])}".')]
    share = percent(chances[place - 1].probability)
    first = f'"{piece.strip()}"' if piece.strip() else "a blank"
    part = f". Its first piece, {first}, had" if len(tokens) > 1 else ": the model gave it"
    found = f"{part} {share}, place {place:,} of {len(chances):,}."
    return [line(f'You guessed "{harmless(words[0])}"{found}')]


DEMO = Live(
    settings=Settings,
    run=run,
    title="You begin, it goes on",
    line="Type a beginning, guess the next word, and see what a language model makes of it.",
    own_text="the beginning of a sentence, to be continued",
    notice=(
        "Whatever you type, there are chances for what comes next. Drawn tokens that had a small"
        " one glow. Nothing was looked up, and nothing was checked."
    ),
)
