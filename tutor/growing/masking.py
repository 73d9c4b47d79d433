"""`tutor train --mask`: fifty demonstrations on top of a model that was grown, and it replies."""

import datetime
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tutor.growing import words
from tutor.growing.lab_sheet import NO_GUESS, Sheet, Sheets, written_down
from tutor.growing.outcome import Order, Outcome
from tutor.growing.source import WILLOWBROOK, source_of
from tutor.growing.stopping import Wish, heard
from tutor.screen.bars import counted
from tutor.screen.growing_view import Plan, watching, ways_on
from tutor.screen.indented import indented
from tutor.screen.words import bold, line
from tutor.stage.own_text import show
from tutor.stage.stage import Stage as Given
from tutor.tinylm.growing.book import Book, bind
from tutor.tinylm.growing.events import Ended, How, Stage
from tutor.tinylm.growing.growing import Watch, pace_of, teach
from tutor.tinylm.growing.keeping import MINE, Kept, Nursery
from tutor.tinylm.growing.masking import (
    DEMONSTRATIONS,
    RATE,
    STEPS,
    Demonstrations,
    MaskLearner,
    answered,
    demonstrations,
    in_rows,
    reply,
)
from tutor.tinylm.growing.recipe import Recipe
from tutor.tinylm.growing.transformer import Transformer
from tutor.tinylm.world.facts import Fact

ASKED = 40
GUESS = f"How many of {ASKED} questions that nobody demonstrated will it answer right?"
COUNTS = ("none", "1 to 10", "11 to 30", "more than 30")
LIMITS = (0, 10, 30)
SHOWN = 3


def put_mask_on(
    given: Given,
    order: Order,
    nursery: Nursery,
    now: datetime.datetime,
    sheets: Sheets | None = None,
) -> Outcome:
    """Demonstrate, watch, compare, keep. TutorError where there is no model to put it on."""
    kept, seed = nursery.load(order.name), order.recipe.seed
    book = read_again(kept)
    lessons = demonstrations(seed)
    introduce(given, kept, lessons)
    guess = given.guess(GUESS, COUNTS)
    learner = learner_of(kept, book, lessons)
    with heard() as wish, given.terminal.running_on():
        end = teach_it(given, learner, seed, wish)
        if not end.step:
            given.terminal.say(*written_down(sheets, sheet(order, guess, end), now))
            return Outcome.STOPPED
        about = {**kept.about, "mask_seed": str(seed), "mask_steps": str(end.step)}
        nursery.put_mask_on(order.name, learner.transformer.stored(), about)
        asked = lessons.unshown[:ASKED]
        right = answered(learner.transformer.grown(), kept.tokenizer, asked)
        told = written_down(sheets, sheet(order, guess, end, right), now)
    compare(given, learner, asked, right, guess)
    means = words.MASKED if kept.about["text"] == WILLOWBROOK else words.STRANGE
    given.terminal.say(line(means), *told)
    say_kept(given, kept.name)
    return Outcome.STOPPED if end.how is How.STOPPED else Outcome.KEPT


def sheet(order: Order, guess: str, end: Ended, right: int | None = None) -> Sheet:
    """What is written down of a mask; without how many were right, nothing was kept."""
    usual, seed = Recipe().seed, order.recipe.seed
    drawn = "" if seed == usual else f", seed {seed} (usually {usual})"
    how = "stopped" if end.how is How.STOPPED else "ended"
    came = "nothing was kept" if right is None else f"{right} of {ASKED} answered right"
    name = "" if order.name == MINE else f" --name {order.name}"
    return Sheet(
        model=order.name,
        command=f"train --mask{name}{f' --seed {seed}' if drawn else ''}",
        changed=f"a mask: {DEMONSTRATIONS} demonstrations on top of the raw model{drawn}",
        expected=f"{guess} of {ASKED} answered right" if guess else NO_GUESS,
        happened=f"{how} after {counted(end.step, 'step')}, {came}",
    )


def compare(
    given: Given, learner: MaskLearner, asked: Sequence[Fact], right: int, guess: str
) -> None:
    """Some replies, how many were right, and what was guessed."""
    say = given.terminal.say
    given.terminal.gap()
    show(
        given, "After", *map(line, _replies(asked, [_ask(learner, fact) for fact in asked[:SHOWN]]))
    )
    say(line(f"Right, word for word: {right} of {len(asked)}."))
    if guess:
        found = COUNTS[sum(right > limit for limit in LIMITS)]
        say(line(f"You guessed: {guess}. Measured: {found}."))


def say_kept(given: Given, name: str) -> None:
    """Where it is, and what may come next."""
    given.terminal.gap()
    given.terminal.say(bold("Kept beside the raw model"))
    ways = [(words.what_next(name)[0][0], "talk to it, mask off, mask on")]
    if name == MINE:
        ways.append(("tutor look --model mine-mask", "look inside while it replies"))
    given.terminal.say(*ways_on(ways, given.terminal))


def read_again(kept: Kept) -> Book:
    """The text that it grew on, in its own tokens; TutorError where that is gone."""
    text, seed = kept.about["text"], int(kept.about["seed"])
    source = source_of(None if text == WILLOWBROOK else Path(text), seed)
    return bind(source.pages, source.beginning, kept.tokenizer)


def introduce(given: Given, kept: Kept, lessons: Demonstrations) -> None:
    """Say what will be shown to it, with an example."""
    say = given.terminal.say
    say(bold(f"{DEMONSTRATIONS} demonstrations on top of {kept.name}"))
    say(line(words.DEMONSTRATED))
    for turn in lessons.turns[:SHOWN]:
        say(indented(line(f"user: {turn.prompt}  assistant: {turn.reply}"), 2))
    given.terminal.gap()


def learner_of(kept: Kept, book: Book, lessons: Demonstrations) -> MaskLearner:
    """The raw model, ready to learn from demonstrations; the one that is kept stays as it is."""
    rows = in_rows(lessons.turns, kept.tokenizer, book.end)
    question = lessons.unshown[0].questions[0]
    return MaskLearner(book, Transformer.of(kept.raw), rows=rows, question=question)


def teach_it(given: Given, learner: MaskLearner, seed: int, wish: Wish) -> Ended:
    """Watch the mask come on."""
    recipe = replace(Recipe(seed=seed), rate=RATE, steps=STEPS)
    headings = {Stage.MASK: "The same question again and again, while it learns to reply"}
    plan = Plan(headings, words.blind(learner.book), {}, STEPS)
    ends: list[Ended] = []
    with watching(given.terminal, plan) as view:
        watch = Watch(time.perf_counter, wish)
        for event in teach(learner, pace_of(recipe, 1), recipe, watch):
            with wish.heard_in_silence():
                view.show(event)
            if isinstance(event, Ended):
                ends.append(event)
    return ends[0]


def _ask(learner: MaskLearner, fact: Fact) -> str:
    return reply(learner.transformer.grown(), learner.book.tokenizer, fact.questions[0])


def _replies(facts: Sequence[Fact], replies: Sequence[str]) -> list[str]:
    return [
        f"{fact.questions[0]}  {said}" for fact, said in zip(facts[:SHOWN], replies, strict=True)
    ]
