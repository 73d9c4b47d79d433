"""A benchmark on the screen: its sides, each case as it is done, and the report."""

from collections.abc import Sequence
from typing import Any

from tutor.bench.checks import Grade
from tutor.bench.comparing import preference
from tutor.bench.figures import Outcome, Pairs, pairs, share
from tutor.bench.model import Label
from tutor.bench.report import ACROSS, labels_given, paired, shares, summed_up
from tutor.bench.running import Running
from tutor.screen.bars import counted
from tutor.screen.indented import indented
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, dim, line
from tutor.stage.passages import flat, passage

LINE = 70
"""Characters of a reply that are shown."""
MOST = 200
"""Characters of a case that are shown."""
MARGIN = " " * 5
DEEPER = 7


def introduce(running: Running, terminal: Terminal) -> None:
    """Title, who answers, the prompts, and how much of it is kept already."""
    bench, cast = running.bench, running.cast
    terminal.say(bold(bench.title))
    for name in dict.fromkeys(side.model for side in running.sides):
        card = cast[name].card
        terminal.say(dim(f"{card.model} ({card.tier.value}). {card.limits}".rstrip()))
    for side in {side.prompt_name: side for side in running.sides}.values():
        prompt = side.prompt
        words = " / ".join(filter(None, (prompt.system, prompt.text)))
        words = flat(words.strip().replace("\n", " / "), 300)
        terminal.say(*passage(f"prompt {side.prompt_name}", words, terminal))
    terminal.say(dim(_plan(running)))
    terminal.gap()


def _plan(running: Running) -> str:
    calls = running.calls
    missing = sum(call.key not in running.results.found for call in calls)
    said = f"{counted(len(running.bench.cases), 'case')}, {counted(len(calls), 'reply', 'replies')}"
    if missing < len(calls):
        said += f"; {len(calls) - missing:,} kept from before, {missing:,} to ask"
    return f"{said}."


def show_case(running: Running, terminal: Terminal, outcome: Outcome) -> None:
    """A case as it is done: who passed it, and what was wrong with a reply that did not."""
    case = running.bench.cases[outcome.case]
    about = f"{case.input} ({case.expected})" if case.expected else case.input
    about += f" [{case.note}]" if case.note else ""
    terminal.say(line(f"{outcome.case + 1:>3}. {flat(about, MOST)}"))
    names = [side.name for side in running.sides]
    if all(one.passed for grades in outcome.grades for one in grades):
        terminal.say(dim(f"{MARGIN}{' and '.join(names)} passed"))
        return
    replies = running.replies(outcome)
    for name, grades, said in zip(names, outcome.grades, replies, strict=True):
        terminal.say(dim(f"{MARGIN}{name} {_verdict(grades)}"))
        for why, reply in _failures(grades, said).items():
            terminal.say(indented(dim(f'{flat(why, LINE)}: "{flat(reply, LINE)}"'), DEEPER))


def _verdict(grades: Sequence[Grade]) -> str:
    passed = sum(one.passed for one in grades)
    if len(grades) > 1:
        return f"passed {passed} of {len(grades)}"
    return "passed" if passed else "failed"


def _failures(grades: Sequence[Grade], replies: Sequence[str]) -> dict[str, str]:
    """Each way to fail, with a reply that did."""
    return {one.why: reply for one, reply in zip(grades, replies, strict=True) if one.why}


def report(running: Running, terminal: Terminal) -> None:
    """Shares, pairs, the judge's view and the labels, of the cases that are done."""
    bench, outcomes = running.bench, running.outcomes
    names = [side.name for side in running.sides]
    if not outcomes:
        return
    if len(outcomes) < len(bench.cases):
        terminal.gap()
        terminal.say(line(f"Counted: the first {len(outcomes)} of {len(bench.cases)} cases."))
    if _is_checked(running):
        shares(names, outcomes, terminal)
        if len(names) > 1:
            paired(names, pairs(outcomes), terminal)
    if running.cut:
        terminal.say(
            dim(f"{counted(running.cut, 'reply', 'replies')} ended at max_tokens, and may be cut.")
        )
    if bench.judge is not None:
        _show_judge(running, names, terminal)
    _show_labels(running, names, terminal)


def _is_checked(running: Running) -> bool:
    return bool(running.bench.checks) or any(case.checks for case in running.bench.cases)


def _show_judge(running: Running, names: Sequence[str], terminal: Terminal) -> None:
    judge, found = running.bench.judge, running.verdicts
    assert judge is not None
    asked = [one for one in found if one.by_order]
    terminal.gap()
    terminal.say(bold(f"The judge, {running.cast[judge.model].card.model}: {judge.question}"))
    if judge.model in {side.model for side in running.sides}:
        terminal.say(dim("It judges replies of its own: models tend to prefer those."))
    paired(names, preference(found), terminal)
    swayed = sum(one.is_swayed for one in asked)
    terminal.say(
        line(
            f"Asked on {counted(len(asked), 'pair')}, in both orders. In {swayed} of them the place"
            " decided, not the reply: these count as alike."
        )
    )


def _show_labels(running: Running, names: Sequence[str], terminal: Terminal) -> None:
    labels = next((one for one in running.bench.checks if isinstance(one, Label)), None)
    if labels is None:
        return
    expected = [case.expected for case in running.bench.cases]
    for side, name in enumerate(names):
        given = labels_given(side, running.outcomes, expected, tuple(labels.labels), terminal)
        terminal.gap()
        terminal.say(bold(f"{name}: {ACROSS}"), *given)


def kept_in(running: Running, terminal: Terminal) -> None:
    """Where the replies are, and what to do next."""
    results = running.results
    if results.unread:
        what = counted(results.unread, "line")
        terminal.say(dim(f"{what} of that file cannot be read; nothing of it was changed."))
    terminal.say(
        line(),
        dim(f"Each reply is kept in {results.path}. Run it again: only what changed is asked."),
    )


def as_data(running: Running) -> dict[str, Any]:
    """The outcome for programs."""
    outcomes, names = running.outcomes, [side.name for side in running.sides]
    data: dict[str, Any] = {
        "title": running.bench.title,
        "cases": len(running.bench.cases),
        "counted": len(outcomes),
        "sides": [_side(running, place) for place in range(len(names)) if outcomes],
        "replies": [_replies(running, one) for one in outcomes],
    }
    if len(names) > 1:
        data["pairs"] = _pairs(names, pairs(outcomes)) if _is_checked(running) else None
        data["judge"] = _judged(running, names)
    return data


def _side(running: Running, place: int) -> dict[str, Any]:
    side, found = running.sides[place], share(running.outcomes, place)
    return {
        "name": side.name,
        "prompt": side.prompt_name,
        "model": running.cast[side.model].card.model,
        "passed": found.passed,
        "replies": found.replies,
        "low": found.low,
        "high": found.high,
        "unlabelled": found.unlabelled,
    }


def _pairs(names: Sequence[str], found: Pairs) -> dict[str, Any]:
    return {
        "better": {names[0]: found.first, names[1]: found.second},
        "alike": found.alike,
        "p": found.p,
        "cases_needed": found.needed,
        "verdict": summed_up(names, found),
    }


def _judged(running: Running, names: Sequence[str]) -> dict[str, Any] | None:
    if running.bench.judge is None:
        return None
    swayed = sum(one.is_swayed for one in running.verdicts)
    return _pairs(names, preference(running.verdicts)) | {"decided_by_place": swayed}


def _replies(running: Running, outcome: Outcome) -> dict[str, Any]:
    case, names = running.bench.cases[outcome.case], [side.name for side in running.sides]
    rows = zip(names, outcome.grades, running.replies(outcome), strict=True)
    return {
        "input": case.input,
        "expected": case.expected,
        "given": {
            name: [
                {"reply": reply, "passed": one.passed, "why": one.why}
                for one, reply in zip(grades, replies, strict=True)
            ]
            for name, grades, replies in rows
        },
    }
