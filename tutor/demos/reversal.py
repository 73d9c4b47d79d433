"""A fact learned from left to right is not known from right to left: measured."""

from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.reading import within
from tutor.screen.indented import indented
from tutor.screen.words import Renderable, bold, line, row
from tutor.stage.contract import Live
from tutor.stage.own_text import show
from tutor.stage.stage import Stage
from tutor.tinylm.faces import load_face, load_tokenizer
from tutor.tinylm.measuring.scores import Answer, Score, answers, few_shot_prompt
from tutor.tinylm.world.facts import Fact, facts_of, told_reversals, untold_reversals
from tutor.tinylm.world.probes import Probe, of_fact

QUESTION = "The texts always name the person first. Asked for the person, how many will it know?"
GUESSES = ("hardly any", "about half", "nearly all")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many facts are asked of each sort, at most."""

    each: int = 16

    def __post_init__(self) -> None:
        """Refuse what takes too long."""
        within("each", (self.each,), 2, 40)


def run(settings: Settings, stage: Stage) -> None:
    """Guess; ask forwards and backwards; count."""
    guess = stage.guess(QUESTION, GUESSES)
    stage.introduce(stage.face("base"))
    found = [
        ("told and asked forwards", asked(facts_of("founder"), settings.each)),
        ("told both ways, asked backwards", asked(told_reversals(), settings.each)),
        ("told forwards, asked backwards", asked(untold_reversals(), settings.each)),
    ]
    for name, some in found:
        stage.terminal.gap()
        show(stage, f"reversal, {name}", *example(name, some[0]))
    stage.terminal.gap()
    show(stage, "reversal", *(table_row(name, some) for name, some in found))
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))


def asked(facts: Sequence[Fact], most: int) -> list[Answer]:
    """Put each fact to the raw model as the open line of a quiz page."""
    some: list[Probe] = [of_fact(fact) for fact in facts][:most]
    return list(answers(load_face("base"), load_tokenizer(), some, few_shot_prompt))


def example(name: str, one: Answer) -> list[Renderable]:
    """One question and its answer."""
    verdict = "right" if one.right else f"in truth: {one.probe.answer}"
    return [bold(name), indented(line(f"{one.probe.prompt} {one.text.strip()} ({verdict})"), 2)]


def table_row(name: str, some: Sequence[Answer]) -> Renderable:
    """Right of all with the 95 % interval."""
    score = Score(name, sum(one.right for one in some), len(some))
    low, high = score.interval
    right = f"{score.right} of {score.count}"
    return row(f"  {name:32}{right:>9}  {100 * low:.0f}–{100 * high:.0f} %")


DEMO = Live(
    settings=Settings,
    run=run,
    title="Known forwards, unknown backwards",
    line="Who a villager was and what they did, told one way only: can the model turn it round?",
    notice=(
        "This model tells a fact in the order in which it read it. Where its texts say a fact both "
        "ways, it can tell it both ways; reading one way did not teach it the other."
    ),
    slow=True,
)
