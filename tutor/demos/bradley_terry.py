"""From votes between pairs to one score each: the Bradley-Terry model, fitted.

Scores are found by the MM algorithm of Hunter (2004, Annals of Statistics 32, 384-406):
strength = wins / sum over opponents of (meetings / (own strength + theirs)), again and again.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.bars import counted
from tutor.screen.tables import bars, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values, steps

MOST = 100
ROUNDS = 10_000  # with at most MOST votes for a pair, half as many are enough
CLOSE = 1e-10
VOTE = 3
DIALLED = 20
"""So many votes can be given at a dial, at least."""
Wins = Mapping[tuple[str, str], int]
"""How often the first was preferred to the second."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Votes, each "winner loser count", such as "A B 7"."""

    votes: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse votes from which no finite scores follow (Hunter 2004, assumption 1)."""
        some("votes", self.votes, 30)
        wins = read_votes(self.votes)
        items = names(wins)
        some("votes: names", items, 6, least=2)
        for item in items:
            if never := [other for other in items if other not in beaten(item, wins)]:
                raise ValueError(
                    f"votes: {item!r} never won against {never[0]!r}, not even by way of others, "
                    "so no finite score fits; add such a vote"
                )


def read_votes(texts: Sequence[str]) -> dict[tuple[str, str], int]:
    """Read "A B 7", A preferred to B seven times; raises ValueError."""
    wins: dict[tuple[str, str], int] = {}
    for text in texts:
        words = text.split()
        if len(words) != VOTE or words[0] == words[1] or not words[2].isdecimal():
            raise ValueError(f"{text!r} is not a winner, a loser and a count, such as: A B 7")
        winner, loser, count = words[0], words[1], int(words[2])
        wins[winner, loser] = wins.get((winner, loser), 0) + count
        within(f"{winner} over {loser}: votes", (wins[winner, loser],), 1, MOST)
    return wins


def names(wins: Wins) -> list[str]:
    """Everyone who was voted on, in the order met."""
    return list(dict.fromkeys(name for pair in wins for name in pair))


def beaten(item: str, wins: Wins) -> set[str]:
    """Whom `item` won against, or against whom one of those won, and so on; and itself."""
    found, waiting = {item}, [item]
    while waiting:
        winner = waiting.pop()
        new = {loser for first, loser in wins if first == winner} - found
        found |= new
        waiting.extend(new)
    return found


def fit(wins: Wins) -> tuple[dict[str, float], int]:
    """Find the likeliest scores, with mean 0, and how many rounds that took."""
    strengths = dict.fromkeys(names(wins), 1.0)
    rounds = 0
    while rounds < ROUNDS:
        rounds += 1
        new = _balanced({name: _stronger(name, strengths, wins) for name in strengths})
        moved = max(abs(math.log(new[name] / strengths[name])) for name in strengths)
        strengths = new
        if moved < CLOSE:
            break
    return {name: math.log(strength) for name, strength in strengths.items()}, rounds


def _stronger(name: str, strengths: Mapping[str, float], wins: Wins) -> float:
    """Do one step of Hunter's (2004) equation 3 for one item."""
    won = sum(count for (winner, _), count in wins.items() if winner == name)
    load = sum(
        count / (strengths[winner] + strengths[loser])
        for (winner, loser), count in wins.items()
        if name in (winner, loser)
    )
    return won / load


def _balanced(strengths: Mapping[str, float]) -> dict[str, float]:
    """Scale to a geometric mean of 1: only ratios matter."""
    mean = math.fsum(map(math.log, strengths.values())) / len(strengths)
    return {name: strength / math.exp(mean) for name, strength in strengths.items()}


def preferred(score: float, other: float) -> float:
    """Logistic function of the difference (Bradley and Terry 1952)."""
    return 1 / (1 + math.exp(other - score))


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the fitted scores, then what they say of each pair, beside the votes."""
    wins = read_votes(settings.votes)
    scores, rounds = fit(wins)
    ranked = sorted(scores, key=lambda name: -scores[name])
    say = terminal.say
    say(bold("COMPUTED: one score each, fitted to these votes."))
    say(line(f"The scores that make the votes likeliest, found in {counted(rounds, 'round')}."))
    say(line("Only differences count, so their mean is set to 0."), line())
    cells = [(name, f"{scores[name] + 0.0:+.3f}") for name in ranked]
    say(*table(("answer", "score"), cells, terminal), line())
    say(bold("How likely the first is preferred: by the scores, and in the votes."))
    pairs = [
        (f"{a} over {b}", f"{preferred(scores[a], scores[b]):.3f}", _votes(a, b, wins))
        for a, b in combinations(ranked, 2)
    ]
    say(*table(("pair", "by scores", "votes"), pairs, terminal))


def _votes(one: str, other: str, wins: Wins) -> str:
    won, lost = wins.get((one, other), 0), wins.get((other, one), 0)
    return f"{won} of {won + lost}" if won + lost else "none"


def turned(settings: Settings, terminal: Terminal) -> Turning:
    """The votes of the first pair under the learner's keys: all scores follow."""
    wins = read_votes(settings.votes)
    one, other = next(iter(wins))
    before = fit(wins)[0]
    ranked = sorted(before, key=lambda name: -before[name])

    def picture(values: Values) -> list[Renderable]:
        votes = {**wins, (one, other): round(values[0])}
        scores, _ = fit(votes)
        chance = preferred(scores[one], scores[other])
        return [
            bold(f"{one} over {other}: {_votes(one, other, votes)} votes"),
            line(f"By the scores: {chance:.3f}"),
            line("A bar: the chance against score 0."),
            *bars(
                ranked,
                [preferred(scores[name], 0) for name in ranked],
                terminal,
                [f"{scores[name] + 0.0:+.3f}" for name in ranked],
            ),
        ]

    stops = steps(1, max(DIALLED, wins[one, other]), 1)
    dial = Dial(f"votes for {one} over {other}", stops, at=wins[one, other] - 1)
    return Turning("one pair's votes, by hand", (dial,), picture)


DEMO = Computed(
    title="From sixty votes to four scores",
    line="From votes between pairs to one score each: the Bradley-Terry model, fitted.",
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        votes=(
            "B A 7",
            "A B 3",
            "B C 9",
            "C B 1",
            "B D 8",
            "D B 2",
            "A C 8",
            "C A 2",
            "A D 6",
            "D A 4",
            "D C 7",
            "C D 3",
        ),
    ),
)
