"""One sentence turned into training examples: the label is in the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.reading import some
from tutor.screen.bars import counted
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line, quoted_text

MASK = "[MASK]"
EVERY = 7  # one word in seven: BERT hides 15 % of its tokens (Devlin et al. 2018)
SPAN = slice(1, 3)
GAP, END = "<X>", "<Y>"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence."""

    text: str

    def __post_init__(self) -> None:
        """Refuse what is too short to cut a span from, or too long to read."""
        some("text: words", self.text.split(), 24, least=4)


@dataclass(frozen=True)
class Example:
    """What the model is given, and what it must write."""

    given: str
    wanted: str


def causal(words: Sequence[str]) -> list[Example]:
    """Every beginning, and the word after it (GPT)."""
    return [Example(" ".join(words[:end]), words[end]) for end in range(1, len(words))]


def masked(words: Sequence[str]) -> Example:
    """Some words hidden, to be told from both sides (BERT)."""
    hidden = range(1, len(words), EVERY)
    given = (MASK if i in hidden else word for i, word in enumerate(words))
    return Example(" ".join(given), ", ".join(words[i] for i in hidden))


def span(words: Sequence[str]) -> Example:
    """A stretch cut out, to be written after its mark (T5)."""
    given = (*words[: SPAN.start], GAP, *words[SPAN.stop :])
    return Example(" ".join(given), " ".join((GAP, *words[SPAN], END)))


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the sentence, then what each objective makes of it."""
    words = settings.text.split()
    say = terminal.say
    say(bold("COMPUTED: one sentence, cut into training examples."), quoted_text(" ".join(words)))
    say(line("Whole words stand in for tokens. Nobody labelled anything."))
    every = causal(words)
    _say("Causal (GPT): tell the next word.", every, len(every), terminal)
    hidden = masked(words)
    count = len(range(1, len(words), EVERY))
    _say("Masked (BERT): tell the hidden words.", [hidden], count, terminal)
    cut = len(words[SPAN])
    _say("Span (T5): write what was cut out.", [span(words)], cut, terminal)
    say(line(), line("Here the hidden words are chosen by their place; in training, by chance."))


def _say(title: str, examples: Sequence[Example], told: int, terminal: Terminal) -> None:
    terminal.say(line(), bold(title))
    terminal.say(*(line(f"  {example.given} -> {example.wanted}") for example in examples))
    terminal.say(line(f"  {counted(told, 'word')} to tell in all."))
