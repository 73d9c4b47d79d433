"""The learner's votes, the reward model that follows from them, and an answer nobody voted on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from msgspec import Struct

from tutor.demos.parts.five_answers import (
    ANSWERS,
    CAREFUL,
    FEATURES,
    PAIRS,
    QUESTION,
    STEPS,
    TEN,
    UNSEEN,
    Vote,
    Weights,
    agreeing,
    chance,
    fit,
    longer_won,
    mean_loss,
    reward,
    rewards,
)
from tutor.screen.bars import counted
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import text_of_the_learner
from tutor.stage.passages import flat, passage
from tutor.stage.stage import Stage

GUESSES = ("being right", "being friendly", "ten more words")
TRIES = 3
"""So often a vote that cannot be read is asked for again."""
SHOWN = 160
_FRIENDLY = re.compile(r"(great|good|nice|hi|hello|hey|sure|of course|thank)\b", re.IGNORECASE)
_VOTES = re.compile(r"(?:[a-e-][\s,;>]*){1,12}", re.IGNORECASE)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set: the learner votes."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Two answers, the one shown first and the one shown second."""

    first: str
    second: str


Choice: TypeAlias = tuple[Ballot, int | None]
"""A ballot, and which place was chosen: 0, 1, or None for neither."""


def ballots(seed: int) -> list[Ballot]:
    """The six pairs in random order and position, then an early one again with places swapped."""
    rng = Random(seed)
    some = [Ballot(*rng.sample(pair, 2)) for pair in rng.sample(PAIRS, len(PAIRS))]
    again = rng.choice(some[: len(some) // 2])
    return [*some, Ballot(again.second, again.first)]


def run(_settings: Settings, stage: Stage) -> None:
    """Collect votes, fit the reward model, and let it judge what it never saw."""
    stage.terminal.say(
        bold("LIVE: votes become a reward model, fitted on the spot."),
        line(f'The question is: "{QUESTION}" No language model speaks here.'),
    )
    votes, own = _votes(stage)
    guess = stage.guess("Which will get the largest weight in the reward model?", GUESSES)
    weights = fit(votes)
    _show_weights(stage, votes, weights, guess)
    _show_scores(stage, weights)
    _show_why(stage, votes, weights)
    if not own:
        own = stage.ask("An answer of your own, to be scored (Enter: none)> ") or ""
    if own.strip():
        _show_own(stage, own.strip(), weights)
    _note(stage, votes, weights)


def _votes(stage: Stage) -> tuple[list[Vote], str]:
    """The votes that count, and an answer of the learner's own if that was typed instead."""
    own = text_of_the_learner(stage)
    if _VOTES.fullmatch(own):
        return _typed_votes(stage), ""
    votes = [] if own else _cast(stage)
    if votes:
        return votes, ""
    _show_answers(stage)
    stage.terminal.say(line(f"An example, with the votes of a careful rater: {_spoken(CAREFUL)}."))
    return list(CAREFUL), own


def read_votes(text: str) -> list[Vote] | str:
    """Six letters, one for each of `PAIRS`, "-" for no vote; or what is wrong with them."""
    letters = re.findall(r"[A-E-]", text.upper())
    pairs = ", ".join("/".join(pair) for pair in PAIRS)
    if len(letters) != len(PAIRS):
        return f"These are {len(letters)} votes; the {len(PAIRS)} pairs are {pairs}."
    for letter, pair in zip(letters, PAIRS, strict=True):
        if letter not in (*pair, "-"):
            return f"{letter} is not in the pair {'/'.join(pair)}; the pairs are {pairs}."
    return [
        (letter, pair[1] if letter == pair[0] else pair[0])
        for letter, pair in zip(letters, PAIRS, strict=True)
        if letter != "-"
    ]


def _typed_votes(stage: Stage) -> list[Vote]:
    _show_answers(stage)
    votes = read_votes(stage.text)
    if isinstance(votes, str):
        stage.terminal.say(line(votes))
    elif votes:
        stage.terminal.say(line(f"Your votes: {_spoken(votes)}."))
        return votes
    stage.terminal.say(line(f"So an example of careful votes is taken: {_spoken(CAREFUL)}."))
    return list(CAREFUL)


def _cast(stage: Stage) -> list[Vote]:
    """Ask for all seven; stop where nobody answers any more."""
    some = ballots(stage.seed)
    if stage.ask(f"{len(some)} pairs, one after the other. Enter begins> ") is None:
        return []
    choices: list[Choice] = []
    for number, ballot in enumerate(some, 1):
        stage.terminal.gap()
        stage.terminal.say(
            bold(f"Vote {number} of {len(some)}"),
            *passage("1", ANSWERS[ballot.first].text, stage.terminal),
            *passage("2", ANSWERS[ballot.second].text, stage.terminal),
        )
        choice = _choice(stage)
        if choice == "":
            break
        choices.append((ballot, None if choice == "0" else int(choice) - 1))
    votes = [vote for vote in map(_vote, choices[: len(PAIRS)]) if vote]
    if votes:
        stage.terminal.gap()
        _show_positions(stage, choices)
    return votes


def _choice(stage: Stage) -> str:
    """1, 2, 0 for no vote, "" when nobody answers."""
    for _ in range(TRIES):
        typed = stage.ask("Which is better, 1 or 2? (Enter: neither)> ")
        if typed is None:
            return ""
        typed = typed.strip()
        if typed in ("1", "2", "0", ""):
            return typed or "0"
        stage.terminal.say(dim("Type 1 for the first, 2 for the second, or Enter alone."))
    return "0"


def _vote(choice: Choice) -> Vote | None:
    ballot, place = choice
    if place is None:
        return None
    pair = (ballot.first, ballot.second)
    return pair[place], pair[1 - place]


def _show_positions(stage: Stage, choices: Sequence[Choice]) -> None:
    """What the swapped pair says of the rater; the second look at it counts for nothing else."""
    cast = [place for _, place in choices if place is not None]
    stage.terminal.say(
        line(
            f"You chose the answer shown first in {cast.count(0)} of {counted(len(cast), 'vote')}."
        )
    )
    if len(choices) <= len(PAIRS):
        return
    again, second = choices[-1]
    before = next(place for ballot, place in choices if ballot == Ballot(again.second, again.first))
    stage.terminal.say(line(f"One pair came twice, with places swapped. {_said(before, second)}"))


def _said(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return "You left it open at least once, so it says nothing about your habits."
    if before == after:
        place = ("first", "second")[after]
        return (
            f"Both times you took the {place} one: the same two answers, and position decided."
            " Raters and judge models do this, which is why serious studies swap."
        )
    return "You preferred the same answer both times: its place did not decide."


def _spoken(votes: Sequence[Vote]) -> str:
    return ", ".join(f"{winner} over {loser}" for winner, loser in votes)


def _show_answers(stage: Stage) -> None:
    for name, answer in ANSWERS.items():
        if name != UNSEEN:
            stage.terminal.say(*passage(name, answer.text, stage.terminal))


def _show_weights(stage: Stage, votes: Sequence[Vote], weights: Weights, guess: str) -> None:
    say = stage.terminal.say
    stage.terminal.gap()
    say(bold(f"The reward model after {STEPS:,} small steps on {counted(len(votes), 'vote')}:"))
    cells = [(name, f"{weight:+.3f}") for name, weight in zip(FEATURES, weights, strict=True)]
    say(*table(("feature", "weight"), cells, stage.terminal))
    largest = GUESSES[max(range(len(weights)), key=lambda place: weights[place])]
    yours = f" You guessed: {guess}." if guess else ""
    least = "" if max(weights) > 0 else " Not one of the three is rewarded."
    say(line(f"Largest weight: {largest}.{least}{yours}"))
    before, after = mean_loss(votes, (0.0, 0.0, 0.0)), mean_loss(votes, weights)
    say(
        line(
            f"It agrees with {agreeing(votes, weights)} of {counted(len(votes), 'vote')};"
            f" its loss fell from {before:.3f} to {after:.3f} nats per vote."
        )
    )


def _show_scores(stage: Stage, weights: Weights) -> None:
    stage.terminal.gap()
    stage.terminal.say(
        bold(f"Now {UNSEEN}, an answer that no vote was about:"),
        *passage(UNSEEN, _clipped(ANSWERS[UNSEEN].text), stage.terminal),
    )
    scores = rewards(weights)
    ranked = sorted(scores, key=lambda name: -scores[name])
    cells = [(name, *_described(name), f"{scores[name]:.2f}") for name in ranked]
    heads = ("answer", "right", "friendly", "words", "reward")
    stage.terminal.say(*table(heads, cells, stage.terminal))


def _described(name: str) -> tuple[str, str, str]:
    answer = ANSWERS[name]
    return _yes(answer.right), _yes(answer.friendly), str(answer.words)


def _yes(it: bool) -> str:  # noqa: FBT001
    return "yes" if it else "no"


def _clipped(text: str) -> str:
    words = counted(len(text.split()), "word")
    return flat(text, SHOWN) if len(text) <= SHOWN else f"{flat(text, SHOWN)} ({words})"


def _show_why(stage: Stage, votes: Sequence[Vote], weights: Weights) -> None:
    scores = rewards(weights)
    others = {name: score for name, score in scores.items() if name != UNSEEN}
    best = max(others, key=lambda name: others[name])
    ahead = chance(scores[UNSEEN] - others[best])
    by_length = weights[2] * ANSWERS[UNSEEN].words / TEN
    stage.terminal.say(
        line(f"Against {best}, {UNSEEN} would be preferred with probability {ahead:.3f}."),
        line(
            f"Of its reward of {scores[UNSEEN]:.2f}, its length alone makes {by_length:.2f}."
            f" The longer answer had won in {longer_won(votes)} of {counted(len(votes), 'vote')}."
        ),
        line(_verdict(weights, ahead)),
        dim(
            "This toy is told whether an answer is right. No real reward model is: it has to"
            " guess that, too, from what raters chose."
        ),
    )


def _verdict(weights: Weights, ahead: float) -> str:
    longest = max(ANSWERS[name].words for name in ANSWERS if name != UNSEEN)
    if weights[2] > 0 and ahead > 1 / 2:
        return (
            f"Nobody asked for length. Up to {longest} words, which is all that was ever voted on,"
            " it did no harm; the model carries on in a straight line to 300."
        )
    if weights[2] > 0:
        return "Length is paid for here too, though not enough for padding to win."
    return (
        "By these votes length is a fault, so padding loses, and so will a right answer that needs"
        " room. How often the longer answer won does not settle it: being right explains most of"
        " that. The votes that nothing else explains do. Either way nobody was asked about length."
    )


def _show_own(stage: Stage, text: str, weights: Weights) -> None:
    words = len(text.split())
    friendly = bool(_FRIENDLY.match(text)) or "!" in text
    right, wrong = (reward((truth, float(friendly), words / TEN), weights) for truth in (1.0, 0.0))
    scores = rewards(weights)
    beaten = [name for name in sorted(scores) if wrong > scores[name]]
    stage.terminal.gap()
    stage.terminal.say(
        bold("Your own answer, by the same reward model:"),
        quoted_text(f"  {_clipped(text)}"),
        line(
            f"{counted(words, 'word')}, {'friendly' if friendly else 'not friendly'} (by a rule:"
            f" a warm opening or an exclamation mark). Reward {right:.2f} if it is right and"
            f" {wrong:.2f} if it is wrong, which the program cannot tell."
        ),
        line(f"Even if wrong it would be preferred to: {', '.join(beaten) or 'none of the five'}."),
    )


def _note(stage: Stage, votes: Sequence[Vote], weights: Weights) -> None:
    named = ", ".join(f"{n} {w:+.3f}" for n, w in zip(FEATURES, weights, strict=True))
    stage.note(
        f"**Rater.** Votes on “{QUESTION}”: {_spoken(votes)}. Fitted weights: {named}."
        f" Reward of the padded wrong answer: {rewards(weights)[UNSEEN]:.2f}."
    )


DEMO = Live(
    settings=Settings,
    run=run,
    title="You are the rater",
    line="Six votes of yours become a reward model, and it judges an answer nobody voted on.",
    own_text='six votes such as "A B B B A D", or an answer of your own to be scored',
    notice=(
        "Nobody was asked about length. But votes on other things go along with it, for or against,"
        " and the model, which cannot ask why, pays or charges for every word."
    ),
)
