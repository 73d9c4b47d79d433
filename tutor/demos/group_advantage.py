"""Rewards that code can check, and what a group of answers makes of them: GRPO's advantage.

An answer's advantage is its reward less the mean of its group, divided by the group's standard
deviation (Shao et al. 2024, arXiv 2402.03300, outcome supervision; here the deviation of the group
itself, over n). Where all rewards are alike it is 0.
"""

from collections.abc import Iterator, Sequence
from random import Random
from statistics import fmean, pstdev

from msgspec import Struct

from tutor.demos.parts.long_sums import answer_of, truth_of
from tutor.demos.parts.reading import addends, within
from tutor.providers.talk import Reply, user
from tutor.screen.tables import table
from tutor.screen.words import bold, line
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, text_of_the_learner
from tutor.stage.stage import Stage

MIXED = "What is 9 + 7 + 9 + 8?"
"""Of other sums one is looked for, where the model does not solve this one now and then."""
EASY = ("What is 17 + 25?", "What is 12 + 3?", "What is 2 + 3?")
LOOKED_AT, FEW_TERMS, MANY_TERMS = 30, 3, 6
NOW_AND_THEN = 4
"""One answer in so many is right in a group that shows what is rare being moved most."""
GUESSES = ("the right ones", "the wrong ones", "whichever are fewer", "all alike")
MOST_TERMS, LARGEST_TERM = 6, 99


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many answers make a group."""

    size: int = 8
    temperature: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a group of one, and one that takes too long."""
        within("size", (self.size,), 2, 16)
        within("temperature", (self.temperature,), 0.1, 2)


def run(settings: Settings, stage: Stage) -> None:
    """Draw a group, check it, work out the advantages; then a group that is all alike."""
    own = _own_question(stage)
    stage.introduce(stage.face("sft"))
    stage.terminal.say(
        line(
            f"{settings.size} answers are drawn to one question. A program adds up the numbers and"
            " pays 1 for a right answer, 0 for any other. Nobody votes, and no model scores."
        )
    )
    guess = stage.guess("Which answers will be moved the most?", GUESSES)
    rewards = _show_group(own or _solved_now_and_then(settings, stage), settings, stage)
    stage.terminal.say(line(_what_moves(rewards)))
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    learned = None if own else _solved_always(settings, stage)
    if learned:
        stage.terminal.gap()
        stage.terminal.say(bold("A question that it has learned already:"))
        stage.terminal.say(line(_what_moves(_show_group(learned, settings, stage))))


def _solved_now_and_then(settings: Settings, stage: Stage) -> str:
    """The first sum of which one answer in four is right; failing that, the likest to it."""
    wanted = max(1, settings.size // NOW_AND_THEN)
    nearest, apart = MIXED, settings.size
    for question in (MIXED, *other_sums(stage.seed)):
        right = int(sum(_rewards(question, settings, stage)))
        if right == wanted:
            return question
        if 0 < right < settings.size and abs(right - wanted) < apart:
            nearest, apart = question, abs(right - wanted)
    return nearest


def _solved_always(settings: Settings, stage: Stage) -> str | None:
    """The first easy sum of which every answer is right, if there is one."""
    every = settings.size
    return next((one for one in EASY if sum(_rewards(one, settings, stage)) == every), None)


def other_sums(seed: int) -> Iterator[str]:
    """Rows of numbers to be tried, the same for the same seed."""
    rng = Random(seed)
    for _ in range(LOOKED_AT):
        terms = [rng.randint(1, 9) for _ in range(rng.randint(FEW_TERMS, MANY_TERMS))]
        yield f"What is {' + '.join(map(str, terms))}?"


def advantages(rewards: Sequence[float]) -> list[float]:
    """How far each reward lies above its group's mean, in standard deviations of the group."""
    mean, spread = fmean(rewards), pstdev(rewards)
    return [(reward - mean) / spread if spread else 0.0 for reward in rewards]


def _own_question(stage: Stage) -> str:
    text = text_of_the_learner(stage)
    terms = addends(text)
    if 1 < len(terms) <= MOST_TERMS and max(terms) <= LARGEST_TERM:
        return f"What is {' + '.join(map(str, terms))}?"
    if text:
        stage.terminal.say(line("A sum of your own looks like this: 3 + 8 + 6 + 9"))
    return ""


def _show_group(question: str, settings: Settings, stage: Stage) -> list[float]:
    """The answers in the order drawn, each with what it earns; and the mean and deviation."""
    answers = _answers(question, settings, stage)
    rewards = [float(answer == truth_of(question)) for answer in answers]
    cells = [
        (str(number), "none" if answer is None else str(answer), f"{reward:.0f}", _signed(gain))
        for number, (answer, reward, gain) in enumerate(
            zip(answers, rewards, advantages(rewards), strict=True), 1
        )
    ]
    stage.terminal.gap()
    stage.terminal.say(
        bold(question),
        *table(("answer", "it says", "reward", "advantage"), cells, stage.terminal),
        line(f"Mean reward {fmean(rewards):.3f}, standard deviation {pstdev(rewards):.3f}."),
    )
    said = ", ".join("none" if answer is None else str(answer) for answer in answers)
    stage.note(f"{question} It said {said}. Advantages: {', '.join(c[3] for c in cells)}.")
    return rewards


def _answers(question: str, settings: Settings, stage: Stage) -> list[int | None]:
    """What a group says the sum is; the same whenever it is drawn."""
    drawn = (_draw(question, number, settings, stage) for number in range(settings.size))
    return [answer_of(reply) for reply in drawn]


def _rewards(question: str, settings: Settings, stage: Stage) -> list[float]:
    return [float(one == truth_of(question)) for one in _answers(question, settings, stage)]


def _signed(gain: float) -> str:
    return f"{gain:+.2f}" if gain else "0"


def _draw(question: str, number: int, settings: Settings, stage: Stage) -> Reply:
    seed = 1000 * stage.seed + number
    request = user(question, temperature=settings.temperature, max_tokens=40, seed=seed)
    return hear(stage, stage.face("sft"), request)


def _what_moves(rewards: Sequence[float]) -> str:
    right, wrong = rewards.count(1.0), rewards.count(0.0)
    if not right or not wrong:
        return "All rewards are alike, so every advantage is 0. From this group nothing is learned."
    if right == wrong:
        return "As many are right as wrong: both kinds are moved by the same amount."
    fewer = "right" if right < wrong else "wrong"
    way = "upwards" if right < wrong else "downwards"
    return f"The {fewer} answers are fewer, so each of them is moved the most, {way}."


DEMO = Live(
    settings=Settings,
    run=run,
    title="An advantage, from eight tries and a checker",
    line="Draw a group of answers, let code pay for the right ones, see which way each is pushed.",
    own_text='a sum such as "3 + 8 + 6 + 9"',
    notice=(
        "Nobody said how to add. An answer above its group's mean is made likelier, one below it"
        " less likely. A group of which all are right, or all wrong, teaches nothing."
    ),
)
