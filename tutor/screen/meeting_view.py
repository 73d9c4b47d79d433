"""What a meeting with the built-in model shows besides its replies."""

from collections.abc import Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tutor.screen.terminal import Look
from tutor.screen.words import bold, dim, line, row

LABELS = {
    "base": "mask off: the raw model",
    "sft": "mask on: fine-tuned",
    "rlhf": "cherry on top: tuned on preferences",
    "over-optimised": "too much of it: over-optimised",
}
SHORT = {"base": "raw", "sft": "mask", "rlhf": "cherry", "over-optimised": "over"}
ORDERS = """\
:off        take the mask off: the raw model speaks
:on         put it on again: the fine-tuned one
:cherry     the one tuned on preferences as well
:over       the one tuned on them without restraint
:all        all four, same words, same seed
:u  :u 3    look under: chances of the reply's first token,
            or after three tokens of it, face by face
:a  :a 2 3  attention over your last sentence: an overview,
            or layer 2, head 3
:r          beside each reply: the reward model's score and
            the rater's points; again: no more
:seed 7     draw with another seed: chance falls otherwise
:temp 0.7   draw more daringly or less, 0 to 5
:new        forget what was said
:card       what this model is: the model card
:q          leave"""
TOKEN_COLUMN = 12


NEATLY = " Write whole sentences, with capitals and . ? or !: it has read nothing else."


def opening(
    parameters: int, suggestions: Sequence[tuple[str, str]], *, only_neat: bool
) -> list[RenderableType]:
    """Who is there, and what one may say to them; `only_neat`: it knows no careless typing."""
    return [
        bold("Meet the model: one network, four upbringings"),
        line(
            f"{parameters / 1e6:.1f} million weights, trained from nothing on an invented village. "
            "It knows Willowbrook, some capitals, colours, opposites and small sums: no more. "
            "Inside that world it can be right; outside, nothing it says means anything."
            + (NEATLY if only_neat else "")
        ),
        Text(""),
        *listing(suggestions),
        dim("Type a number, or words of your own. :? shows the orders, q leaves."),
    ]


def own_opening(parameters: int, *, masked: bool) -> list[RenderableType]:
    """The same for a model that the learner grew."""
    who = "mask off and mask on" if masked else "the raw model: nobody showed it how to answer"
    return [
        bold(f"Meet the model that you grew: {who}"),
        line(
            f"{parameters:,} weights. It knows the text that it read; all else that it says means "
            'nothing. Begin a sentence as that text would, such as "Once upon a time there was", '
            "and it goes on."
        ),
        dim("Type words of your own. :? shows the orders, q leaves."),
    ]


def listing(suggestions: Sequence[tuple[str, str]]) -> list[RenderableType]:
    """The suggestions, numbered."""
    grid = Table.grid(padding=(0, 2, 0, 0))  # so that a wrapped line is set in below its words
    for number, (words, why) in enumerate(suggestions, 1):
        grid.add_row(Text(str(number), "bold cyan"), Text.assemble(words, (f"  ({why})", "dim")))
    return [grid]


def orders() -> list[RenderableType]:
    """All orders."""
    return [row(words) for words in ORDERS.splitlines()]


def outside_note(words: Sequence[str]) -> Text:
    """Say which words of a prompt the model never met."""
    some = ", ".join(f'"{word}"' for word in words[:3])
    verb = "is a word" if len(words) == 1 else "are words"
    said = f"note: {some} {verb} that its village never used: this lies outside its world"
    return dim(said)


def about_scores(*, has_judge: bool) -> list[RenderableType]:
    """What the scores beside the replies are."""
    rater = (
        "The rater is a formula. It pays for a right reply, less for one more true thing and for"
        " friendliness, and charges for what is rude, padded or untrue. Where it does not know your"
        " question, it cannot tell what is right."
    )
    model = (
        "The reward model learned from the rater's choices, and training pursued its score; 0 is"
        " the mean of replies that were set aside to test it. Watch where the two part."
        if has_judge
        else "The reward model itself is not in this box, so only the rater's points are shown."
    )
    return [line(f"{rater} {model} The raw model was never rated.")]


def points_line(
    reward: float | None, score: float, noticed: Sequence[str], if_wrong: float | None
) -> Text:
    """What a reply earned, in a line."""
    model = f"reward model {reward:+.2f}; " if reward is not None else ""
    why = f" ({', '.join(noticed)})" if noticed else ""
    if if_wrong is None:
        return dim(f"{model}rater {score:+.2f}{why}")
    return dim(f"{model}rater {score:+.2f} if that is right, {if_wrong:+.2f} if not{why}")


def chances_table(
    tokens: Sequence[str], shares: Mapping[str, Sequence[float]], bits: Mapping[str, float]
) -> list[RenderableType]:
    """Next-token chances: a row for each token, a column for each face, then the entropies."""
    head = "".join(f"{SHORT[face]:>9}" for face in shares)
    rows: list[RenderableType] = [bold(f"{'':{TOKEN_COLUMN}}{head}")]
    for index, token in enumerate(tokens):
        cells = "".join(f"{_percent(shares[face][index]):>9}" for face in shares)
        rows.append(row(f"{token:{TOKEN_COLUMN}.{TOKEN_COLUMN}}{cells}"))
    entropies = "".join(f"{bits[face]:>9.2f}" for face in shares)
    rows.append(row(f"{'entropy/bits':{TOKEN_COLUMN}}{entropies}"))
    return rows


def chances_in_words(
    tokens: Sequence[str], shares: Mapping[str, Sequence[float]], bits: Mapping[str, float]
) -> list[RenderableType]:
    """The same for a screen reader: a sentence for each face."""
    lines: list[RenderableType] = []
    for face, column in shares.items():
        best = sorted(zip(column, tokens, strict=True), reverse=True)[:3]
        said = ", ".join(f"{token} {_percent(share)}" for share, token in best)
        lines.append(line(f"{LABELS[face]}: {said}. Entropy {bits[face]:.2f} bits."))
    return lines


def chances(
    look: Look,
    tokens: Sequence[str],
    shares: Mapping[str, Sequence[float]],
    bits: Mapping[str, float],
) -> list[RenderableType]:
    """Next-token chances as the look has it."""
    return (chances_in_words if look.plain else chances_table)(tokens, shares, bits)


def heads(
    tokens: Sequence[str], layers: Sequence[Sequence[tuple[int, float]]]
) -> list[RenderableType]:
    """A line for each layer: for each of its heads the token looked at most, and how much."""
    lines: list[RenderableType] = []
    for layer, row_of_heads in enumerate(layers, 1):
        seen = "; ".join(
            f"{head}: {tokens[place]} {weight:.2f}"
            for head, (place, weight) in enumerate(row_of_heads, 1)
        )
        lines.append(line(f"layer {layer}   {seen}"))
    return lines


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share >= 0.001 else "<0.1 %"  # noqa: PLR2004  what rounds to 0


def change_line(before: str, after: str, moved: float, up: str, down: str) -> Text:
    """What a stage changed, in a sentence."""
    stage = f"{SHORT[before]} → {SHORT[after]}"
    if moved < 0.005:  # noqa: PLR2004  what rounds to 0 %
        return line(f"{stage}: nothing moved here.")
    said = f"{stage}: {100 * moved:.0f} % of the probability moved"
    return line(f"{said}; {up!r} gained most, {down!r} lost most.")
