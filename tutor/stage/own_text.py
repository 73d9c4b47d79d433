"""A text of the learner's own on its way into a demo, and what a notebook keeps of a demo."""

import unicodedata

from tutor.errors import PromptTooLongError, ProviderError
from tutor.screen.streaming import harmless
from tutor.screen.terminal import without_controls
from tutor.screen.words import Renderable, as_text, dim, line
from tutor.stage.stage import Stage, fenced

LONGEST = 2_000
"""Characters: more than any demo can show, and than the built-in model can read."""
_NOTEBOOK = 78


def own_text(stage: Stage) -> str:
    """What the learner gave, without controls; empty if blank. PromptTooLongError as below."""
    return accepted(stage.text)


def accepted(text: str) -> str:
    """A typed text as a demo may use it; PromptTooLongError beyond `LONGEST` characters."""
    if len(text) > LONGEST:
        raise PromptTooLongError(
            f"That is {len(text):,} characters, and a demo takes {LONGEST:,}.",
            hint="Try a sentence or two.",
        )
    kept = unicodedata.normalize("NFC", without_controls(text))
    return kept if kept.strip() else ""


def refuse(stage: Stage, error: ProviderError) -> None:
    """Say what cannot be done, and what to try."""
    stage.terminal.say(line(harmless(error.message)), dim(harmless(error.hint)))


def asked_again(stage: Stage, question: str) -> str | None:
    """One more text, a blank line or nobody there meaning enough; what is too long is refused."""
    stage.terminal.gap()
    while typed := stage.ask(question):
        try:
            return accepted(typed) or None
        except PromptTooLongError as error:
            refuse(stage, error)
    return None


def keep(stage: Stage, title: str, *shown: Renderable) -> None:
    """Note what was shown, fenced off so that nothing in it is taken for Markdown."""
    rows = "".join(as_text(thing, _NOTEBOOK) for thing in shown).splitlines()
    body = fenced("\n".join(row.rstrip() for row in rows))
    stage.note(f"**{' '.join(harmless(title).split())}**\n\n{body}")


def show(stage: Stage, title: str, *things: Renderable) -> None:
    """Put things on the screen and into the notebook."""
    stage.terminal.say(*things)
    keep(stage, title, *things)
