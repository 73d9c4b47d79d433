"""Cut the course's own pages into pieces, and count how often a search brings the right one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from msgspec import Struct

from tutor.course.builtin import builtin_course
from tutor.course.ranking import scores, stems
from tutor.course.reading import read_course
from tutor.course.searching import passages
from tutor.demos.parts.reading import within
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import text_of_the_learner
from tutor.stage.own_text import asked_again
from tutor.stage.passages import flat, passage
from tutor.stage.stage import Stage

PAGES = ("at-work", "beyond-the-mask")
"""The lessons whose text is cut up."""
ROOM = 200
"""Words of pieces that a prompt has room for, however large a piece is."""
SIZES = (10, 25, 50, 100, 200)
LEAST, MOST = 5, ROOM
GUESSES = tuple(f"{size} words" for size in (10, 50, 200))
TRIES = 20
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Sought:
    """A question, and words that only a piece with the answer holds together."""

    question: str
    answer: tuple[str, ...]


SOUGHT = (
    Sought("Who pays if our chatbot promises a refund by mistake?", ("Moffatt", "responsible")),
    Sought("Do paid research tools for lawyers still invent things?", ("Magesh", "17 to 33")),
    Sought("When does an agent stop calling tools?", ("agent", "limit is reached")),
    Sought("How many safety mails does the model overlook?", ("recall", "safety", "missed")),
    Sought("Who looks after the plug for tools and data?", ("MCP", "foundation")),
    Sought("Can a cache make calls more expensive?", ("cache", "5 minutes")),
    Sought("How do you count growth in powers of ten?", ("order of magnitude", "ten")),
    Sought("Since when are there large-scale models?", ("large-scale", "late in 2015")),
    Sought("Will we run out of text to train on?", ("300 trillion", "2032")),
    Sought("Can a hiring tool be fair in every sense?", ("equal errors", "equal worth")),
    Sought("Is Llama 3 open source?", ("Llama 3", "conditions")),
    Sought("What do I ask of a claim about the future?", ("audit", "Does it still hold")),
)
"""A dozen questions about those lessons. A test holds each answer to be on their pages."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The sizes of pieces to compare, in words."""

    sizes: tuple[int, ...] = SIZES

    def __post_init__(self) -> None:
        """Refuse what the prompt has no room for."""
        if not self.sizes:
            raise ValueError("sizes: give at least one")
        within("sizes: words", self.sizes, LEAST, MOST)


@dataclass(frozen=True, slots=True)
class Recall:
    """How a cut did: what was fetched for each question."""

    size: int
    overlap: int
    pieces: int
    hits: tuple[bool, ...]

    @property
    def found(self) -> int:
        """Questions for which a piece that was fetched holds the whole answer."""
        return sum(self.hits)


@cache
def pages() -> tuple[tuple[str, ...], ...]:
    """The words of each of those lessons, in order."""
    course = read_course(builtin_course())
    told = passages(course)
    return tuple(
        tuple(word for one in told if one.lesson.id == name for word in _WORD.findall(one.text))
        for name in PAGES
    )


def cut(size: int, overlap: int) -> list[str]:
    """All pages in pieces of `size` words, each sharing `overlap` words with the one before."""
    step = size - overlap
    return [
        " ".join(words[start : start + size])
        for words in pages()
        for start in range(0, max(1, len(words) - overlap), step)
    ]


def fetched(question: str, counted: Sequence[Counter[str]], most: int) -> list[int]:
    """Which pieces a search by words (BM25) brings, the best first."""
    points = scores(dict.fromkeys(stems(question), 1.0), counted)
    ranked = sorted(range(len(points)), key=lambda index: (-points[index], index))
    return [index for index in ranked[:most] if points[index] > 0]


def holds(piece: str, answer: Sequence[str]) -> bool:
    """Whether all that makes up the answer stands in this one piece."""
    text = plain(piece)
    return all(plain(part) in text for part in answer)


def plain(text: str) -> str:
    """Text without marks of Markdown, breaks and capitals."""
    return " ".join(re.sub(r"[*_`>]", "", text).casefold().split())


@cache
def recall(size: int, overlap: int) -> Recall:
    """Search for each question in pieces of this size, as many as the prompt has room for."""
    pieces = cut(size, overlap)
    counted = [Counter(stems(piece)) for piece in pieces]
    most = ROOM // size
    hits = tuple(
        any(holds(pieces[i], sought.answer) for i in fetched(sought.question, counted, most))
        for sought in SOUGHT
    )
    return Recall(size, overlap, len(pieces), hits)


def run(settings: Settings, stage: Stage) -> None:
    """Compare sizes, name what the best one misses, then let the learner cut."""
    say = stage.terminal.say
    total = sum(map(len, pages()))
    say(bold("COMPUTED: lessons 6 and 7 of this course, cut into pieces and searched."))
    say(
        line(
            f"{total:,} words, {len(SOUGHT)} questions with a known answer, and a prompt with room"
            f" for {ROOM} words: {ROOM // 25} pieces of 25, or {ROOM // 100} of 100."
        )
    )
    guess = stage.guess("Pieces of which size will bring most answers?", GUESSES)
    results = [recall(size, overlap) for size in settings.sizes for overlap in (0, size // 2)]
    _show(stage, results)
    best = max(results, key=lambda result: (result.found, -result.size))
    if guess:
        say(line(f"You guessed: {guess}. Most answers came with {best.size} words."))
    _misses(stage, best)
    if own := flat(text_of_the_learner(stage)):
        _search(stage, own, best)
    _cut_again(stage)


def _show(stage: Stage, results: Sequence[Recall]) -> None:
    rows = [
        (
            str(one.size),
            str(one.overlap),
            f"{one.pieces:,}",
            str(ROOM // one.size),
            f"{one.found} of {len(one.hits)}",
        )
        for one in results
    ]
    heads = ("words", "overlap", "pieces", "fetched", "recall")
    stage.terminal.gap()
    stage.terminal.say(*table(heads, rows, stage.terminal))
    told = "; ".join(f"{one.size}/{one.overlap}: {one.found}" for one in results)
    stage.note(f"**Chunks.** Answers found of {len(SOUGHT)}, by words/overlap: {told}.")


def _misses(stage: Stage, result: Recall) -> None:
    """Name what was not found: what is missed says more than the share."""
    missed = [one.question for one, hit in zip(SOUGHT, result.hits, strict=True) if not hit]
    title = f"Missed with {result.size} words and an overlap of {result.overlap}:"
    stage.terminal.gap()
    stage.terminal.say(bold(title))
    stage.terminal.say(*(line(f"  {question}") for question in missed or ("nothing",)))


def _search(stage: Stage, question: str, cut_as: Recall) -> None:
    """What the best cut brings for a question of the learner's own."""
    pieces = cut(cut_as.size, cut_as.overlap)
    counted = [Counter(stems(piece)) for piece in pieces]
    stage.terminal.gap()
    stage.terminal.say(bold("Your question:"), line(f"  {question}"))
    places = fetched(question, counted, 2)
    if not places:
        stage.terminal.say(line("  No piece shares a word with it."))
    for place in places:
        stage.terminal.say(*passage("piece", flat(plain(pieces[place]), 300), stage.terminal))


def _cut_again(stage: Stage) -> None:
    question = "Your own cut: words and overlap, such as 80 20 (Enter: enough)> "
    tries = 0
    while tries < TRIES and (typed := asked_again(stage, question)):
        tries += 1
        numbers = [int(number) for number in _NUMBER.findall(typed)[:2] if len(number) < LEAST]
        size, overlap = (*numbers, 0, 0)[:2]
        if not LEAST <= size <= MOST or not 0 <= overlap <= size - 1:
            said = f"Take {LEAST} to {MOST} words, and an overlap below that, such as: 80 20"
            stage.terminal.say(dim(said))
            continue
        result = recall(size, min(overlap, size * 3 // 4))
        _show(stage, [result])
        _misses(stage, result)


DEMO = Live(
    settings=Settings,
    run=run,
    title="Cut and search",
    line="The course's own pages in pieces of your size: how often does a search bring the answer?",
    own_text="a question about lessons 6 and 7: what would be fetched for it?",
    notice=(
        "Small pieces part an answer from the words that lead to it; overlap mends some of that; of"
        " large ones few fit in. Measure the search by itself, before any model writes: what is"
        " not fetched cannot be answered."
    ),
)
