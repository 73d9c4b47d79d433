"""Four leashes, measured: what became of the built-in model at every beta, all else equal.

Everything comes from the logs of its training. What is said is chosen by the figures, so that no
sentence can contradict the table.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tutor.demos.parts.asked_faces import ask_faces
from tutor.demos.parts.training_curves import SETTINGS, Point, Run, alike, read_runs
from tutor.screen.plots import Axis, Cloud, scatter
from tutor.screen.tables import short, table
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.stage import Stage
from tutor.tinylm.faces import WEIGHTS, is_shipped

CLOSE = 0.1
"""Means of gold over some hundred replies that lie nearer than this are not told apart."""
MARKS, ASTRAY = "abcdefgh", "ox+="
"""What draws the runs that differ in beta alone, and what draws the others."""
QUESTION = "The leash is let out from run to run. What will the rater's own score, gold, do?"
GUESSES = ("rise all the way", "rise, then fall", "hardly change", "fall all the way")
FACES = {
    "sft": "Fine-tuned: where every run began (sft)",
    "rlhf": "The run that was kept (rlhf)",
    "early-stopped": "Stopped where gold was highest (early-stopped)",
    "over-optimised": "Gone on, on the same reward (over-optimised)",
}


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set: the runs are those that were made."""


def run(_settings: Settings, stage: Stage, logs: Path = WEIGHTS / "logs") -> None:
    """Guess; the runs as they ended; gold against KL; what that shows; the faces themselves."""
    runs = read_runs(logs)
    if runs:
        _measured(runs, stage)
    else:
        stage.terminal.say(line("The logs of its training are not here, so no run can be shown."))
    here = {name: label for name, label in FACES.items() if is_shipped(name)}
    ask_faces(stage, "LIVE: before, after, and tuned too far.", "All", here)


def _measured(runs: Sequence[Run], stage: Stage) -> None:
    say, same = stage.terminal.say, alike(runs)
    say(
        bold("MEASURED: the built-in model, trained against its own reward model."),
        line(
            "beta is the price of moving away from the fine-tuned model, KL how far a run moved."
            " Reward is what it was trained on. Gold is the rater's own score, which training never"
            " saw. The rater is a formula, not people."
        ),
    )
    guess = stage.guess(QUESTION, GUESSES)
    fair = _in_turn(MARKS[: len(same)]) if len(same) > 1 else "a"
    say(line(f"Each run as it ended. What is marked {fair} differs in beta alone:"))
    heads = ("run", "beta", "reward", "gold", "KL", "true %")
    say(*table(heads, [_cells(mark, one) for mark, one in marked(runs)], stage.terminal))
    say(*scatter(_clouds(runs), _axis(runs), stage.terminal))
    said = [*what_beta_does(same), *what_went_astray(runs)]
    say(*map(line, said))
    say(dim("Each point is a mean over some hundred replies, of one training run each."))
    if guess:
        say(line(f"You guessed: {guess}. It did this: {course_of_gold(same)}."))
    stage.note("**Four leashes.** " + " ".join(said))


def marked(runs: Sequence[Run]) -> list[tuple[str, Run]]:
    """Each run with the sign that draws it: letters for those that differ in beta alone."""
    same = alike(runs)
    others = [one for one in runs if one not in same]
    return [*zip(MARKS, same, strict=False), *zip(ASTRAY, others, strict=False)]


def _cells(mark: str, one: Run) -> tuple[str, ...]:
    end = one.last
    figures = (f"{end.reward:.2f}", f"{end.gold:.2f}", f"{end.kl:.1f}", f"{end.truth:.0f}")
    return mark, short(one.beta), *figures


def _clouds(runs: Sequence[Run]) -> list[Cloud]:
    return [
        Cloud(mark, f"beta {short(one.beta)}", [(_root(p), p.gold) for p in one.points])
        for mark, one in marked(runs)
    ]


def _root(point: Point) -> float:
    """The distance that curves of over-optimisation are drawn over: the square root of KL."""
    return math.sqrt(max(0.0, point.kl))


def _axis(runs: Sequence[Run]) -> Axis:
    furthest = max(point.kl for one in runs for point in one.points)
    name = "gold by root of KL"
    return Axis(0.0, math.sqrt(max(furthest, 1e-9)), name, "0", f"{furthest:.1f}")


def what_beta_does(same: Sequence[Run]) -> Iterator[str]:
    """What the runs show that differ in beta alone."""
    if len(same) < len("ab"):
        yield "Only one run has this recipe, so nothing here shows what beta does."
        return
    first, last = same[0], same[-1]
    yield (
        f"From beta {short(first.beta)} to {short(last.beta)}, all else equal: KL"
        f" {_in_turn(f'{one.last.kl:.1f}' for one in same)}, reward"
        f" {_in_turn(f'{one.last.reward:.2f}' for one in same)}, gold"
        f" {_in_turn(f'{one.last.gold:.2f}' for one in same)}; before any of it gold was"
        f" {first.points[0].gold:.2f}. So from leash to leash gold did this:"
        f" {course_of_gold(same)}."
    )
    lost = last.best.gold - last.last.gold
    if lost > CLOSE:
        yield (
            f"In the loosest of them gold was highest at step {last.best.step}"
            f" ({last.best.gold:.2f}) and then fell, while the reward model said"
            f" {last.best.reward:.2f} and {last.last.reward:.2f}."
        )
    else:
        yield (
            f"Even in the loosest of them gold had not fallen when the run ended, at step"
            f" {last.last.step}: a low beta alone had not ruined the answers by then."
        )


def course_of_gold(same: Sequence[Run]) -> str:
    """What gold does from the shortest leash to the longest, small steps not counted."""
    golds = [one.last.gold for one in same]
    up, down = max(golds) - golds[0], max(golds) - golds[-1]
    if max(golds) - min(golds) <= CLOSE:
        return "hardly change"
    if up > CLOSE and down > CLOSE:
        return "rise, then fall"
    if golds[-1] - golds[0] > CLOSE:
        return "rise all the way" if down <= 0 else "rise, then stay about as high"
    if down > CLOSE and golds[-1] - min(golds) <= CLOSE:
        return "fall all the way" if up <= 0 else "stay about as high, then fall"
    return "fall, then come back"


def what_went_astray(runs: Sequence[Run]) -> Iterator[str]:
    """Of each run that differs in more than beta: in what, what became of it, where to stop it."""
    same = alike(runs)
    for mark, one in marked(runs):
        if one in same:
            continue
        own = "; ".join(_differences(same[0], one))
        yield (
            f"Run {mark} is no fair comparison. Beside beta {short(one.beta)} it has its own:"
            f" {own}. It ended at step {one.last.step}. Which of these did it was not tried."
        )
        yield _fall(one)
        if one.best is one.points[0]:
            yield "It was never better than before it began, so no stop would have saved anything."
        elif one.best is not one.last:
            yield stopped_early(one, same)


def _differences(first: Run, one: Run) -> Iterator[str]:
    for name, words in SETTINGS.items():
        its, theirs = one.recipe.get(name), first.recipe.get(name)
        if its != theirs:
            yield f"{words} {_in_words(its)} instead of {_in_words(theirs)}"


def _fall(one: Run) -> str:
    best, last = one.best, one.last
    if best.gold - last.gold <= CLOSE:
        return f"Its gold did not fall: {last.gold:.2f} at the end."
    return (
        f"Its gold was highest at step {best.step} ({best.gold:.2f}, true {best.truth:.0f}%). At"
        f" step {last.step} it is {last.gold:.2f} (true {last.truth:.0f}%), while the reward model"
        f" says {last.reward:.2f}; it said {best.reward:.2f} then."
    )


def stopped_early(one: Run, same: Sequence[Run]) -> str:
    """The run at its best beside that point of the leashed ones which lies as far away."""
    best = one.best
    points = [(abs(_root(p) - _root(best)), other, p) for other in same for p in other.points]
    _apart, other, point = min(points, key=lambda found: found[0])
    told = (
        f"Stopped there, as early stopping does, it has gold {best.gold:.2f} at KL {best.kl:.1f}."
        f" The nearest that a leashed run comes to that distance is KL {point.kl:.1f} (beta"
        f" {short(other.beta)}, step {point.step}), with gold {point.gold:.2f}:"
    )
    apart = best.gold - point.gold
    if abs(apart) <= CLOSE:
        return f"{told} about the same. Here an earlier stop buys what a leash buys."
    return f"{told} {'more' if apart > 0 else 'less'} for the early stop."


def _in_words(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return short(value)
        case _:
            return "not logged"


def _in_turn(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}"


DEMO = Live(
    settings=Settings,
    run=run,
    title="Four leashes, measured",
    line="The built-in model was trained at several betas: what did each leash do to its answers?",
    own_text="a prompt for the faces that these runs made",
    notice=(
        "The reward is what training pursued, gold is what it was for. Compare only runs that"
        " differ in one thing. And these are single runs of a tiny model."
        " Another seed could differ."
    ),
)
