"""Many tries and a checker: what more samples buy, and what a vote buys without one."""

from collections import Counter
from collections.abc import Sequence
from math import comb, fsum
from random import Random
from statistics import mean

from msgspec import Struct

from tutor.demos.parts.long_sums import answer_of, truth_of
from tutor.demos.parts.reading import addends, within
from tutor.providers.talk import Reply, user
from tutor.screen.tables import bars, short
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line, row
from tutor.stage.contract import Live
from tutor.stage.dial import Dial, Turning, Values, steps, turn
from tutor.stage.hearing import hear
from tutor.stage.own_text import own_text, show
from tutor.stage.stage import Stage
from tutor.tinylm.world.exercises import long_sum
from tutor.tinylm.world.probes import HELD_OUT_SEED

QUESTION = "With sixteen tries at each sum, which way of picking will be right most often?"
GUESSES = ("one try", "the vote of all tries", "any try that passes the check")
MOST_TERMS = 6
LARGEST_TERM = 99
WAYS = ("one try", "vote", "check")
FOOLED = (0, 1, 2, 5, 10, 20, 35, 50, 75, 100)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many sums, and the numbers of tries that are compared."""

    sums: int = 12
    tries: tuple[int, ...] = (1, 4, 16)
    temperature: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what takes too long."""
        within("sums", (self.sums,), 1, 30)
        within("tries", self.tries, 1, 32)
        within("temperature", (self.temperature,), 0, 2)


def run(settings: Settings, stage: Stage) -> None:
    """Guess; sample; pick in three ways; count."""
    questions = own_sum(stage) or sums(settings.sums)
    guess = stage.guess(QUESTION, GUESSES) if len(questions) > 1 else ""
    stage.introduce(stage.face("sft"))
    most = max(settings.tries)
    sampled = [draw(stage, question, most, settings.temperature) for question in questions]
    truths = [truth_of(question) for question in questions]
    first = [answer_of(reply) for reply in sampled[0]]
    stage.terminal.gap()
    show(
        stage,
        "best-of-n, an example",
        *example(questions[0], first, truths[0], settings.temperature),
    )
    stage.terminal.gap()
    answers = [[answer_of(reply) for reply in replies] for replies in sampled]
    show(stage, "best-of-n", *table(settings.tries, answers, truths, mean_tokens(sampled)))
    calm = [answer_of(likeliest(stage, question)) for question in questions]
    greedy = sum(one == truth for one, truth in zip(calm, truths, strict=True))
    stage.terminal.say(line(f"One greedy try each (temperature 0) gets {greedy} of {len(truths)}."))
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    turn(stage, turned(answers, truths, stage.terminal))


def own_sum(stage: Stage) -> list[str]:
    """The learner's sum as a question; none where there is none that can be read."""
    text = own_text(stage)
    terms = addends(text)
    if not (1 < len(terms) <= MOST_TERMS and max(terms) <= LARGEST_TERM):
        if text:
            stage.terminal.say(line("A sum of your own looks like this: 3 + 8 + 6 + 9"))
        return []
    return [f"What is {' + '.join(map(str, terms))}?"]


def sums(count: int) -> list[str]:
    """So many sums of four numbers, drawn anew; some may stand in the training texts by chance."""
    rng = Random(HELD_OUT_SEED + 1)
    return [long_sum(rng).prompt for _ in range(count)]


def draw(stage: Stage, question: str, times: int, temperature: float) -> list[Reply]:
    """So many replies to one question, each with a seed of its own."""
    face = stage.face("sft")
    return [
        hear(
            stage,
            face,
            user(question, temperature=temperature, max_tokens=40, seed=1000 * stage.seed + number),
        )
        for number in range(times)
    ]


def likeliest(stage: Stage, question: str) -> Reply:
    """The reply without chance."""
    return hear(stage, stage.face("sft"), user(question, temperature=0.0, max_tokens=40))


def mean_tokens(sampled: Sequence[Sequence[Reply]]) -> float:
    """Tokens written for one try, on average."""
    written = [
        reply.done.usage.written
        for replies in sampled
        for reply in replies
        if reply.done and reply.done.usage
    ]
    return sum(written) / max(1, len(written))


def voted(answers: Sequence[int | None]) -> int | None:
    """The answer given most often; of equals the one given first."""
    return Counter(answers).most_common(1)[0][0]


def example(
    question: str, answers: Sequence[int | None], truth: int, temperature: float
) -> list[Renderable]:
    """The answers of all tries at one sum."""
    counts = Counter("no number" if one is None else str(one) for one in answers)
    said = ", ".join(f"{name} ×{count}" for name, count in counts.most_common(6))
    asked = f"asked {len(answers)} times at temperature {temperature:g}"
    return [line(f"{question} {asked}: {said}. In truth {truth}.")]


def groups(answers: Sequence[int | None], size: int) -> list[Sequence[int | None]]:
    """All tries at a sum, in groups: so that no row hangs on the luck of the first tries."""
    return [answers[at : at + size] for at in range(0, len(answers) - size + 1, size)]


def table(
    tries: Sequence[int],
    answers: Sequence[Sequence[int | None]],
    truths: Sequence[int],
    tokens: float,
) -> list[Renderable]:
    """For each number of tries: sums right by one try, by vote, by check; and the tokens."""
    rows: list[Renderable] = [
        row(f"  {'tries':>5}{'one try':>10}{'vote':>10}{'check':>10}{'tokens a sum':>15}")
    ]
    for number in tries:
        shown = "".join(f"{share:>10.0%}" for share in right(number, answers, truths))
        rows.append(row(f"  {number:>5}{shown}{number * tokens:>15,.0f}"))
    return rows


def right(
    tries: int,
    answers: Sequence[Sequence[int | None]],
    truths: Sequence[int],
    fooled: float = 0.0,
) -> tuple[float, float, float]:
    """How often one try, the vote and the check are right, with so many tries at each sum."""
    some = [
        (group, truth)
        for one, truth in zip(answers, truths, strict=True)
        for group in groups(one, tries)
    ]
    single = mean(group.count(truth) / tries for group, truth in some)
    vote = mean(voted(group) == truth for group, truth in some)
    return single, vote, mean(checked(group.count(truth), tries, fooled) for group, truth in some)


def checked(good: int, tries: int, fooled: float) -> float:
    """How likely one that passes is right: all `good` ones do, others as often as it is `fooled`.

    Of those that pass one is taken by chance: good / (good + passed), over how many may pass.
    """
    if not good:
        return 0.0
    bad = tries - good
    return fsum(
        comb(bad, passed) * fooled**passed * (1 - fooled) ** (bad - passed) * good / (good + passed)
        for passed in range(bad + 1)
    )


def turned(
    answers: Sequence[Sequence[int | None]], truths: Sequence[int], terminal: Terminal
) -> Turning:
    """The number of tries, and how easily the check is fooled, under the learner's keys."""
    most = len(answers[0])

    def picture(values: Values) -> list[Renderable]:
        tries, fooled = round(values[0]), values[1]
        shares = right(tries, answers, truths, fooled / 100)
        return [
            bold(f"{tries} tries; {short(fooled)} % of wrong answers pass the check"),
            *bars(WAYS, shares, terminal, [f"{share:.0%}" for share in shares]),
        ]

    dials = (Dial("tries", steps(1, most, 1), at=most - 1), Dial("% that fool it", FOOLED))
    return Turning("tries, by hand", dials, picture)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Many tries and a checker",
    line="One model asked again and again: pick by chance, by vote, or by a check in code.",
    own_text='a sum such as "3 + 8 + 6 + 9"',
    notice=(
        "With a check that cannot be fooled, every further try can only help. A vote helps as long "
        "as the right answer is the likeliest one. Both cost tokens for each try."
    ),
    slow=True,
)
