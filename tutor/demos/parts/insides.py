"""A text inside the raw model, for the demos that look in and change one thing."""

import math
import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.demos.parts.next_tokens import every_chance
from tutor.errors import PromptTooLongError, ProviderError
from tutor.providers.built_in import BuiltIn, built_in, prompt_tokens
from tutor.providers.talk import Chance, Request
from tutor.screen.pieces import piece_of
from tutor.screen.pieces_view import fitted, visible
from tutor.screen.streaming import harmless
from tutor.screen.terminal import Look
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.own_text import accepted, refuse
from tutor.stage.stage import Stage
from tutor.tinylm.inside import damage
from tutor.tinylm.inside.changes import UNCHANGED, Changes, Head, Mlp, Part, parts_of
from tutor.tinylm.inside.findings import findings
from tutor.tinylm.inside.passing import Seen, see
from tutor.tinylm.model import Array, softmax

START = "(start)"
MOST_TOKENS = 60
"""So many tokens can be told one by one."""
WIDEST = 14
PART = re.compile(r"(?:(\d+)\.(\d+)|mlp *(\d+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A text, read by the raw model with everything kept."""

    text: str
    base: BuiltIn
    seen: Seen
    labels: tuple[str, ...]
    """Its tokens to be seen, the mark at the start first."""

    @property
    def last(self) -> int:
        """The place after which the next token is awaited."""
        return len(self.labels) - 1

    @property
    def wanted(self) -> int:
        """The token that comes first after the text."""
        return int(self.seen.scores[-1].argmax())

    def changed(self, changes: Changes) -> Seen:
        """The same text, read with these changes."""
        return see(self.base.model, self.seen.tokens, changes)


def opened(text: str, look: Look) -> Opened:
    """Read a text; PromptTooLongError beyond `MOST_TOKENS`."""
    base = built_in("base")
    tokens, _ = prompt_tokens(base, Request(prompt=text))
    if len(tokens) > MOST_TOKENS:
        said = f"That is {len(tokens)} tokens, and this demo shows {MOST_TOKENS}."
        raise PromptTooLongError(said, hint="Try one sentence.")
    shown = (START, *(piece_of(base.tokenizer, token, look) for token in tokens[1:]))
    return Opened(text, base, see(base.model, tokens), shown)


def first(base: BuiltIn, scores: Array) -> Chance:
    """The likeliest token after these scores (vocabulary,), with its chance."""
    return every_chance(base, scores)[0]


def shown(one: Chance, look: Look, cells: int = WIDEST) -> str:
    """A token in a table: with its blanks made visible, cut where it is long."""
    return fitted(visible(one.text, look), cells).rstrip()


def word(base: BuiltIn, token: int) -> str:
    """A token in a sentence."""
    return harmless(base.tokenizer.decode([token])).strip() or "(a mark)"


def chance(scores: Array, token: int) -> float:
    """The chance of a token, 0–1, after these scores (vocabulary,)."""
    return float(softmax(scores)[token])


def parts_named(typed: str, opened: Opened) -> tuple[Part, ...]:
    """Heads such as 4.2 and MLPs such as "mlp 1"; none where anything else was typed."""
    rest = PART.sub("", typed).replace(",", " ").replace("and", " ").strip()
    found = [_part(*match.groups()) for match in PART.finditer(typed)]
    known = parts_of(opened.base.model.shape)
    return tuple(found) if not rest and all(part in known for part in found) else ()


def _part(layer: str | None, head: str | None, mlp: str | None) -> Part:
    if mlp is not None:
        return Mlp(int(mlp[:3]) - 1)
    return Head(int((layer or "")[:3]) - 1, int((head or "")[:3]) - 1)


def loss_line(base: BuiltIn, changes: Changes) -> Renderable:
    """What a change does to the loss on the fixed pages."""
    pages = damage.in_tokens(base.tokenizer)
    before, after = (damage.loss(base.model, pages, one) for one in (UNCHANGED, changes))
    return line(
        f"On eight other pages the loss goes from {before:.2f} to {after:.2f} nats a token."
    )


def worse_than_blind(base: BuiltIn, nothing_about: str) -> str:
    """Parts without which other pages are read worse than by blind guessing; "" for none."""
    blind = math.log(base.model.shape.vocabulary)
    return " ".join(
        f"Without {part} the loss on other pages is {loss:.2f}, worse than blind guessing"
        f" ({blind:.2f}): that says nothing about {nothing_about}."
        for part, loss in findings().damage.items()
        if part and loss > blind
    )


def guessed(guess: str) -> list[Renderable]:
    """The guess again, beside what came out."""
    return [dim(f"You guessed: {harmless(guess)}.")] if guess else []


def limits(stage: Stage, words: str, text: str = "") -> None:
    """What the demo does not prove, and where to see more of the text."""
    stage.terminal.gap()
    stage.terminal.say(bold("What this does not prove"), line(words))
    if text:
        stage.terminal.say(dim(f"With keys and colours: tutor look {shlex.quote(harmless(text))}"))


def again(stage: Stage, question: str, follow: Callable[[str], None]) -> None:
    """Follow what is typed until the learner has had enough; what cannot be is refused."""
    stage.terminal.gap()
    while typed := stage.ask(question):
        try:
            if kept := accepted(typed).strip():
                follow(kept)
        except ProviderError as error:
            refuse(stage, error)
        stage.terminal.gap()


def numbered(labels: Sequence[str]) -> list[str]:
    """Labels with their places before them: two equal tokens are told apart."""
    return [f"{place} {label}" for place, label in enumerate(labels)]
