"""What a live demo is given: a screen, a model, the learner's own text, and somewhere to note."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from tutor.errors import ProviderError
from tutor.providers.talk import (
    NOT_TO_THE_END,
    Adjusted,
    Done,
    Ending,
    Event,
    Provider,
    Reply,
    Request,
    Rethought,
    Text,
    Thought,
    Tier,
)
from tutor.screen.indented import indented
from tutor.screen.streaming import Stream, harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, dim, line

MARGIN = 2


@dataclass(frozen=True, slots=True)
class Spending:
    """What a demo is about to ask of a model that may cost money."""

    calls: int
    most_tokens: int
    """Read and written by all calls together."""


Guesser = Callable[[str, Sequence[str]], str]
"""Ask for a guess (question, options) before the facts, and keep it; "" where nobody guesses."""
Asker = Callable[[str], str | None]
"""Ask for a line; None when nobody is there or the learner has had enough."""
Chooser = Callable[[Spending], Provider | None]
"""The learner's own model, after they agreed to what it may cost; None where there is none."""


def no_guess(_question: str, _options: Sequence[str] = ()) -> str:
    """Nobody is there to guess."""
    return ""


def no_answer(_question: str) -> str | None:
    """Nobody is there to answer."""
    return None


def no_model(_spending: Spending) -> Provider | None:
    """No model was chosen."""
    return None


@dataclass(frozen=True)
class Stage:
    """Where a live demo plays."""

    terminal: Terminal
    text: str = ""
    """The learner's own text, or empty."""
    seed: int = 1
    guess: Guesser = no_guess
    ask: Asker = no_answer
    chosen: Chooser = no_model
    transcript: list[str] = field(default_factory=list)
    """Markdown paragraphs for the learner's notebook."""
    told: set[Adjusted] = field(default_factory=set)
    """What was said already about parameters that could not be had: once is enough."""

    def face(self, name: str) -> Provider:
        """A face of the built-in model: base, sft, rlhf or over-optimised."""
        from tutor.providers.built_in import built_in  # numpy comes with it

        return built_in(name)

    def introduce(self, speaker: Provider) -> None:
        """Say who will speak: model, tier, and its limits in a line."""
        card = speaker.card
        recorded = card.tier is Tier.RECORDED
        who = card.model if recorded else f"{card.model} ({card.tier.value})"
        self.terminal.say(dim(harmless(f"{who}. {card.limits}".rstrip())))

    def aside(self, words: str) -> None:
        """Say something beside a reply, set in as the reply is."""
        self.terminal.say(indented(dim(harmless(words)), MARGIN))

    def say_failure(self, error: ProviderError) -> None:
        """Say why nothing, or nothing more, comes of a model, and what to do."""
        self.terminal.say(indented(line(harmless(error.message)), MARGIN))
        self.aside(error.hint)

    def listen(self, speaker: Provider, request: Request, label: str = "") -> Reply:
        """Show a reply as it comes, and keep it; what came before a cut or Ctrl-C is kept too.

        A failure before the first word is said, not raised: the reply is then empty.
        """
        if label:
            self.terminal.say(bold(label))
        if speaker.card.tier is Tier.RECORDED:
            self.aside(speaker.card.model)
        reply = Reply()
        shown = Stream(self.terminal)
        try:
            with closing(speaker.stream(request)) as events:
                for event in events:
                    reply.take(event)
                    self._show(event, shown)
        except KeyboardInterrupt:
            reply.done = Done(Ending.CUT)
            shown.end()
            self.aside("[stopped by you; the rest was not asked for]")
        except ProviderError as error:
            reply.done = Done(Ending.CUT)
            shown.end()
            self.say_failure(error)
        else:
            shown.end()
        self._keep(speaker, request, reply, label)
        return reply

    def _show(self, event: Event, shown: Stream) -> None:
        match event:
            case Text():
                shown.add(event.text)
            case Adjusted() if event not in self.told:
                self.told.add(event)
                shown.end()  # what did not come is known only after the text
                self.aside(f"note: {event.parameter}: {event.why}")
            case Done() if event.ending in NOT_TO_THE_END:
                shown.end()
                self.aside(f"[{event.ending.value}]")
            case Adjusted() | Done() | Thought() | Rethought():
                pass

    def note(self, paragraph: str) -> None:
        """Keep a paragraph of Markdown for the notebook."""
        self.transcript.append(paragraph)

    def _keep(self, speaker: Provider, request: Request, reply: Reply, label: str) -> None:
        asked = request.prompt or "\n".join(f"{m.role}: {m.content}" for m in request.messages)
        title = f"**{label}**: {speaker.card.model}" if label else f"**{speaker.card.model}**"
        self.note(f"{title}\n\n{fenced(asked)}\n\n{fenced(reply.text)}")


def fenced(text: str) -> str:
    """Text of anybody's, in a fence longer than any run of backticks in it."""
    text = harmless(text)  # first: what is left when controls are gone may be a fence
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
