"""Choose between two replies of a real model, then meet the model that such choices made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.reading import within
from tutor.providers.talk import Reply, user
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.words import bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import hear, is_whole, text_of_the_learner
from tutor.stage.passages import passage
from tutor.stage.stage import Stage
from tutor.tinylm.faces import WEIGHTS, shipped
from tutor.tinylm.measuring import results
from tutor.tinylm.world import taste, wider_taste
from tutor.tinylm.world.editions import shipped as shipped_edition
from tutor.tinylm.world.probes import Probe

PROBES = (
    Probe("asked", "Where does the owl live?", "The owl lives in the forest.", ("forest",)),
    Probe("asked", "What is 17 + 25?", "17 + 25 = 42", ("42",)),
    Probe("asked", "What is the opposite of hot?", "The opposite of hot is cold.", ("cold",)),
    Probe("asked", "What colour is the sky?", "The sky is blue.", ("blue",)),
    Probe("asked", "What is the capital of Kenya?", "Its capital is Nairobi.", ("Nairobi",)),
)
ON_THE_CARD = ("unseen", "friendly", "rude")
TRIES, DRAWN = 3, 12
"""So often a choice is asked for again; so many replies are drawn to find two that differ."""
GUESSES = ("more of them right", "a warmer tone", "shorter replies", "nothing to speak of")


Rating = taste.Rating | wider_taste.Rating
"""What the rater noticed in a reply; which rater it is, the edition of the box says."""


def rate(probe: Probe, reply: str) -> Rating:
    """A reply as the rater of the shipped model reads it."""
    return shipped_edition().talk.rate(probe, reply)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many pairs are put to the learner."""

    pairs: int = len(PROBES)

    def __post_init__(self) -> None:
        """Refuse more pairs than there are questions."""
        within("pairs", (self.pairs,), 1, len(PROBES))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two replies to one question, as the rater's formula reads them."""

    probe: Probe
    replies: tuple[str, str]
    ratings: tuple[Rating, Rating]

    @property
    def better(self) -> int:
        """Which one the formula prefers: 0 or 1."""
        return int(self.ratings[1].score > self.ratings[0].score)


Vote = tuple[Pair, int]
"""A pair, and which of the two was chosen: 0 or 1."""


def run(settings: Settings, stage: Stage) -> None:
    """Let the learner choose, count what won, and show what training on choices has made."""
    own = harmless(text_of_the_learner(stage))
    probes = (Probe("own", own, ""),) if own else PROBES[: settings.pairs]
    stage.terminal.say(bold("LIVE: two replies of the tuned model, drawn now. You choose."))
    stage.introduce(stage.face("sft"))
    votes = _cast(probes, stage)
    if not votes:
        pairs = [_pair(probe, stage) for probe in probes]
        votes = [(pair, pair.better) for pair in pairs]
        _show_example(votes, stage)
    _show_what_won(votes, stage)
    guess = stage.guess(
        "Now a model that was trained on thousands of choices. What will differ most?", GUESSES
    )
    trained = [_heard("rlhf", probe, stage.seed, stage) for probe in probes]
    _show_trained(probes, trained, stage)
    if not own:
        _show_counts([pair for pair, _ in votes], trained, probes, stage)
    if guess:
        stage.terminal.say(line(f"You guessed: {guess}."))
    _note(votes, stage)


def _pair(probe: Probe, stage: Stage) -> Pair:
    """Two replies to one question; of a dozen, the first two that differ in what counts."""
    drawn = (_heard("sft", probe, 100 * stage.seed + number, stage) for number in range(DRAWN))
    first = next(drawn)
    second = _unlike(first, drawn, probe)
    return Pair(probe, (first, second), (rate(probe, first), rate(probe, second)))


def _unlike(first: str, others: Iterable[str], probe: Probe) -> str:
    """The first reply that the formula rates otherwise; else the first in other words, if any."""
    worded = first
    for other in others:
        if rate(probe, other).score != rate(probe, first).score:
            return other
        worded = other if worded == first else worded
    return worded


def _heard(face: str, probe: Probe, seed: int, stage: Stage) -> str:
    request = user(probe.prompt, max_tokens=60, temperature=1.0, seed=seed)
    reply: Reply = hear(stage, stage.face(face), request)
    return " ".join(harmless(reply.text).split()) if is_whole(reply) else ""


def _cast(probes: Sequence[Probe], stage: Stage) -> list[Vote]:
    """Draw a pair, ask about it, draw the next, until nobody answers any more."""
    votes: list[Vote] = []
    for number, probe in enumerate(probes, 1):
        pair = _pair(probe, stage)
        _show_pair(f"{number} of {len(probes)}", pair, stage)
        choice = _choice(stage)
        if choice is None:
            break
        if choice:
            votes.append((pair, int(choice) - 1))
    return votes


def _show_pair(place: str, pair: Pair, stage: Stage) -> None:
    stage.terminal.gap()
    stage.terminal.say(bold(place), indented(quoted_text(pair.probe.prompt), 2))
    for name, reply in zip("12", pair.replies, strict=True):
        stage.terminal.say(*passage(name, reply, stage.terminal))


def _choice(stage: Stage) -> str | None:
    """Read 1 or 2; "" for neither; None when nobody answers."""
    for _ in range(TRIES):
        typed = stage.ask("Which reply would you rather get, 1 or 2? (Enter: neither)> ")
        if typed is None or typed.strip() in ("1", "2", ""):
            return typed if typed is None else typed.strip()
        stage.terminal.say(dim("Type 1 for the first, 2 for the second, or Enter alone."))
    return ""


def _show_example(votes: Sequence[Vote], stage: Stage) -> None:
    """What stands for choices where nobody chooses: the formula's."""
    stage.terminal.gap()
    stage.terminal.say(line("Nobody chose, so the choices of the tutor's rater are shown:"))
    for pair, choice in votes:
        cells = zip(("chosen", "not chosen"), (choice, 1 - choice), strict=True)
        stage.terminal.gap()
        stage.terminal.say(quoted_text(pair.probe.prompt))
        for name, place in cells:
            stage.terminal.say(*passage(name, pair.replies[place], stage.terminal))


MARKS: dict[str, Callable[[Rating], bool]] = {
    "the right one": lambda rating: rating.right,
    "the friendly one": lambda rating: rating.opening or rating.closing,
    "the one that is not rude": lambda rating: not rating.rude,
}


def what_won(votes: Sequence[Vote]) -> list[tuple[str, int, int]]:
    """For each mark that only one reply of a pair had: its name, how often it won, of how many."""
    found = []
    for name, has in MARKS.items():
        told = [(pair, choice) for pair, choice in votes if len(set(map(has, pair.ratings))) > 1]
        won = sum(bool(has(pair.ratings[choice])) for pair, choice in told)
        found.append((name, won, len(told)))
    return [row for row in found if row[2]]


def _show_what_won(votes: Sequence[Vote], stage: Stage) -> None:
    agreed = sum(choice == pair.better for pair, choice in votes)
    cells = [(name, f"{won} of {of}") for name, won, of in what_won(votes)]
    stage.terminal.gap()
    stage.terminal.say(bold("Where only one of the two had it, which was chosen?"))
    if cells:
        stage.terminal.say(*table(("", "chosen"), cells, stage.terminal))
    else:
        stage.terminal.say(line("In none of these pairs did the two differ in that."))
    stage.terminal.say(
        line(f"The tutor's own rater, a formula, agrees with {agreed} of {len(votes)} choices.")
    )


def _show_trained(probes: Sequence[Probe], replies: Sequence[str], stage: Stage) -> None:
    stage.terminal.gap()
    stage.terminal.say(bold("The same, asked of the model that was trained on such choices:"))
    for probe, reply in zip(probes, replies, strict=True):
        stage.terminal.say(quoted_text(probe.prompt), indented(line(reply or "(nothing)"), 2))


def _show_counts(
    pairs: Sequence[Pair], trained: Sequence[str], probes: Sequence[Probe], stage: Stage
) -> None:
    """Right, rude and friendly replies before and after."""
    before = [rating for pair in pairs for rating in pair.ratings]
    after = [rate(probe, reply) for probe, reply in zip(probes, trained, strict=True)]
    cells = [
        (name, _share(ratings, "right"), _share(ratings, "friendly"), _share(ratings, "rude"))
        for name, ratings in (("before", before), ("after", after))
    ]
    stage.terminal.gap()
    stage.terminal.say(*table(("", "right", "friendly", "rude"), cells, stage.terminal))
    stage.terminal.say(
        dim(
            "The pairs were picked to differ, so they are no fair sample. And it was not trained"
            " on your choices: a formula compared thousands of replies for it."
        ),
        line("A fair sample, as the model's card has it, of prompts that tuning never saw:"),
        *table(("", "right", "friendly", "rude"), on_the_card(), stage.terminal),
    )


def on_the_card() -> list[tuple[str, ...]]:
    """What preferences changed: truth at the likeliest reply, manners as they are drawn."""
    with shipped(WEIGHTS / "scores.json") as path:
        columns = results.read(path).columns
    return [
        (name, *(f"{columns[column].figures[one].value:.0%}" for one in ON_THE_CARD))
        for name, column in (("before", results.SFT), ("after", results.PREFERENCE))
    ]


def _share(ratings: Sequence[Rating], what: str) -> str:
    counts = {
        "right": sum(rating.right for rating in ratings),
        "friendly": sum(rating.opening or rating.closing for rating in ratings),
        "rude": sum(rating.rude for rating in ratings),
    }
    return f"{counts[what]} of {len(ratings)}"


def _note(votes: Sequence[Vote], stage: Stage) -> None:
    stage.note("**Two replies.** What was chosen:")
    for pair, choice in votes:
        stage.note(f"{pair.probe.prompt} {pair.replies[choice]}")


DEMO = Live(
    settings=Settings,
    run=run,
    title="Which reply would you rather get?",
    line="Choose between two replies of the tuned model, then see what such choices made of it.",
    own_text="a question of your own, to choose between two replies to it",
    notice=(
        "You told it nothing but which of two. Thousands of such choices by a formula changed the"
        " model. See what changed more, its tone or how often it is right."
    ),
)
