"""Two prompts on the same twelve cases: which is better, if twelve are enough to tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.twelve_cases import CASE, CLAIMS, NO_LABEL, TICKETS, Case, CaseSet, filled
from tutor.errors import NoAnswerError
from tutor.providers.talk import Provider, Request, Tier, user
from tutor.screen.bars import counted
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import spending, text_of_the_learner
from tutor.stage.passages import flat, hear_briefly, passage
from tutor.stage.stage import Stage
from tutor.sums.intervals import wilson
from tutor.sums.paired_test import LEVEL, cases_needed, least_clean_sweep, sign_test

TOKENS = 300
"""The most that one reply may take, thinking included."""
ENOUGH = 200
"""Characters after which a reply is no label any more, and the model is stopped."""
LINE = 40
GUESSES = ("yes, B is clearly better", "yes, A is clearly better", "no, it could be luck")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


@dataclass(frozen=True, slots=True)
class Graded:
    """What both prompts made of a case: a label each, or `NO_LABEL`."""

    case: Case
    first: str
    second: str

    @property
    def hits(self) -> tuple[bool, bool]:
        """Whether prompt A was right, and prompt B."""
        return self.first == self.case.label, self.second == self.case.label


def run(_settings: Settings, stage: Stage) -> None:
    """Put all cases in both ways, then say what the outcome is worth."""
    stage.terminal.say(bold("Twelve cases with known answers, and two prompts to put them with."))
    guess = stage.guess("Will the twelve show that one prompt is better?", GUESSES)
    own = text_of_the_learner(stage)
    prompts = TICKETS.first, own or TICKETS.second
    calls = [_talk(filled(prompt, case)) for case in TICKETS.cases for prompt in prompts]
    speaker = stage.chosen(spending(calls))
    outcomes = _play(stage, speaker, TICKETS, own) if speaker is not None else []
    if outcomes:
        _report(stage, TICKETS, outcomes, guess)
        return
    if speaker is not None:
        stage.terminal.say(line("No case was answered. So the built-in model takes its own test."))
    outcomes = _play(stage, stage.face("base"), CLAIMS, own)
    if outcomes:
        _report(stage, CLAIMS, outcomes, guess)


def _play(stage: Stage, speaker: Provider, some: CaseSet, own: str) -> list[Graded]:
    """Every case in both ways, each shown as it comes; what there is when the learner stops it."""
    prompts = some.first, own or some.second
    stage.introduce(speaker)
    _show_prompts(stage, prompts)
    outcomes: list[Graded] = []
    try:
        for number, case in enumerate(some.cases, 1):
            replies = [_ask(stage, speaker, filled(prompt, case)) for prompt in prompts]
            outcomes.append(Graded(case, *map(some.read, replies)))
            _show_case(stage, number, outcomes[-1], replies)
    except NoAnswerError as error:
        stage.say_failure(error)
        stage.terminal.say(line("So no more calls are made."))
    except KeyboardInterrupt:
        stage.terminal.say(dim(f"  [stopped by you after {counted(len(outcomes), some.noun)}]"))
    return outcomes


def _ask(stage: Stage, speaker: Provider, prompt: str) -> str:
    """A reply, as far as a label could stand in it."""
    return hear_briefly(stage, speaker, _request(speaker, prompt), ENOUGH).text


def _request(speaker: Provider, prompt: str) -> Request:
    """The raw built-in model continues a text; any other is asked in a conversation."""
    if speaker.card.tier is Tier.BUILT_IN:
        return Request(prompt=prompt, max_tokens=30, temperature=0, stop=("\n",))
    return _talk(prompt)


def _talk(prompt: str) -> Request:
    return user(prompt, system="You are a helpful assistant.", max_tokens=TOKENS)


def _show_prompts(stage: Stage, prompts: Sequence[str]) -> None:
    for name, prompt in zip("AB", prompts, strict=True):
        words = flat(prompt.replace("\n", " / "), 600)
        stage.terminal.say(*passage(f"prompt {name}", words, stage.terminal))
    if CASE not in prompts[1]:
        stage.terminal.say(dim(f"Your prompt has no {CASE}, so each case is put below it."))


def _show_case(stage: Stage, number: int, outcome: Graded, replies: Sequence[str]) -> None:
    labels = (outcome.first, outcome.second)
    told = [
        f"{name} {_verdict(label, outcome.case, reply)}"
        for name, label, reply in zip("AB", labels, replies, strict=True)
    ]
    doubt = ", though one could differ" if outcome.case.ambiguous else ""
    stage.terminal.say(line(f"{number}. {outcome.case.text} ({outcome.case.label}{doubt})"))
    stage.terminal.say(*(dim(f"   {one}") for one in told))


def _verdict(label: str, case: Case, reply: str) -> str:
    if label == case.label:
        return "right"
    if label == NO_LABEL:
        return f'no label: "{flat(reply, LINE)}"'
    return f"wrong: {label}"


def _report(stage: Stage, some: CaseSet, outcomes: Sequence[Graded], guess: str) -> None:
    _show_shares(stage, some, outcomes)
    verdict = _show_pairs(stage, some, outcomes)
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    for place, name in enumerate("AB"):
        _show_confusion(stage, some, outcomes, place, name)
    stage.note(f"**Benchmark.** {len(outcomes)} {some.noun}s. {verdict}")


def _right(outcomes: Sequence[Graded], place: int) -> int:
    return sum(outcome.hits[place] for outcome in outcomes)


def _show_shares(stage: Stage, some: CaseSet, outcomes: Sequence[Graded]) -> None:
    rows = []
    for place, name in enumerate("AB"):
        right, count = _right(outcomes, place), len(outcomes)
        low, high = wilson(right, count)
        none = sum((one.first, one.second)[place] == NO_LABEL for one in outcomes)
        rows.append((name, f"{right} of {count}", f"{low:.2f} to {high:.2f}", str(none)))
    stage.terminal.gap()
    stage.terminal.say(bold("How good is each? With the 95% interval (Wilson):"))
    heads = ("prompt", "right", "true share", "without label")
    stage.terminal.say(*table(heads, rows, stage.terminal))
    blind = len(outcomes) / len(some.labels)
    stage.terminal.say(
        line(f"Guessing blindly among the {len(some.labels)} labels gets about {blind:.0f} right.")
    )


def _show_pairs(stage: Stage, some: CaseSet, outcomes: Sequence[Graded]) -> str:
    """Compare the prompts case by case; returns the sentence that sums it up."""
    pairs = Counter(outcome.hits for outcome in outcomes)
    only_a, only_b = pairs[True, False], pairs[False, True]
    p = sign_test(only_b, only_a)
    verdict = _summed_up(only_a, only_b, p)
    stage.terminal.gap()
    stage.terminal.say(
        bold("Is one better? Only the cases on which they differ can tell:"),
        line(
            f"Both right {pairs[True, True]}, only A {only_a}, only B {only_b},"
            f" neither {pairs[False, False]}. Exact paired test: p = {p:.3f}."
        ),
        line(verdict),
        line(_needed(some, only_a, only_b, len(outcomes))),
        dim(
            f"Even if all cases that differ fall the same way, it takes {least_clean_sweep()} of"
            " them: 6 to 0 gives p = 0.031, 5 to 0 gives 0.0625, 7 to 1 gives 0.070."
        ),
    )
    return f"Only A {only_a}, only B {only_b}, p = {p:.3f}. {verdict}"


def _summed_up(only_a: int, only_b: int, p: float) -> str:
    if only_a == only_b:
        return "They did equally well here. That does not prove that they are."
    better = "B" if only_b > only_a else "A"
    if p < LEVEL:
        return f"{better} is better, by this test: equally good prompts seldom differ so far."
    return f"{better} did better here, but equally good prompts differ so often enough. Not shown."


def _needed(some: CaseSet, only_a: int, only_b: int, count: int) -> str:
    needed = cases_needed(only_b, only_a, count)
    if needed is None:
        return f"With no difference seen, no number of {some.noun}s can be worked out."
    return (
        f"Were the true difference as large as it looks here, about {counted(needed, some.noun)}"
        " would show it in 80 of 100 tests."
    )


def _show_confusion(
    stage: Stage, some: CaseSet, outcomes: Sequence[Graded], place: int, name: str
) -> None:
    given = Counter((one.case.label, (one.first, one.second)[place]) for one in outcomes)
    columns = (*some.labels, NO_LABEL)
    rows = [(label, *(str(given[label, said]) for said in columns)) for label in some.labels]
    stage.terminal.gap()
    stage.terminal.say(bold(f"Prompt {name}: right label down the side, what it said across"))
    stage.terminal.say(*table(("", *columns), rows, stage.terminal))


DEMO = Live(
    settings=Settings,
    run=run,
    title="Your own benchmark",
    line="Two prompts, twelve cases, every outcome; then interval, paired test and cases needed.",
    own_text="your own second prompt, with {question} where each case goes",
    notice=(
        "Twelve cases show only a landslide. Look at which cases differ, and count replies without"
        " a label apart: they are often the cheapest to repair."
    ),
)
