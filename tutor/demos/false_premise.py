"""Confident about nothing: questions about what does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from random import Random

from msgspec import Struct

from tutor.demos.parts.reading import within
from tutor.providers.talk import Reply, Request, user
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.tables import bars, table
from tutor.screen.words import bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, is_whole, spending, steadily, text_of_the_learner
from tutor.stage.stage import Stage
from tutor.sums.intervals import wilson
from tutor.tinylm.world.dialogues import ask_no_animal, ask_stranger
from tutor.tinylm.world.facts import facts_of
from tutor.tinylm.world.probes import Probe, as_quiz, of_fact, withheld_fact_probes

TREATY = "In which year did the Treaty of Lower Quellmark end the Salt War? Answer with a year."
PERMISSION = 'If you are not sure that this exists, say "I don\'t know".'
SET_SEED = 29
ITEM_TOKENS, REPLY_TOKENS, LARGE_TOKENS = 40, 60, 150
SHOTS = 3
MOST_WORDS = 8
GUESSES = ("hardly any", "about half", "nearly all")
DOUBTED, ANSWERED = "It says that it does not know.", "It gives an answer."
DOUBTS = ("not know", "only know", "never heard")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A question about nothing, and how many more are counted of each of two kinds."""

    question: str = "What pet does Zed have?"
    each: int = 12

    def __post_init__(self) -> None:
        """Refuse a set that is too small for an interval or too large for a few seconds."""
        within("each", (self.each,), 4, 40)


@dataclass(frozen=True, slots=True)
class Counted:
    """In `doubts` of `count` replies a model said that it does not know."""

    whose: str
    of_what: str
    doubts: int
    count: int


def run(settings: Settings, stage: Stage) -> None:
    """Ask for one thing that is not, then count over a set of such, then the learner's model."""
    own = text_of_the_learner(stage)
    question = own or settings.question
    whose = "Your question:" if own else "A question about nobody:"
    stage.terminal.say(line(whose), indented(quoted_text(harmless(question))))
    guess = stage.guess(
        f"Of {2 * settings.each} questions about people and animals that do not exist, to how many"
        " will the raw model say something rather than that it does not know?",
        GUESSES,
    )
    stage.terminal.gap()
    stage.introduce(stage.face("base"))
    _ask_both(question, stage)
    _count(settings.each, stage, guess)
    _ask_chosen(own, stage)


def _ask_both(question: str, stage: Stage) -> None:
    """The raw model with solved examples, so that it answers at all; the tuned one as it is."""
    terminal = stage.terminal
    asked = of_the_raw_model(Probe("own", question, ""))
    terminal.gap()
    raw = stage.listen(
        stage.face("base"), asked, f"Raw, with {SHOTS} solved questions put before this one"
    )
    if is_whole(raw):
        _show_confidence(raw, stage)
        terminal.gap()
    tuned = user(question, max_tokens=REPLY_TOKENS, temperature=0.0)
    reply = stage.listen(stage.face("sft"), tuned, "Tuned")
    if is_whole(reply):
        terminal.say(line(DOUBTED if doubts(reply.text) else ANSWERED))


def of_the_raw_model(probe: Probe) -> Request:
    """The open line of a quiz page, with the chances of each token of the answer."""
    known = [of_fact(fact) for fact in (*facts_of("person"), *facts_of("animal"))]
    page = as_quiz(probe, Random(SET_SEED).sample(known, SHOTS))
    return Request(
        prompt=page, max_tokens=ITEM_TOKENS, temperature=0.0, stop=("\n",), alternatives=1
    )


def _show_confidence(reply: Reply, stage: Stage) -> None:
    """How sure the model was of each piece of its answer, and of the whole."""
    words = in_words(reply)
    if not words:
        stage.terminal.say(dim("  (It wrote nothing and ended the line.)"))
        return
    names, shares = zip(*words, strict=True)
    whole = prod(shares)
    said = f"All together, {percent(whole)} for this answer, of all that it could have written."
    stage.terminal.say(
        line("How likely it held each word when it wrote it:"),
        *bars(names[:MOST_WORDS], shares[:MOST_WORDS], stage.terminal),
        line(said),
    )
    stage.note(f"The raw model gave this answer a probability of {percent(whole)}.")


def in_words(reply: Reply) -> list[tuple[str, float]]:
    """The words of a reply, each with the product of its tokens' probabilities."""
    words: list[tuple[str, float]] = []
    for one in reply.tokens:
        text, share = one.chosen.text, one.chosen.probability
        if words and not text.startswith(" "):
            words[-1] = (words[-1][0] + text.rstrip(), words[-1][1] * share)
        else:
            words.append((text.strip(), share))
    return [(harmless(word), share) for word, share in words if word]


def percent(share: float) -> str:
    """A share in per cent, with a digit more where it is small."""
    return f"{share:.0%}" if share >= 0.1 else f"{share:.2%}"  # noqa: PLR2004


def doubts(reply: str) -> bool:
    """Whether a reply of the built-in model says that it does not know."""
    return any(words in reply.lower() for words in DOUBTS)


def invented(each: int) -> list[Probe]:
    """Different questions about nobody and about no animal, `each` of both."""
    rng = Random(SET_SEED)
    found: list[Probe] = []
    for ask in (ask_stranger, ask_no_animal):
        some: dict[str, Probe] = {}
        while len(some) < each:
            probe = ask(rng, held_out=True)
            some.setdefault(probe.prompt, probe)
        found += some.values()
    return found


def real(count: int) -> list[Probe]:
    """Questions about villagers and animals that there are."""
    known = [probe for probe in withheld_fact_probes() if probe.kind in ("person", "animal")]
    return Random(SET_SEED).sample(known, min(count, len(known)))


def _tuned(probe: Probe) -> Request:
    return user(probe.prompt, max_tokens=ITEM_TOKENS, temperature=0.0)


def counted(stage: Stage, whose: str, of_what: str, some: Sequence[Probe]) -> Counted:
    """Put these questions to the raw or the tuned model and count the doubts."""
    face, request = ("base", of_the_raw_model) if whose == "raw" else ("sft", _tuned)
    replies = [hear(stage, stage.face(face), request(probe)).text.strip() for probe in some]
    return Counted(whose, of_what, sum(map(doubts, replies)), len(replies))


def _count(each: int, stage: Stage, guess: str) -> None:
    """Both on what does not exist; and the tuned one on what does, lest it doubt everything."""
    nothing, something = invented(each), real(each)
    results = [
        counted(stage, "raw", "invented", nothing),
        counted(stage, "tuned", "invented", nothing),
        counted(stage, "tuned", "real", something),
    ]
    terminal = stage.terminal
    terminal.gap()
    terminal.say(bold("Counted: who says that it does not know?"))
    terminal.say(line("Such as: " + " ".join(nothing[at].prompt for at in (0, 1, -1))))
    rows = [_row(one) for one in results]
    terminal.say(*table(("", "it doubts", "of", "95% interval"), rows, terminal))
    raw = results[0]
    said = (
        f"To {raw.count - raw.doubts} of {raw.count} the raw model said something, be it nonsense,"
        " and never that it does not know."
    )
    terminal.say(line(f"You guessed: {guess}. {said}" if guess else said))
    for one in results:
        stage.note(f"{one.whose}, {one.of_what}: says that it does not know in {_share(one)}.")


def _row(one: Counted) -> tuple[str, str, str, str]:
    low, high = wilson(one.doubts, one.count)
    name = f"{one.whose}, {one.of_what}"
    return name, str(one.doubts), str(one.count), f"{low:.2f} to {high:.2f}"


def _share(one: Counted) -> str:
    return f"{one.doubts} of {one.count}"


def _ask_chosen(own: str, stage: Stage) -> None:
    """With and without permission to doubt."""
    question = own or TREATY
    requests = [
        user(asked, max_tokens=LARGE_TOKENS) for asked in (question, f"{question} {PERMISSION}")
    ]
    speaker = stage.chosen(spending(requests))
    if speaker is None:
        return
    stage.terminal.gap()
    stage.introduce(speaker)
    labels = ("A, as it stands", "B, with permission to doubt")
    for label, request in zip(labels, requests, strict=True):
        stage.terminal.say(line(), indented(quoted_text(harmless(request.messages[-1].content))))
        reply = stage.listen(speaker, steadily(speaker, request, stage.seed), label)
        if not is_whole(reply):
            return


DEMO = Live(
    settings=Settings,
    run=run,
    title="Confident about nothing",
    line="What a model says of people, animals and treaties that never were.",
    own_text="a question about something that does not exist",
    notice=(
        "The raw model must put its probability somewhere: a name that nobody bears leads to an"
        " answer, too, smooth or nonsense, to this question or another. The tuned model was shown"
        " how to say that it does not know; that is a manner too, and it can show where it should"
        " not, or be missing where it should."
    ),
)
