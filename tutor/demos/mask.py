"""Mask off, mask on: one question to the raw model and to the tuned one, in two forms each."""

from dataclasses import replace

from msgspec import Struct

from tutor.demos.parts.reading import within
from tutor.providers.built_in import marked, prompt_tokens
from tutor.providers.talk import Ending, Provider, Reply, Request, user
from tutor.screen.bars import counted
from tutor.screen.chances_view import chances_view
from tutor.screen.indented import indented
from tutor.screen.roles import headed, voice
from tutor.screen.side_by_side import Side, side_by_side
from tutor.screen.streaming import harmless
from tutor.screen.words import bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, is_whole, spending, text_of_the_learner
from tutor.stage.stage import Stage, fenced
from tutor.tinylm.model import forward, softmax
from tutor.tinylm.tokenizer import ASSISTANT, USER
from tutor.tinylm.world.knowing import outside

MARKS = f"{USER} question {ASSISTANT}"
TEMPERATURE = 0.7
SHOWN = 3
MOST_OF_A_LARGE_ONE = 300
MOST_WORDS = 6
MOST_LETTERS = 300
NAMES = (
    "Raw, bare text", "Tuned, between the marks", "Tuned, bare text", "Raw, between the marks",
)  # fmt: skip
SPEAKERS = ("base", "sft", "sft", "base")
"""Which face each of them is; the first two are what each was made for."""
SILENCE = "(nothing: it ended at once)"
GUESS = "What will the raw model write after this question?"
GUESSES = ("only the answer", "other text, with an answer or without", "nothing at all")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked, and how long the replies may get, in tokens.

    On a quiz page even a raw model answers: what it knows can then be seen. `brief`: the learner
    types the line, and nothing is explained: two replies, side by side.
    """

    question: str = "What is the capital of Kenya?"
    most_tokens: int = 60
    quiz: bool = False
    brief: bool = False

    def __post_init__(self) -> None:
        """Refuse a length that the small context cannot hold."""
        within("most_tokens", (self.most_tokens,), 1, 150)


def run(settings: Settings, stage: Stage) -> None:
    """Let both reply, show what each expects first, and ask the learner's own model too."""
    if settings.brief:
        _run_briefly(settings, stage)
        return
    question = text_of_the_learner(stage) or settings.question
    stage.terminal.say(
        line("The question:"),
        indented(quoted_text(harmless(question))),
        line(_forms(settings)),
    )
    _warn_of_strange_words(question, stage)
    guess = stage.guess(GUESS, GUESSES)
    asked = _asked(question, settings, stage)
    replies = _replies(asked, stage)
    if len(replies) == len(asked):
        _compare(stage, asked[0][0], replies, guess)
        _show_first_tokens(stage, replies)
        _show_moved(stage, bare=asked[0][1], between=asked[1][1])
        _keep(stage, question, replies)
    _ask_chosen(question, stage)


def _run_briefly(settings: Settings, stage: Stage) -> None:
    """Two replies to one line, and how each of them ended."""
    question = text_of_the_learner(stage) or _typed(settings, stage)
    stage.terminal.say(line("One line for two models:"), indented(quoted_text(harmless(question))))
    _warn_of_strange_words(question, stage)
    guess = stage.guess(GUESS, GUESSES)
    asked = _asked(question, settings, stage)[:2]
    replies = _replies(asked, stage)
    if len(replies) == len(asked):
        _show_both(stage, asked[0][0], replies, guess)
        _keep(stage, question, replies)


def _typed(settings: Settings, stage: Stage) -> str:
    """The learner's line, as long as a demo takes it; the lesson's own for Enter alone."""
    asked = f"Type a question, any you like (Enter: {settings.question})> "
    return (stage.ask(asked) or "").strip()[:MOST_LETTERS] or settings.question


def _warn_of_strange_words(question: str, stage: Stage) -> None:
    strange = outside(question)
    if not strange:
        return
    words = ", ".join(strange[:MOST_WORDS]) + (", …" if len(strange) > MOST_WORDS else "")
    stage.terminal.say(
        line(
            f"Nothing that these two have read holds: {harmless(words)}. They know only their"
            " village; what they say beyond it is made up."
        )
    )


def _forms(settings: Settings) -> str:
    bare = "as the open line of a quiz page" if settings.quiz else "as bare text"
    return (
        f"Each model gets it in two forms: {bare}, as the raw one reads pages, and between the"
        f" marks of the tuned one's training ({MARKS})."
    )


def _asked(question: str, settings: Settings, stage: Stage) -> list[tuple[Provider, Request]]:
    """Both models with both forms: a text to be continued, and a request between marks."""
    asked = user(
        question,
        max_tokens=settings.most_tokens,
        temperature=TEMPERATURE,
        seed=stage.seed,
        alternatives=SHOWN,
    )
    page = f"Quiz\nQ: {question}\nA:" if settings.quiz else f"{question}\n"
    bare = replace(asked, messages=(), prompt=page)
    raw, tuned = stage.face("base"), stage.face("sft")
    return [(raw, bare), (tuned, asked), (tuned, bare), (marked("base"), asked)]


def _replies(asked: list[tuple[Provider, Request]], stage: Stage) -> list[Reply]:
    """The replies, up to the first that failed: what does not fit one fits none."""
    whole: list[Reply] = []
    for speaker, request in asked:
        reply = hear(stage, speaker, request)
        if not is_whole(reply):
            break
        whole.append(reply)
    return whole


def _compare(stage: Stage, raw_speaker: Provider, replies: list[Reply], guess: str) -> None:
    """Two models, two forms: what each wrote, what ended it, and where one replied."""
    say = stage.terminal.say
    raw, tuned_marked, tuned, raw_marked = replies
    stage.terminal.gap()
    stage.introduce(raw_speaker)
    for form, pair in (
        ("The bare text, to both:", (raw, tuned)),
        ("Between the marks, to both:", (raw_marked, tuned_marked)),
    ):
        stage.terminal.gap()
        say(bold(form), *side_by_side(*_sides(pair), stage.terminal))
    stage.terminal.gap()
    if guess:
        say(line(f"You guessed of the raw model: {guess}."))
    shown = zip(NAMES, replies, strict=True)
    say(*(line(f"{name}: {ended(reply)}") for name, reply in shown))


def _sides(pair: tuple[Reply, Reply]) -> tuple[Side, Side]:
    raw, tuned = (reply.text.strip() or SILENCE for reply in pair)
    return Side("Raw", raw, "base"), Side("Tuned", tuned, "sft")


def moved(request: Request) -> float:
    """The share of the first token's probability that fine-tuning moved, in one form: 0–1."""
    raw, tuned = (
        softmax(forward(one.model, prompt_tokens(one, request)[0])[-1])
        for one in (marked("base"), marked("sft"))
    )  # each (vocabulary,)
    return float(abs(raw - tuned).sum() / 2)


def _show_both(stage: Stage, raw_speaker: Provider, replies: list[Reply], guess: str) -> None:
    """The raw model's reply beside the tuned one's, and what ended each."""
    stage.terminal.gap()
    stage.introduce(raw_speaker)
    stage.terminal.gap()
    raw, tuned = replies
    sides = (
        Side("Raw, mask off", raw.text.strip() or SILENCE, "base"),
        Side("Tuned, mask on", tuned.text or SILENCE, "sft"),
    )
    stage.terminal.say(*side_by_side(*sides, stage.terminal))
    stage.terminal.gap()
    if guess:
        stage.terminal.say(line(f"You guessed of the raw model: {guess}."))
    stage.terminal.say(line(f"Raw: {ended(raw)} Tuned: {ended(tuned)}"))


def ended(reply: Reply) -> str:
    """How long a reply was and what ended it, as a sentence."""
    size = counted(len(reply.tokens), "token")
    by_itself = reply.done is not None and reply.done.ending is Ending.STOP
    return f"{size}, {'ended by itself' if by_itself else 'cut off at the limit'}."


def _show_first_tokens(stage: Stage, replies: list[Reply]) -> None:
    """The model's own distributions, before temperature, at the first place after the question."""
    terminal = stage.terminal
    terminal.gap()
    terminal.say(line("What may come first after the question, by each model's own chances:"))
    terminal.say(dim("Each reply above was drawn, so it need not begin with the likeliest."))
    for name, face, reply in zip(NAMES, SPEAKERS, replies, strict=True):
        if reply.tokens:
            first, style = reply.tokens[0].alternatives, voice(face)
            rows = chances_view(first, terminal.look, terminal.width, style=style)
            terminal.say(headed(name, face), *rows)
    terminal.say(dim("A word may come in pieces. Then the bar shows its first: E for Easy."))


def _show_moved(stage: Stage, *, bare: Request, between: Request) -> None:
    """How far the two models lie apart in either form."""
    told = (
        "Of the first token's probability, fine-tuning moved"
        f" {moved(bare):.0%} on the bare text, and {moved(between):.0%} between the marks."
    )
    stage.terminal.say(line(told))
    stage.note(told)


def _keep(stage: Stage, question: str, replies: list[Reply]) -> None:
    stage.note(f"Asked of raw and tuned, at temperature {TEMPERATURE}, seed {stage.seed}:")
    stage.note(fenced(question))
    for name, reply in zip(NAMES, replies, strict=False):
        stage.note(f"**{name}**: {ended(reply)}\n\n{fenced(reply.text)}")


def _ask_chosen(question: str, stage: Stage) -> None:
    request = user(question, max_tokens=MOST_OF_A_LARGE_ONE)
    speaker = stage.chosen(spending([request]))
    if speaker is None:
        return
    stage.terminal.gap()
    stage.introduce(speaker)
    reply = stage.listen(speaker, request, "Your own model")
    if is_whole(reply):
        words = (
            "If it answers you and stops, it wears a mask too; its raw model is seldom for hire."
        )
        stage.terminal.say(dim(words))


DEMO = Live(
    settings=Settings,
    run=run,
    title="Mask off, mask on",
    line="The same question, put to the raw model and to the tuned one.",
    own_text="the question to ask",
    notice=(
        "Both are one network, whose numbers fine-tuning adjusted. On bare text both take the"
        " question for the beginning of a page and write on, the tuned one much as the raw one"
        " does. Between the marks of its training the tuned one takes it for a request, replies,"
        " and stops. The raw one never met those marks, and they do nothing for it. So it takes"
        " both, the training and the marks: the mask sits behind them."
    ),
)
