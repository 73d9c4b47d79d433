"""Reasoning with and without room: the same sums in one breath and step by step, measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from msgspec import Struct

from tutor.demos.parts.long_sums import answer_of, truth_of
from tutor.demos.parts.reading import addends, within
from tutor.providers.talk import user
from tutor.screen.indented import indented
from tutor.screen.words import Renderable, bold, line, row
from tutor.stage.contract import Live
from tutor.stage.hearing import hear
from tutor.stage.own_text import own_text, show
from tutor.stage.stage import Stage
from tutor.sums.paired import paired
from tutor.tinylm.measuring.scores import Score
from tutor.tinylm.world.editions import SECOND, shipped
from tutor.tinylm.world.exercises import long_sum
from tutor.tinylm.world.probes import HELD_OUT_SEED

WAYS = {"in one breath": "", "step by step": " Think step by step."}
DRAWN, LIKELIEST = 1.0, 0.0
TEMPERATURES = {DRAWN: "drawn", LIKELIEST: "likeliest"}
QUESTION = "Of these sums, how many more will be right with the steps written out?"
GUESSES = ("none", "a few", "most of them")
FEWEST, MOST = 3, 6
SHOWN = 4
"""Numbers of the long sums that the second edition's model was shown."""
LONGEST = 90


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many sums of four numbers are asked, each both ways."""

    sums: int = 30

    def __post_init__(self) -> None:
        """Refuse what takes too long."""
        within("sums", (self.sums,), 4, 60)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question, the reply, whether it was right, and the tokens that it took."""

    asked: str
    said: str
    right: bool
    tokens: int


def run(settings: Settings, stage: Stage) -> None:
    """Guess; ask all sums both ways; count."""
    text = own_text(stage)
    own = addends(text)
    if text and not (FEWEST <= len(own) <= MOST and max(own) <= 9):  # noqa: PLR2004  one digit each
        stage.terminal.say(line(f"For sums of your own, give {FEWEST} to {MOST} numbers, 1 to 9."))
        own = ()
    questions = [as_question(own)] if own else sums(settings.sums)
    guess = "" if own else stage.guess(QUESTION, GUESSES)
    stage.introduce(stage.face("sft"))
    found = {
        (name, temperature): [
            attempt(stage, asked + how, temperature, seed) for seed, asked in enumerate(questions)
        ]
        for name, how in WAYS.items()
        for temperature in TEMPERATURES
    }
    for name in WAYS:
        stage.terminal.gap()
        show(stage, f"thinking, {name}", *example(name, found[name, DRAWN][0]))
    stage.terminal.gap()
    show(stage, "thinking", *table(found), *map(line, compared(found)))
    if len(own) != SHOWN and own and shipped() is SECOND:
        stage.terminal.say(line(f"Of sums of more than two numbers it was shown those of {SHOWN}."))
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))


def as_question(numbers: Sequence[int]) -> str:
    """The question after a sum."""
    return f"What is {' + '.join(map(str, numbers))}?"


def sums(count: int) -> list[str]:
    """So many sums of four numbers, drawn anew; some may stand in the training texts by chance."""
    rng = Random(HELD_OUT_SEED)
    return [long_sum(rng).prompt for _ in range(count)]


def attempt(stage: Stage, asked: str, temperature: float, seed: int) -> Attempt:
    """Ask once; the last number of the reply is its answer."""
    drawn = user(asked, temperature=temperature, max_tokens=LONGEST, seed=1000 * stage.seed + seed)
    reply = hear(stage, stage.face("sft"), drawn)
    right = answer_of(reply) == truth_of(asked)
    written = reply.done.usage.written if reply.done and reply.done.usage else 0
    return Attempt(asked, reply.text, right, written)


def example(name: str, tried: Attempt) -> list[Renderable]:
    """One question and its reply in full."""
    verdict = "right" if tried.right else "wrong"
    return [bold(f"{name}: {tried.asked}"), indented(line(f"{tried.said}   ({verdict})"), 2)]


def compared(found: Mapping[tuple[str, float], Sequence[Attempt]]) -> Iterator[str]:
    """What the steps gained and lost, sum by sum, for each way of choosing tokens."""
    at_once, stepwise = WAYS
    for temperature, name in TEMPERATURES.items():
        before, after = found[at_once, temperature], found[stepwise, temperature]
        result = paired([one.right for one in before], [one.right for one in after])
        times = sum(one.tokens for one in after) / max(1, sum(one.tokens for one in before))
        yield f"{name}, with steps: {result.verdict}, at {times:.1f} times the tokens."


def table(found: Mapping[tuple[str, float], Sequence[Attempt]]) -> list[Renderable]:
    """Every way side by side: right of all, the 95 % interval, tokens a reply."""
    rows: list[Renderable] = [row(f"  {'':25}{'right':>9}{'interval':>14}{'tokens':>8}")]
    for (way, temperature), tries in found.items():
        name = f"{way}, {TEMPERATURES[temperature]}"
        score = Score(name, sum(one.right for one in tries), len(tries))
        low, high = score.interval
        interval = f"{100 * low:.0f}–{100 * high:.0f} %"
        tokens = sum(one.tokens for one in tries) / len(tries)
        rows.append(
            row(f"  {name:25}{f'{score.right} of {score.count}':>9}{interval:>14}{tokens:>8.0f}")
        )
    return rows


DEMO = Live(
    settings=Settings,
    run=run,
    title="Room to think",
    line="The same sums asked in one breath and step by step: what do the extra tokens buy?",
    own_text="three to six numbers from 1 to 9, to be added both ways",
    notice=(
        "Each token of a reply takes about the same computation. In one breath the whole sum has "
        "to be done before the answer begins. Written out, every step is a small sum that the next "
        "can read. The steps cost tokens. See whether they mend the likeliest answer, or only the "
        "drawing of it: the last lines say what they gained, sum by sum."
    ),
    slow=True,
)
