"""Which tokens of a conversation teach: fine-tuning counts only those that the assistant says."""

from msgspec import Struct

from tutor.errors import PromptTooLongError, ProviderError
from tutor.providers.built_in import token_text
from tutor.screen.pieces_view import visible
from tutor.screen.terminal import Look
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Live
from tutor.stage.own_text import own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm import chat
from tutor.tinylm.faces import load_face, load_tokenizer
from tutor.tinylm.model import log_probabilities

MOST = 120


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A conversation of one turn."""

    user: str = "What is the capital of Kenya?"
    assistant: str = "The capital of Kenya is Nairobi."


def run(settings: Settings, stage: Stage) -> None:
    """Show the tokens, and the loss of raw and tuned model on those that count."""
    try:
        said, replied = own_dialogue(stage) or (settings.user, settings.assistant)
        marked = chat.marked_tokens(load_tokenizer(), [chat.Turn(said, replied)])
        if len(marked) > MOST:
            text = f"That is {len(marked)} tokens; this demo shows {MOST}."
            raise PromptTooLongError(text, hint="Try a shorter conversation.")
        look = stage.terminal.look
        show(stage, "loss-mask", *rows(marked, look), line(), *losses(marked))
    except ProviderError as error:
        refuse(stage, error)


def own_dialogue(stage: Stage) -> tuple[str, str] | None:
    """The learner's conversation, or None."""
    said, bar, replied = own_text(stage).partition("|")
    if said and not (bar and replied.strip()):
        stage.terminal.say(line("For a conversation of your own: user's words | the reply"))
        return None
    return (said.strip(), replied.strip()) if said else None


def rows(marked: list[tuple[int, bool]], look: Look) -> list[Renderable]:
    """The tokens in two groups, in their order: read only, and counted."""
    tokenizer = load_tokenizer()
    between = ", " if look.plain else " │ "
    lines: list[Renderable] = []
    for counts in (False, True):
        pieces = [visible(token_text(tokenizer, token), look) for token, c in marked if c is counts]
        title = "counted in the loss" if counts else "read, not counted"
        lines += [bold(f"{title}: {len(pieces)} tokens"), line(f"  {between.join(pieces)}")]
    return lines


def losses(marked: list[tuple[int, bool]]) -> list[Renderable]:
    """Mean loss in nats over the counted tokens, before and after fine-tuning."""
    tokens = [token for token, _counts in marked]
    lines: list[Renderable] = []
    for name, title in (("base", "raw model"), ("sft", "fine-tuned")):
        logs = log_probabilities(load_face(name), tokens)
        counted = [-float(logs[at - 1]) for at, (_token, counts) in enumerate(marked) if counts]
        nats = sum(counted) / len(counted)
        lines.append(line(f"{title}: {nats:.2f} nats a counted token"))
    return lines


DEMO = Live(
    settings=Settings,
    run=run,
    title="The loss mask",
    line="A conversation as fine-tuning reads it: which tokens count in the loss, and how much.",
    own_text="what a user says and what the assistant replies, with a | between them",
    notice=(
        "The user's words and the marks around them are read, and not counted; the mark that ends "
        "the reply is counted, so stopping is learned, too. What the tuned model already "
        "expects costs it little; a reply unlike any it was shown costs it much."
    ),
)
