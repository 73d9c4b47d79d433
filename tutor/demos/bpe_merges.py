"""Byte-pair encoding by hand: which pieces are joined, one merge after the other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.reading import different, named, some, within
from tutor.screen.bars import counted
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line
from tutor.stage.contract import Computed

END = "_"
LONGEST = 30
Pair = tuple[str, str]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Words with their counts, such as "low 5", and how many merges to learn."""

    words: tuple[str, ...]
    merges: int

    def __post_init__(self) -> None:
        """Refuse what is not a word and a count."""
        some("words", self.words, 12)
        within("merges", (self.merges,), 1, 30)
        different("words", [read_word(text).text for text in self.words])


@dataclass(frozen=True)
class Word:
    """A word in pieces, and how often it occurs."""

    pieces: tuple[str, ...]
    count: int

    @property
    def text(self) -> str:
        """The word as it was given."""
        return "".join(self.pieces).removesuffix(END)


@dataclass(frozen=True)
class Merge:
    """A pair that was joined, how often it stood side by side, and the pairs as frequent."""

    pair: Pair
    count: int
    tied: tuple[Pair, ...]


def read_word(text: str) -> Word:
    """Read "low 5" into letters and a count; raises ValueError."""
    word, counts = named(text, "low 5")
    if len(counts) != 1 or not (counts[0] >= 1 and counts[0].is_integer()):
        raise ValueError(f"{text!r} is not a word and how often it occurs, such as: low 5")
    if END in word or len(word) > LONGEST:
        raise ValueError(f"{word!r}: a word has no {END}, and at most {LONGEST} letters")
    within(f"{word}: times", counts, 1, 1_000_000)
    return Word((*word, END), int(counts[0]))


def count_pairs(words: Sequence[Word]) -> Counter[Pair]:
    """Count neighbours, in the order in which they are met."""
    pairs: Counter[Pair] = Counter()
    for word in words:
        for pair in zip(word.pieces, word.pieces[1:], strict=False):
            pairs[pair] += word.count
    return pairs


def join(pieces: Sequence[str], pair: Pair) -> tuple[str, ...]:
    """Join each occurrence of `pair`, from the left."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (joined[-1], piece) == pair:
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def learn(words: Sequence[Word], merges: int) -> tuple[list[Merge], list[Word]]:
    """Join the most frequent pair, again and again; a tie goes to the pair met first."""
    learned: list[Merge] = []
    words = list(words)
    while len(learned) < merges and (pairs := count_pairs(words)):
        pair, count = pairs.most_common(1)[0]
        tied = tuple(other for other in pairs if pairs[other] == count and other != pair)
        learned.append(Merge(pair, count, tied))
        words = [Word(join(word.pieces, pair), word.count) for word in words]
    return learned, words


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the rule, each merge, and the words in the pieces that came of it."""
    start = [read_word(text) for text in settings.words]
    learned, words = learn(start, settings.merges)
    say = terminal.say
    say(bold("COMPUTED: byte-pair merges, learned from these words alone."))
    say(*(line(f"  {word.text}, {counted(word.count, 'time')}") for word in start))
    say(line(f"At first each letter is a piece, and {END} marks the end of a word."))
    say(line("Each merge joins the pair that stands side by side most often."))
    say(line("A tie goes to the pair met first."), line())
    for number, merge in enumerate(learned, 1):
        say(line(f"merge {number}: {_words(merge)}"))
    if len(learned) < settings.merges:
        say(line("No pair is left: every word is one piece."))
    say(line(), bold(f"The words after {counted(len(learned), 'merge')}:"))
    say(*(line(f"  {word.text}: {' '.join(word.pieces)}") for word in words))


def _words(merge: Merge) -> str:
    tied = ", ".join(f"{a} + {b}" for a, b in merge.tied)
    joined = f"{merge.pair[0]} + {merge.pair[1]}, {counted(merge.count, 'time')}"
    return f"{joined} (tied with {tied})" if tied else joined


DEMO = Computed(
    title="Making a token list from twenty-eight words",
    line="Byte-pair encoding by hand: which pieces are joined, one merge after the other.",
    settings=Settings,
    run=run,
    example=Settings(
        words=("brake 6", "brakes 3", "braking 2", "rubs 4", "bells 5", "belts 8"),
        merges=9,
    ),
    notice="The first piece made is an s at the end of a word, found by counting alone.",
)
