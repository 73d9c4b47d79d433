"""What is said before, between and after: the words of a training."""

import math

from tutor.growing.source import Source
from tutor.screen.bars import counted
from tutor.screen.growing_view import Plan
from tutor.tinylm.growing.book import Book
from tutor.tinylm.growing.events import Stage
from tutor.tinylm.growing.keeping import MINE
from tutor.tinylm.growing.recipe import CONTEXT, NETWORK_SHARE, Recipe
from tutor.tinylm.growing.small_network import SEEN

GOOD_RATE = 0.01
LOSS = (
    "Loss is surprise: how improbable a model found the token that really came, in nats "
    "(-log of its probability), on average. Guessing blindly among {tokens:,} tokens costs "
    "{blind:.2f}; to be sure and right costs 0."
)
KEPT_BACK = (
    "Every tenth page is kept back: no model ever trains on it. To know whole pages by heart is no "
    "help there; single sentences do come again."
)
RATE_TOO_HIGH = (
    "At a rate of {rate:g} each step overshoots: it goes so far down one slope that it lands "
    "higher up on the next. The loss grew until it was worse than blind guessing ({blind:.2f}): "
    "after {steps} the training was stopped. Nothing was kept."
)
PROBABILITY = (
    "right token: the probability that stands behind the loss, e^-loss. To the token that really "
    "came, the last of them gave {share} on (geometric) average. It is no share of right answers."
)
TIMES = "The small network had a sixth of the time, the transformer the rest."
WORSE_THAN_PAIRS = (
    "It did worse than counting pairs. Either the rate ({rate:g}) is too high or too low, or the "
    "time was too short."
)
DEMONSTRATED = (
    "It has read about the village and goes on writing, whatever you ask. Now it is shown how to "
    "reply. Only the tokens of the replies count, and some of its pages are read again meanwhile, "
    "lest it forget them. Such as:"
)
MASKED = (
    "No demonstration told it these answers: what is right in them, but for luck, it had read on "
    "its pages. The mask is only how to reply."
)
STRANGE = (
    "The questions are about Willowbrook, which it never read about: from demonstrations it learns "
    "the form of an answer, and makes the rest up."
)
BY_HEART = (
    "It is less surprised at pages that it trained on ({training:.2f}) than at new ones "
    "({held_out:.2f}): part of what it knows is learned by heart. More text would help."
)
TOO_LONG = (
    "On pages kept back it was best after {seconds:.0f} seconds ({best:.2f}) and grew worse from "
    "there: overfitting. A shorter training would have been the better one."
)
WRITTEN_DOWN = (
    "Your lab sheet is in the notebook: what you changed, what you expected, what happened. "
    "In a line: tutor progress notes"
)
BY_THE_CLOCK = (
    "How many steps a minute holds depends on your machine, so that a second run differs a little. "
    "Counted steps give the same model each time: tutor train --steps {steps} --seed {seed}"
)


def about(source: Source, book: Book) -> str:
    """What will be read."""
    of = "A shelf of Willowbrook's pages" if source.is_willowbrook else f"Your text {source.name}"
    tokens = len(book.training) + len(book.held_out)
    return (
        f"{of}: {book.characters:,} characters on {counted(len(source.pages), 'page')}. "
        f"A tokenizer was learned from them: {len(book.tokenizer):,} different tokens, "
        f"{book.characters_a_token:.1f} characters each on average, {tokens:,} in all."
    )


def blind(book: Book) -> float:
    """The loss in nats of guessing blindly among all tokens."""
    return math.log(len(book.tokenizer))


def loss(book: Book) -> str:
    """What a loss is."""
    return LOSS.format(tokens=len(book.tokenizer), blind=blind(book))


def plan(book: Book, recipe: Recipe) -> Plan:
    """What will be seen."""
    layers, width = counted(recipe.layers, "layer"), recipe.width
    headings = {
        Stage.PAIRS: "1 of 3: counted pairs. How often each token came after each other one.",
        Stage.NETWORK: f"2 of 3: a small network. It sees the last {SEEN} tokens, and no more.",
        Stage.TRANSFORMER: (
            f"3 of 3: a transformer, {layers} of width {width}. It sees up to {CONTEXT} tokens, "
            "and learns where to look."
        ),
    }
    by_clock = recipe.steps is None
    shares = {Stage.NETWORK: NETWORK_SHARE, Stage.TRANSFORMER: 1 - NETWORK_SHARE}
    limits = {stage: recipe.seconds * share for stage, share in shares.items()} if by_clock else {}
    return Plan(headings, blind(book), limits, recipe.steps or 0)


def how_sure(held_out: float) -> str:
    """The probability that stands behind a loss: e to the power of -loss."""
    share = math.exp(-held_out)
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"  # noqa: PLR2004  what rounds to 0 %


def diverged(recipe: Recipe, book: Book, steps: int) -> tuple[str, str]:
    """What a rate too high did, and what to try."""
    said = RATE_TOO_HIGH.format(rate=recipe.rate, blind=blind(book), steps=counted(steps, "step"))
    return said, f"Try a smaller one: tutor train --rate {min(GOOD_RATE, recipe.rate / 10):g}"


def what_next(name: str) -> list[tuple[str, str]]:
    """What a learner may type now, and what it does."""
    option = "" if name == MINE else f" --name {name}"
    meet = "tutor meet mine" if name == MINE else f"tutor meet --model {name}"
    look = [("tutor look --model mine", "look inside while it reads")] if name == MINE else []
    return [
        (meet, "talk to it: it only goes on writing"),
        (f"tutor train --mask{option}", "show it fifty answers, and it replies"),
        *look,
        ("tutor train FILE", "let it read a text of your own"),
        ("tutor train --show-code", "read the functions that did this"),
        ("tutor train --rate 50", "break it; or try --layers 2, --width 128"),
    ]
