"""The logit lens: what the model would say if it stopped after each layer."""

from msgspec import Struct

from tutor.demos.parts.insides import (
    Opened,
    again,
    chance,
    first,
    guessed,
    limits,
    opened,
    shown,
    word,
)
from tutor.demos.parts.next_tokens import quoted
from tutor.errors import ProviderError
from tutor.screen.heat_table import percent
from tutor.screen.tables import table
from tutor.screen.words import bold, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.inside.passing import lens

QUESTION = "After which layer will the word that the model ends up with first come out on top?"
LIMITS = (
    "The lens reads the middle of the model with the dictionary of its end. What it does not show"
    " may be there all the same, in another form or at another place: the demo patch finds it."
)
AGAIN = "A place by its number, or another text (Enter: go on): "
_DIGITS = 4


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The text to look into."""

    text: str = "The capital of Kenya is"


def run(settings: Settings, stage: Stage) -> None:
    """Guess the layer; the last place, layer by layer; then any place of any text."""
    try:
        one = opened(own_text(stage).strip() or settings.text, stage.terminal.look)
    except ProviderError as error:
        refuse(stage, error)
        return
    stage.introduce(one.base)
    layers = one.base.model.shape.layers
    guess = stage.guess(QUESTION, [f"layer {layer}" for layer in range(1, layers + 1)])
    stage.terminal.gap()
    look(stage, one, one.last)
    stage.terminal.say(line(rise(one, one.last)), *guessed(guess))
    limits(stage, LIMITS, one.text)
    walk(stage, one)


def look(stage: Stage, one: Opened, place: int) -> None:
    """One place: the likeliest next token at every border, and the final one's chance."""
    scores = lens(one.base.model, one.seen)[:, place]
    end = int(scores[-1].argmax())
    rows = []
    for after, row in enumerate(scores):
        best = first(one.base, row)
        token = shown(best, stage.terminal.look)
        rows.append((border(after), token, percent(best.probability), percent(chance(row, end))))
    heads = ("", "first", "chance", word(one.base, end)[:12])
    title = f"After {quoted(one.text)}"
    if place < one.last:
        title = f"After token {place}, {one.labels[place]}"
    show(stage, f"logit lens, place {place}", bold(title), *table(heads, rows, stage.terminal))


def border(after: int) -> str:
    """Where in the model the lens reads."""
    return f"after layer {after}" if after else "before layer 1"


def rise(one: Opened, place: int) -> str:
    """Where the final word comes out on top, and stays."""
    best = lens(one.base.model, one.seen)[:, place].argmax(-1).tolist()
    after = len(best)
    while after and best[after - 1] == best[-1]:
        after -= 1
    return f'"{word(one.base, best[-1])}" is on top, and stays there, {border(after)}.'


def walk(stage: Stage, one: Opened) -> None:
    """Other places, other texts."""
    now = one

    def follow(typed: str) -> None:
        nonlocal now
        place = int(typed) if typed.isdecimal() and len(typed) < _DIGITS else -1
        if 0 <= place < len(now.labels):
            look(stage, now, place)
            return
        now = opened(typed, stage.terminal.look)
        look(stage, now, now.last)
        stage.terminal.say(line(rise(now, now.last)))

    again(stage, AGAIN, follow)


DEMO = Live(
    settings=Settings,
    run=run,
    title="The logit lens",
    line="What the raw model would say next if it stopped after each of its layers.",
    own_text="the beginning of a sentence",
    notice=(
        "The residual stream is a workspace that every layer reads and adds to. The lens reads it"
        ' early with the last norm and the output matrix. After "The capital of Kenya is" it shows'
        " no city at this place for three layers; it comes up in the last two. Before layer 1"
        " stands the token's own row, seen through the tied embedding: that is no prediction."
    ),
)
