"""How likely a question would be answered right today: knowledge tracing with forgetting. Pure.

Bayesian knowledge tracing (A. T. Corbett and J. R. Anderson, Knowledge Tracing: Modeling the
Acquisition of Procedural Knowledge, User Modeling and User-Adapted Interaction 4, 1994), question
by question. Let k be the chance that it is known, s that one who knows it slips, g that one who
does not guesses it. A right answer without help makes it

    k' = k (1 - s) / (k (1 - s) + (1 - k) g)

and any other one

    k' = k s / (k s + (1 - k) (1 - g)).

Then the explanation was read: k'' = k' + (1 - k') t. Their model has no forgetting; here k falls to
k R until a later day, R being FSRS's chance of recall. What was read on the day itself counts from
the next day on, for to have read is not to know. The chance of a right answer is

    k R (1 - s) + (1 - k R) g.

g follows from the kind of question: a quarter with four options, hardly anything where one types.
"""

from collections.abc import Iterable

from tutor.review.memory import recall
from tutor.review.remembered import Card, Try

FIRST = 0.5
"""k before a question was ever answered."""
SLIP = 0.1
LEARNT = 0.3
"""t: who has read the explanation knows it so often from then on. This and FIRST were chosen on the
simulated learners of tests/review/simulation.py, and tried on others of the same kinds."""


def chance(card: Card, guess: float, day: int) -> float:
    """The chance, 0 to 1, that a question would be answered right on a day, unaided."""
    known = knows(card, guess, day)
    return known * (1 - SLIP) + (1 - known) * guess


def knows(card: Card, guess: float, day: int) -> float:
    """The chance that it is known on a day."""
    if card.memory is None or not card.tries:
        return 0.0
    known = traced(card.tries, guess)
    if day <= card.memory.last:
        return known
    return read(known) * recall(card.memory, day)


def traced(tries: Iterable[Try], guess: float) -> float:
    """The chance that it was known at the last of some askings."""
    known = FIRST
    for number, one in enumerate(tries):
        if number:
            known = read(known) * one.kept
        known = after(known, guess, right=one.right)
    return known


def after(known: float, guess: float, *, right: bool) -> float:
    """What an answer says of whether its question was known, by Bayes' rule."""
    if right:
        mine, other = known * (1 - SLIP), (1 - known) * guess
    else:
        mine, other = known * SLIP, (1 - known) * (1 - guess)
    return mine / (mine + other)


def read(known: float) -> float:
    """The same once the explanation was read."""
    return known + (1 - known) * LEARNT
