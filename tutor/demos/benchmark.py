"""Two prompts on the same twelve cases: which is better, if twelve are enough to tell."""

from collections.abc import Sequence

from msgspec import Struct

from tutor.bench import report
from tutor.bench.calls import request_for, sides_of
from tutor.bench.checks import NO_LABEL, Grade, grade
from tutor.bench.figures import Outcome, pairs
from tutor.bench.model import INPUT, Bench, Case, Label, Prompt
from tutor.bench.reading import example
from tutor.errors import NoAnswerError
from tutor.providers.talk import Card, Provider, Request, Tier
from tutor.screen.bars import counted
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import spending, text_of_the_learner
from tutor.stage.passages import flat, hear_briefly, passage
from tutor.stage.stage import Stage

ENOUGH = 200
"""Characters after which a reply is no label any more, and the model is stopped."""
LINE = 40
NAMES = "AB"
GUESSES = ("yes, B is clearly better", "yes, A is clearly better", "no, it could be luck")
SOMEBODY = Card("", "", Tier.HOSTED)
"""Whoever may be asked, before it is known who is."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


def run(_settings: Settings, stage: Stage) -> None:
    """Put all cases in both ways, then say what the outcome is worth."""
    stage.terminal.say(bold("Twelve cases with known answers, and two prompts to put them with."))
    guess = stage.guess("Will the twelve show that one prompt is better?", GUESSES)
    own, tickets = text_of_the_learner(stage), example("tickets")
    calls = [
        request_for(tickets, prompt, case.input, SOMEBODY, 1)
        for case in tickets.cases
        for prompt in _prompts(tickets, own)
    ]
    speaker = stage.chosen(spending(calls))
    outcomes = _play(stage, speaker, tickets, own) if speaker is not None else []
    if outcomes:
        _report(stage, tickets, outcomes, guess)
        return
    if speaker is not None:
        stage.terminal.say(line("No case was answered. So the built-in model takes its own test."))
    claims = example("claims")
    outcomes = _play(stage, stage.face("base"), claims, own)
    if outcomes:
        _report(stage, claims, outcomes, guess)


def _prompts(bench: Bench, own: str) -> tuple[Prompt, Prompt]:
    """The file's two, or its first and the learner's own."""
    first, second = (side.prompt for side in sides_of(bench))
    return (first, _with_a_place(own, first.system)) if own else (first, second)


def _with_a_place(text: str, system: str) -> Prompt:
    """A prompt of the learner's own; each case is put below it where it has no place for one."""
    return Prompt(system=system, text=text if INPUT in text else f"{text.rstrip()}\n{INPUT}\n")


def _play(stage: Stage, speaker: Provider, bench: Bench, own: str) -> list[Outcome]:
    """Every case in both ways, each shown as it comes; what there is when the learner stops it."""
    prompts = _prompts(bench, own)
    stage.introduce(speaker)
    _show_prompts(stage, prompts, own)
    outcomes: list[Outcome] = []
    try:
        for number, case in enumerate(bench.cases):
            requests = [request_for(bench, one, case.input, speaker.card, 1) for one in prompts]
            replies = [_ask(stage, speaker, request) for request in requests]
            grades = tuple((grade(bench.checks, case, reply),) for reply in replies)
            outcomes.append(Outcome(number, grades))
            _show_case(stage, case, outcomes[-1], replies)
    except NoAnswerError as error:
        stage.say_failure(error)
        stage.terminal.say(line("So no more calls are made."))
    except KeyboardInterrupt:
        stage.terminal.say(dim(f"  [stopped by you after {counted(len(outcomes), 'case')}]"))
    return outcomes


def _ask(stage: Stage, speaker: Provider, request: Request) -> str:
    """A reply, as far as a label could stand in it."""
    return hear_briefly(stage, speaker, request, ENOUGH).text


def _show_prompts(stage: Stage, prompts: Sequence[Prompt], own: str) -> None:
    for name, prompt in zip(NAMES, prompts, strict=True):
        words = flat(prompt.text.replace("\n", " / "), 600)
        stage.terminal.say(*passage(f"prompt {name}", words, stage.terminal))
    if own and INPUT not in own:
        stage.terminal.say(dim(f"Your prompt has no {INPUT}, so each case is put below it."))


def _show_case(stage: Stage, case: Case, outcome: Outcome, replies: Sequence[str]) -> None:
    grades = (row[0] for row in outcome.grades)
    told = [
        f"{name} {_verdict(one, reply)}"
        for name, one, reply in zip(NAMES, grades, replies, strict=True)
    ]
    doubt = f", though {case.note}" if case.note else ""
    stage.terminal.say(line(f"{outcome.case + 1}. {case.input} ({case.expected}{doubt})"))
    stage.terminal.say(*(dim(f"   {one}") for one in told))


def _verdict(given: Grade, reply: str) -> str:
    if given.passed:
        return "right"
    if given.label == NO_LABEL:
        return f'no label: "{flat(reply, LINE)}"'
    return f"wrong: {given.label}"


def _report(stage: Stage, bench: Bench, outcomes: Sequence[Outcome], guess: str) -> None:
    report.shares(NAMES, outcomes, stage.terminal)
    labels = _labels(bench)
    blind = len(outcomes) / len(labels)
    stage.terminal.say(
        line(f"Guessing blindly among the {len(labels)} labels gets about {blind:.0f} right.")
    )
    found = pairs(outcomes)
    verdict = report.paired(NAMES, found, stage.terminal)
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    expected = [case.expected for case in bench.cases]
    for side, name in enumerate(NAMES):
        given = report.labels_given(side, outcomes, expected, labels, stage.terminal)
        stage.terminal.gap()
        stage.terminal.say(bold(f"Prompt {name}: {report.ACROSS}"), *given)
    said = f"Only A {found.first}, only B {found.second}, p = {found.p:.3f}. {verdict}"
    stage.note(f"**Benchmark.** {counted(len(outcomes), 'case')}. {said}")


def _labels(bench: Bench) -> tuple[str, ...]:
    return next(tuple(one.labels) for one in bench.checks if isinstance(one, Label))


DEMO = Live(
    settings=Settings,
    run=run,
    title="Your own benchmark",
    line="Two prompts, twelve cases, every outcome; then interval, paired test and cases needed.",
    own_text="your own second prompt, with {input} where each case goes",
    notice=(
        "Twelve cases show only a landslide. Look at which cases differ, and count replies without"
        " a label apart: they are often the cheapest to repair."
    ),
)
