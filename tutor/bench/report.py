"""How a benchmark's outcome is told: each side's share, what the pairs say, which labels came."""

from collections.abc import Sequence

from tutor.bench.checks import NO_LABEL
from tutor.bench.figures import Outcome, Pairs, Share, confusion, share
from tutor.screen.bars import counted
from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line
from tutor.sums.paired_test import LEVEL, least_clean_sweep

LEAST_P = 0.001


def shares(names: Sequence[str], outcomes: Sequence[Outcome], terminal: Terminal) -> None:
    """How good each side is, with its interval."""
    found = [share(outcomes, side) for side in range(len(names))]
    labels = any(grade.label for outcome in outcomes for row in outcome.grades for grade in row)
    heads = ("", "passed", "true share", *(("without label",) if labels else ()))
    rows = [_share_row(name, one, labels=labels) for name, one in zip(names, found, strict=True)]
    terminal.gap()
    terminal.say(bold("How good is each? With the 95% interval (Wilson):" if len(names) > 1
                      else "How good is it? With the 95% interval (Wilson):"))  # fmt: skip
    terminal.say(*table(heads, rows, terminal))
    if found[0].replies > len(outcomes):
        terminal.say(*_on_repeats(outcomes))


def _share_row(name: str, one: Share, *, labels: bool) -> tuple[str, ...]:
    row = (name, f"{one.passed} of {one.replies}", f"{one.low:.2f} to {one.high:.2f}")
    return (*row, str(one.unlabelled)) if labels else row


def _on_repeats(outcomes: Sequence[Outcome]) -> list[Renderable]:
    mixed = sum(not outcome.is_steady for outcome in outcomes)
    return [
        line(f"In {counted(mixed, 'case')} of {len(outcomes)}, repeats came out both ways."),
        dim(f"The interval is over {len(outcomes)} cases: repeats of a case are no new cases."),
    ]


def paired(names: Sequence[str], found: Pairs, terminal: Terminal) -> str:
    """What the cases say on which the two differ; returns the sentence that sums it up."""
    verdict = summed_up(names, found)
    p = f"p < {LEAST_P}" if found.p < LEAST_P else f"p = {found.p:.3f}"
    first, second = names
    terminal.gap()
    terminal.say(
        bold("Is one better? Only the cases on which they differ can tell:"),
        line(
            f"Better with {first}: {found.first}. Better with {second}: {found.second}."
            f" Alike: {found.alike}. Exact paired test (McNemar): {p}."
        ),
        line(verdict),
        line(_needed(found)),
    )
    if found.p >= LEVEL:
        terminal.say(
            dim(
                f"Even if all cases that differ fall the same way, it takes {least_clean_sweep()}"
                " of them: 6 to 0 gives p = 0.031, 5 to 0 gives 0.0625, 7 to 1 gives 0.070."
            )
        )
    return verdict


def summed_up(names: Sequence[str], found: Pairs) -> str:
    """Who did better, and whether that may be luck."""
    if found.first == found.second:
        return "They did equally well here. That does not prove that they are."
    better = names[found.second > found.first]
    if found.p < LEVEL:
        return f"{better} is better, by this test: equally good ones seldom differ so far."
    return f"{better} did better here, but equally good ones differ so often enough. Not shown."


def _needed(found: Pairs) -> str:
    if found.needed is None:
        return "With no difference seen, no number of cases can be worked out."
    return (
        f"Were the true difference as large as it looks here, about"
        f" {counted(found.needed, 'case')} would show it in 80 of 100 tests."
    )


ACROSS = "right label down the side, what it said across"


def labels_given(
    side: int,
    outcomes: Sequence[Outcome],
    expected: Sequence[str],
    labels: Sequence[str],
    terminal: Terminal,
) -> list[Renderable]:
    """A table of the labels that one side gave, against those that were expected."""
    given = confusion(outcomes, expected, side)
    columns = (*labels, NO_LABEL)
    rows = [(label, *(str(given[label, said]) for said in columns)) for label in labels]
    return table(("", *columns), rows, terminal)
