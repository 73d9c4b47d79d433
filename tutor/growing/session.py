"""A training from the first guess to the model that is kept."""

import datetime
import time
from dataclasses import dataclass
from pathlib import Path

from tutor.growing import comparing, words
from tutor.growing.lab_sheet import Sheets, Try, written_down
from tutor.growing.outcome import Grown, Guesses, Order, Outcome
from tutor.growing.source import Source, source_of
from tutor.growing.stopping import Wish, heard
from tutor.screen.growing_view import watching, ways_on
from tutor.screen.words import bold, dim, line
from tutor.stage.stage import Stage as Given
from tutor.tinylm.growing.book import Book, bind
from tutor.tinylm.growing.events import Began, Ended, How, Measured, Stage, Wrote
from tutor.tinylm.growing.growing import Growing, Watch
from tutor.tinylm.growing.keeping import BEFORE, Nursery
from tutor.tinylm.growing.recipe import Recipe


def train(
    given: Given,
    order: Order,
    nursery: Nursery,
    now: datetime.datetime,
    sheets: Sheets | None = None,
) -> Outcome:
    """Read, guess, grow, compare, keep. TutorError where it cannot begin, or not be kept."""
    nursery.folder(order.name)  # a name that is none is refused before the work, not after it
    given.terminal.say(bold("Grow a language model on this machine, from nothing"))
    given.terminal.flush()
    source = source_of(order.file, order.recipe.seed)
    book = bind(source.pages, source.beginning)
    introduce(given, source, book)
    guesses = comparing.ask(given, quizzed=source.is_willowbrook)
    with heard() as wish, given.terminal.running_on():
        grown = grow(given, book, order.recipe, wish)
        return conclude(given, order, nursery, Tried(source, guesses, grown, now), sheets)


@dataclass(frozen=True, slots=True)
class Tried:
    """A training that is over."""

    source: Source
    guesses: Guesses
    grown: Grown
    at: datetime.datetime


def conclude(
    given: Given, order: Order, nursery: Nursery, tried: Tried, sheets: Sheets | None
) -> Outcome:
    """Keep what there is; only then say a word, for there may be nobody left to hear it."""
    source, grown, guesses = tried.source, tried.grown, tried.guesses
    if grown.how is How.DIVERGED:
        said = words.diverged(order.recipe, grown.growing.book, grown.last.step)
        given.terminal.gap()
        given.terminal.say(*map(line, said))
        given.terminal.say(*written_down(sheets, Try(order, guesses, grown).sheet, tried.at))
        return Outcome.DIVERGED
    if Stage.TRANSFORMER not in grown.ends:
        given.terminal.say(line("Stopped before the transformer began: there is nothing to keep."))
        given.terminal.say(*written_down(sheets, Try(order, guesses, grown).sheet, tried.at))
        return Outcome.STOPPED
    had_one = nursery.folder(order.name).exists()
    folder = keep(order, nursery, grown, record(source, grown, tried.at))
    taken = comparing.take_quiz(grown, quizzed=source.is_willowbrook)
    one = Try(order, guesses, grown, taken.marks, len(taken.asked))
    sheet = written_down(sheets, one.sheet, tried.at)
    comparing.compare(given, grown, guesses, taken)
    given.terminal.say(*sheet)
    say_kept(given, order, grown, folder, had_one=had_one)
    return Outcome.STOPPED if grown.how is How.STOPPED else Outcome.KEPT


def introduce(given: Given, source: Source, book: Book) -> None:
    """Say what is read, and what the number means that is to fall."""
    say = given.terminal.say
    say(*map(line, (*source.notes, words.about(source, book))))
    given.terminal.gap()
    say(line(words.loss(book)), line(words.KEPT_BACK))


def grow(given: Given, book: Book, recipe: Recipe, wish: Wish) -> Grown:
    """Watch it grow, to the end or until the learner has had enough."""
    weights: dict[Stage, int] = {}
    ends: dict[Stage, Ended] = {}
    curve: list[Measured] = []
    samples: list[Wrote] = []
    with watching(given.terminal, words.plan(book, recipe)) as view:
        growing = Growing(book, recipe, Watch(time.perf_counter, wish))
        for event in growing.events():
            with wish.heard_in_silence():
                view.show(event)
            match event:
                case Began():
                    weights[event.stage] = event.parameters
                    curve, samples = [], []
                case Measured():
                    curve.append(event)
                case Wrote():
                    samples.append(event)
                case Ended():
                    ends[event.stage] = event
                case _:
                    pass
    wish.is_fulfilled()
    return Grown(growing, weights, ends, tuple(curve), tuple(samples))


def record(source: Source, grown: Grown, now: datetime.datetime) -> dict[str, str]:
    """What is written down beside the weights: text, recipe, steps, losses."""
    recipe, shape = grown.growing.recipe, grown.growing.transformer.transformer.shape
    losses = {
        f"loss_{stage.name.lower()}": f"{end.held_out:.4f}" for stage, end in grown.ends.items()
    }
    return {
        **recipe.as_text(),
        **shape.as_text(),
        "text": source.name,
        "how": grown.how.name.lower(),
        "steps_made": str(grown.last.step),
        "seconds_taken": f"{grown.last.seconds:.1f}",
        **losses,
        "loss_training": f"{grown.curve[-1].training:.4f}" if grown.curve else "",
        "grown_at": now.isoformat(timespec="seconds"),
    }


def keep(order: Order, nursery: Nursery, grown: Grown, about: dict[str, str]) -> Path:
    """Keep the transformer; returns its folder."""
    book, weights = grown.growing.book, grown.growing.transformer.transformer.stored()
    return nursery.keep(order.name, book.tokenizer, weights, about)


def say_kept(given: Given, order: Order, grown: Grown, folder: Path, *, had_one: bool) -> None:
    """Say where it is kept, and what may come next."""
    given.terminal.gap()
    after = "as far as it had come " if grown.how is How.STOPPED else ""
    given.terminal.say(bold(f"Kept {after}as {order.name}"), dim(f"in {folder}"))
    if had_one:
        given.terminal.say(line(f"The one that had this name is now {order.name}{BEFORE}."))
    if order.recipe.steps is None:
        steps, seed = grown.last.step, order.recipe.seed
        given.terminal.say(dim(words.BY_THE_CLOCK.format(steps=steps, seed=seed)))
    given.terminal.gap()
    given.terminal.say(*ways_on(words.what_next(order.name), given.terminal))
