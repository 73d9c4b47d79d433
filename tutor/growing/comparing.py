"""The three models beside each other, and the guesses beside what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tutor.growing import words
from tutor.growing.outcome import Grown, Guesses
from tutor.screen.growing_view import NAMES, sample_in_words, tidy
from tutor.screen.indented import indented
from tutor.screen.tables import table
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.own_text import keep, show
from tutor.stage.stage import Stage as Given
from tutor.tinylm.growing.events import Stage
from tutor.tinylm.growing.quizzing import answers, quiz, right
from tutor.tinylm.world.facts import Fact

LOSS_GUESS = "Where will the transformer's loss on the pages kept back be in the end?"
LOSSES = ("above 3", "1 to 3", "0.5 to 1", "below 0.5")
LIMITS = (3.0, 1.0, 0.5)
QUIZ_GUESS = (
    "Afterwards all three take a quiz on the village. Which of them will pass it, with half of the "
    "answers right?"
)
PASSING = ("none of them", "only the transformer", "the network and the transformer", "all three")
ENOUGH = 0.5
"""The share of right answers that passes."""
BY_HEART = 0.5
"""Nats by which a loss on new pages is greater than on pages that were read."""


def ask(given: Given, *, quizzed: bool) -> Guesses:
    """Let the learner guess first; the quiz is for those that read about the village."""
    loss = given.guess(LOSS_GUESS, LOSSES)
    return Guesses(loss, given.guess(QUIZ_GUESS, PASSING) if quizzed else "")


@dataclass(frozen=True, slots=True)
class Quizzed:
    """What each stage that was reached said in the quiz; a text of one's own has none."""

    asked: Sequence[Fact]
    replies: Mapping[Stage, Sequence[str]]
    marks: Mapping[Stage, int]
    """How many were right."""


def take_quiz(grown: Grown, *, quizzed: bool) -> Quizzed:
    """Let all of them answer."""
    asked = quiz(grown.growing.recipe.seed) if quizzed else []
    book, scorers = grown.growing.book, grown.growing.scorers()
    replies = {stage: answers(scorers[stage], book, asked) for stage in grown.ends}
    marks = {stage: right(some, asked) for stage, some in replies.items()}
    return Quizzed(asked, replies, marks)


def compare(given: Given, grown: Grown, guesses: Guesses, taken: Quizzed) -> None:
    """Show losses, the quiz where there is one, what to think of it, and the guesses."""
    asked, marks = taken.asked, taken.marks
    given.terminal.gap()
    given.terminal.say(bold("The three beside each other"))
    show(given, "The three", *_beside(given, grown, marks, len(asked)))
    given.terminal.say(dim(words.PROBABILITY.format(share=words.how_sure(grown.last.held_out))))
    if grown.growing.recipe.steps is None:
        given.terminal.say(dim(words.TIMES))
    if asked:
        show(given, "The quiz", *_one_question(asked[0].questions[0], taken.replies))
    for remark in remarks(grown):
        show(given, "Remark", line(remark))
    keep(given, "What the transformer wrote", *map(sample_in_words, grown.samples))
    for said in _guesses(grown, guesses, marks, len(asked)):
        show(given, "Guess", line(said))


def _beside(given: Given, grown: Grown, marks: Mapping[Stage, int], asked: int) -> list[Renderable]:
    heads = ["", "weights", "loss", "right token"]
    rows = [
        [NAMES[stage], f"{grown.weights[stage]:,}", f"{end.held_out:.2f}",
         words.how_sure(end.held_out)]
        for stage, end in grown.ends.items()
    ]  # fmt: skip
    if asked:
        heads.append("quiz")
        for stage, row in zip(grown.ends, rows, strict=True):
            row.append(f"{marks[stage]} of {asked}")
    return table(heads, rows, given.terminal)


def _one_question(question: str, replies: Mapping[Stage, Sequence[str]]) -> Iterator[Renderable]:
    """The first question of the quiz, and what each of them said."""
    yield line(f"A question of the quiz: {question}")
    for stage, said in replies.items():
        yield indented(line(f"{NAMES[stage]}: {tidy(said[0]) or '(nothing)'}"), 2)


def remarks(grown: Grown) -> Iterator[str]:
    """What a teacher would say about this curve."""
    end, curve = grown.last.held_out, grown.curve
    if end > grown.ends[Stage.PAIRS].held_out:
        yield words.WORSE_THAN_PAIRS.format(rate=grown.growing.recipe.rate)
        return
    if not curve:
        return
    best = min(curve, key=lambda one: one.held_out)
    training = curve[-1].training
    if end - training > BY_HEART:
        yield words.BY_HEART.format(training=training, held_out=end)
    if end - best.held_out > BY_HEART / 2:
        yield words.TOO_LONG.format(best=best.held_out, seconds=best.seconds)


def _guesses(
    grown: Grown, guesses: Guesses, marks: Mapping[Stage, int], asked: int
) -> Iterator[str]:
    """Each guess, and what was measured."""
    if guesses.loss:
        found = LOSSES[sum(grown.last.held_out <= limit for limit in LIMITS)]
        yield f"The loss: you guessed {guesses.loss}. Measured: {grown.last.held_out:.2f}, {found}."
    if guesses.quiz:
        passed = [NAMES[stage] for stage, mark in marks.items() if mark >= ENOUGH * asked]
        named = " and ".join(passed) or "none"
        yield f"The quiz: you guessed {guesses.quiz}. Passed, with half right: {named}."
