"""Pages whose labels were made up for them, put to the raw model: which of two labels fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from tutor.screen.tables import table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable
from tutor.sums.intervals import wilson
from tutor.tinylm.faces import WEIGHTS, load_face, load_tokenizer, shipped
from tutor.tinylm.measuring import results, third
from tutor.tinylm.world.labels import LabelTest, label_test

EXAMPLES = third.EXAMPLES
"""Examples of each label on a page."""
CHANCE = 0.5
NEW, AGAIN, DEALT = "new word", "word from above", "labels shuffled"


@dataclass(frozen=True, slots=True)
class Row:
    """So many examples of each label, and for each sort of page which ones came out right."""

    examples: int
    right: dict[str, list[bool]]


def rows(each: int, seed: int) -> list[Row]:
    """`each` pages for every number of examples; the same for the same seed."""
    rng = Random(seed)
    return [_row(count, each, rng) for count in EXAMPLES]


def _row(count: int, each: int, rng: Random) -> Row:
    some = [label_test(rng, count) for _ in range(each)]
    pages = {NEW: some}
    if count:
        pages |= {
            AGAIN: [asked_again(one, rng) for one in some],
            DEALT: [third.shuffled(one, rng) for one in some],
        }
    return Row(count, {name: [fits(one) for one in few] for name, few in pages.items()})


def fits(test: LabelTest) -> bool:
    """Whether the raw model finds the right one of the two labels likelier."""
    return third.likelier(load_face("base"), load_tokenizer(), test)


def asked_again(test: LabelTest, rng: Random) -> LabelTest:
    """The same page, but that a word is asked for whose label stands on it."""
    *lines, _asked = test.page.split("\n")
    again = rng.choice(lines)
    label = next(label for label in test.labels if again.endswith(label))
    return replace(test, page="\n".join([*lines, again.removesuffix(label)]), right=label)


def solved(test: LabelTest) -> str:
    """The page with the right label at its end."""
    return test.page + test.right


def as_table(found: Sequence[Row], terminal: Terminal) -> list[Renderable]:
    """A row for each number of examples: right of all, with the interval of the new words."""
    heads = ("examples of each", NEW, "95% interval", AGAIN, DEALT)
    cells = [
        (
            str(one.examples),
            counted(one.right[NEW]),
            "{:.2f} to {:.2f}".format(*interval(one.right[NEW])),
            *(counted(one.right.get(name, [])) for name in (AGAIN, DEALT)),
        )
        for one in found
    ]
    return table(heads, cells, terminal)


def counted(right: Sequence[bool]) -> str:
    """Right of all; "none asked" where nothing was."""
    return f"{sum(right)} of {len(right)}" if right else "none asked"


def interval(right: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval of a share."""
    return wilson(sum(right), len(right))


def together(found: Sequence[Row], name: str) -> list[bool]:
    """All pages of a sort that had examples."""
    return [right for one in found if one.examples for right in one.right.get(name, [])]


def verdict(found: Sequence[Row]) -> Iterator[str]:
    """What the figures allow to be said, whatever they are."""
    new, again, dealt = (together(found, name) for name in (NEW, AGAIN, DEALT))
    yield f"All pages with examples together, a coin toss being 0.50: {_said(NEW, new)}."
    if interval(new)[0] > CHANCE:
        yield (
            "So the examples changed its answers. It gave a label made up for this page to a word"
            " that stands nowhere on it: it took up the rule, and no weight moved."
        )
    elif interval(again)[0] > CHANCE:
        yield (
            f"So no rule was learned from the examples. A {_said(AGAIN, again)}: this model copies"
            " what stands above, and does no more."
        )
    else:
        yield f"So the examples did nothing that shows. A {_said(AGAIN, again)}."
    form = "does something, too" if interval(dealt)[0] > CHANCE else "does not do it"
    yield f"The page's form alone {form}. With {_said(DEALT, dealt)}."
    yield _more(found)


def _said(name: str, right: Sequence[bool]) -> str:
    low, high = interval(right)
    return f"{name} {counted(right)} right ({low:.2f} to {high:.2f})"


def _more(found: Sequence[Row]) -> str:
    """Whether many examples did better than the fewest."""
    with_some = [one for one in found if one.examples]
    few, many = with_some[0], with_some[-1]
    told = f"{few.examples} to {many.examples} examples of each"
    (few_low, few_high), (low, high) = (interval(one.right[NEW]) for one in (few, many))
    if low > few_high:
        return f"From {told} it grew."
    if high < few_low:
        return f"From {told} it fell."
    return f"From {told}: the intervals overlap, so these pages show no difference."


def on_the_card() -> str:
    """The same as the card has it, over more pages; empty where it was not measured."""
    with shipped(WEIGHTS / "scores.json") as path:
        curve = results.read(path).details.get("few-shot")
    if not curve:
        return ""
    shares = ", ".join(f"{count}: {one['value']:.0%}" for count, one in curve["met"].items())
    pages = next(iter(curve["met"].values()))["count"]
    return f"The model card counts {pages} pages each. Right by examples of each: {shares}."
