"""The same machine twice: fed raw text, and fed raw text with demonstrations on top."""

from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.counts import Weighted, longest_match, words
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, line, quoted_text
from tutor.stage.contract import Computed

WEIGHT = 10
LENGTH = 12


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Raw text, demonstrations of the wanted behaviour, and what to ask both."""

    raw: str
    demonstrations: str
    prompt: str


def run(settings: Settings, terminal: Terminal) -> None:
    """Show both texts, then how each machine continues the prompt."""
    raw, shown = words(settings.raw), words(settings.demonstrations)
    say = terminal.say
    say(bold("TOY: a machine that continues text by counting, fed twice."))
    say(bold("Raw text:"), quoted_text(settings.raw.strip()))
    say(bold(f"Demonstrations (each counts {WEIGHT} times):"))
    say(quoted_text(settings.demonstrations.strip()), line())
    say(bold(f"Both are given: {settings.prompt}"))
    say(line("  base:  " + continuation([(raw, 1)], words(settings.prompt))))
    fed = [(raw, 1), (shown, WEIGHT)]
    say(line("  tuned: " + continuation(fed, words(settings.prompt))))


def continuation(fed: Weighted, prompt: Sequence[str], length: int = LENGTH) -> str:
    """Continue `prompt` with the likeliest word each time, until a full stop or `length` words.

    A tie goes to the word that was met first.
    """
    fed = list(fed)
    context = list(prompt)
    while len(context) - len(prompt) < length:
        counts, _ = longest_match(fed, context)
        if not counts:
            break
        context.append(counts.most_common(1)[0][0])
        if context[-1] == ".":
            break
    return " ".join(context[len(prompt) :])


DEMO = Computed(
    title="Asked in the form of the demonstrations",
    line=("The same machine twice: fed raw text, and fed raw text with demonstrations on top."),
    settings=Settings,
    run=run,
    example=Settings(
        raw=(
            "how do i pump the tyres ? how do i set the saddle ? how do i true the wheel ? "
            "how do i fit the rack ?\n"
            "what does the bell cost ? what does the rack weigh ? how do i fold the tent ?\n"
            "the tyres of the ox need four bar . the tyres of the wren need three bar .\n"
            "the battery of the ox needs five hours . the battery of the wren needs three hours .\n"
        ),
        demonstrations=(
            "[customer] how do i fit the light ? [desk] "
            "thank you for asking , we have sent you a drawing .\n"
            "[customer] how do i oil the lock ? [desk] "
            "thank you for asking , we have sent you a film .\n"
            "[customer] what does the lock cost ? [desk] "
            "thank you for asking , we have sent you a list .\n"
        ),
        prompt="[customer] how do i set the saddle ? [desk]",
    ),
)
