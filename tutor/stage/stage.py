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
    TextDelta,
    Thought,
    Tier,
)
from tutor.screen.indented import indented
from tutor.screen.roles import headed, introduced, voice
from tutor.screen.streaming import Stream, harmless
from tutor.screen.terminal import Terminal
from tutor.screen.words import bold, dim, line
from tutor.stage.answered import answered, failed
from tutor.stage.thoughts import Thoughts

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
    unfolded: bool = False
    """Show all that a model thinks before it speaks, not only how it begins."""
    to_unfold: str = ""
    """What to type to see all of it."""
    thoughts: list[str] = field(default_factory=list)
    """What models thought in this run, a text for each reply."""
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
        self.terminal.say(introduced(harmless(who), harmless(card.limits), card.name))

    def aside(self, words: str) -> None:
        """Say something beside a reply, set in as the reply is."""
        self.terminal.say(indented(dim(harmless(words)), MARGIN))

    def say_failure(self, error: ProviderError) -> None:
        """Say why nothing, or nothing more, comes of a model, and what to do."""
        self.terminal.say(indented(line(harmless(error.message)), MARGIN))
        self.aside(error.hint)

    def listen(self, speaker: Provider, request: Request, label: str = "") -> Reply:
        """Show a reply as it comes, and keep it; what came before a cut or Ctrl-C is kept too.

        A failure of the built-in model is said, not raised: the reply is then empty. Where a model
        that the learner chose fails, or comes to no answer, NoAnswerError stops the demo.
        """
        if label:
            self.terminal.say(headed(label, speaker.card.name))
        if speaker.card.tier is Tier.RECORDED:
            self.aside(speaker.card.model)
        reply = Reply()
        shown = Stream(self.terminal, style=voice(speaker.card.name))
        thoughts = Thoughts(self.aside, self.unfolded, self.to_unfold)
        failure: ProviderError | None = None
        try:
            with closing(speaker.stream(request)) as events:
                for event in events:
                    reply.take(event)
                    self._show(event, shown, thoughts)
        except KeyboardInterrupt:
            reply.done = Done(Ending.STOPPED)
            _end(thoughts, shown)
            self.aside("[stopped by you; the rest was not asked for]")
        except ProviderError as error:
            reply.done, failure = Done(Ending.FAILED), error
        _end(thoughts, shown)
        self._keep(speaker, request, reply, label)
        if failure is not None:
            failed(speaker, failure)
            self.say_failure(failure)
        return answered(speaker, request, reply)

    def _show(self, event: Event, shown: Stream, thoughts: Thoughts) -> None:
        match event:
            case Thought():
                thoughts.add(event.text)
            case Rethought():
                shown.end()
                self.aside("[all of that was thinking; its answer follows]")
            case TextDelta():
                thoughts.end()
                shown.add(event.text)
            case Adjusted() if event not in self.told:
                self.told.add(event)
                _end(thoughts, shown)  # what did not come is known only after the text
                self.aside(f"note: {event.parameter}: {event.why}")
            case Done() if event.ending in NOT_TO_THE_END:
                _end(thoughts, shown)
                self.aside(f"[{event.ending.value}]")
            case Adjusted() | Done():
                pass

    def note(self, paragraph: str) -> None:
        """Keep a paragraph of Markdown for the notebook."""
        self.transcript.append(paragraph)

    def keep_thoughts(self, reply: Reply) -> None:
        """Keep what a model thought, for a learner who wants to see it."""
        if reply.thoughts.strip():
            self.thoughts.append(reply.thoughts)

    def show_thoughts(self) -> None:
        """Show all that models thought in this run."""
        for number, thought in enumerate(self.thoughts, 1):
            self.terminal.say(bold(f"Thinking before reply {number}"))
            unfolded = Thoughts(self.aside, unfolded=True)
            unfolded.add(thought)
            unfolded.end()

    def _keep(self, speaker: Provider, request: Request, reply: Reply, label: str) -> None:
        asked = request.prompt or "\n".join(f"{m.role}: {m.content}" for m in request.messages)
        title = f"**{label}**: {speaker.card.model}" if label else f"**{speaker.card.model}**"
        thought = f"{fenced(reply.thoughts)}\n\nIt thought so first; then it said:\n\n"
        first = thought if reply.thoughts.strip() else ""
        self.note(f"{title}\n\n{fenced(asked)}\n\n{first}{fenced(reply.text)}")
        self.keep_thoughts(reply)


def _end(thoughts: Thoughts, shown: Stream) -> None:
    """Let stand what was shown so far, thinking first."""
    thoughts.end()
    shown.end()


def fenced(text: str) -> str:
    """Text of anybody's, in a fence longer than any run of backticks in it."""
    text = harmless(text)  # first: what is left when controls are gone may be a fence
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
