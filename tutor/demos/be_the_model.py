"""Be the model: bet on the next word, and be scored as a model is scored in training."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from tutor.demos.parts.reading import different, some, within
from tutor.errors import ProviderError
from tutor.providers.built_in import BuiltIn, built_in, prompt_tokens
from tutor.providers.talk import Request
from tutor.screen.bars import counted
from tutor.screen.pieces import piece_of
from tutor.screen.streaming import harmless
from tutor.screen.tables import table
from tutor.screen.words import Renderable, bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.own_text import asked_again, own_text, refuse, show
from tutor.stage.stage import Stage
from tutor.tinylm.model import log_probabilities

QUESTION = "How unsure will you be, on average? As if each time you chose evenly among …"
GUESSES = (
    "fewer than 2 words: nearly sure each time",
    "2 to 4 words",
    "more than 4 words: worse than even bets",
)
HOW_TO_BET = "Your points, such as {0} (Enter: enough): "
WRONG_BET = "{0} numbers are wanted, none below 0 and not all 0."
AGAIN = "A sentence of yours for the model (Enter: go on): "
MOST_ROWS = 40
POINTS = 100.0
MOST_POINTS = 1e6
LEAST = 0.1
"""Points: a bet of nothing counts as this, or one zero would make the loss infinite."""
CLAMPED = "A bet below 0.1 point counts as 0.1: at zero, the loss would be infinite."
RENORMALISED = "The model's chances for these words alone, made to add up to 100."


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Rounds: a beginning and the words to bet on, the one that came first, divided by "|".

    `bets` are the points of a player who is not there, for each round in the same order.
    """

    rounds: tuple[str, ...] = (
        "The opposite of big is | small | large | red | old",
        "The capital of Italy is | Rome | Milan | Venice | Paris",
        "Once upon a time there was a | shy | kind | proud | greedy",
        "The owl | hoots | eats | lives | barks",
        "Tom put the key into the box. Then he opened the | box | door | window | key",
        "Mira lives in Willowbrook and works as a | baker | tailor | doctor | farmer",
    )
    bets: tuple[str, ...] = (
        "80 18 1 1",
        "97 1 1 1",
        "25 25 25 25",
        "40 25 25 10",
        "30 60 10 0",
        "0 100 0 0",
    )

    def __post_init__(self) -> None:
        """Refuse rounds without words to choose from, and bets that do not fit them."""
        some("rounds", self.rounds, 12)
        if len(self.bets) != len(self.rounds):
            raise ValueError(f"{len(self.bets)} bets, but {len(self.rounds)} rounds")
        for text, bet in zip(self.rounds, self.bets, strict=True):
            if read_bet(bet, len(read_round(text).words)) is None:
                raise ValueError(f"bets: {bet!r} does not fit {text!r}")


@dataclass(frozen=True, slots=True)
class Round:
    """A beginning, the words to bet on, and which of them came."""

    before: str
    words: tuple[str, ...]
    came: str


@dataclass(frozen=True, slots=True)
class Played:
    """A round with both bets, in points that add up to 100, in the order of its words."""

    round: Round
    learner: tuple[float, ...]
    model: tuple[float, ...]

    def on_what_came(self, bets: Sequence[float]) -> float:
        """The points that stood on the word that came."""
        return bets[self.round.words.index(self.round.came)]


def read_round(text: str) -> Round:
    """Read "The sky is | blue | red"; the words are then put in order of the alphabet."""
    before, *words = (part.strip() for part in text.split("|"))
    some(f"{before}: words", words, 6, least=2)
    different(f"{before}: words", words)
    within("words: characters", (len(word) for word in (before, *words)), 1, 200)
    return Round(before, tuple(sorted(words)), words[0])


def read_bet(typed: str, count: int) -> tuple[float, ...] | None:
    """Read so many points and scale them to a sum of 100; None for anything else."""
    try:
        points = [float(word) for word in typed.replace(",", " ").split()]
    except ValueError:
        return None
    total = sum(points)
    if len(points) != count or not all(0 <= one <= MOST_POINTS for one in points) or not total:
        return None
    return tuple(POINTS * one / total for one in points)


def in_order(of: Round, text: str, bet: str) -> tuple[float, ...]:
    """Points written in the order of a setting, in the order of the round's words."""
    words = [part.strip() for part in text.split("|")][1:]
    points = dict(zip(words, read_bet(bet, len(words)) or (), strict=True))
    return tuple(points[word] for word in of.words)


def loss(points: float) -> float:
    """The log loss in nats of so many points out of 100 on what came."""
    return -math.log(max(points, LEAST) / POINTS)


def perplexity(losses: Sequence[float]) -> float:
    """Exponential of the mean loss: among how many equal chances one was, on average."""
    return math.exp(sum(losses) / len(losses))


def model_bets(base: BuiltIn, one: Round) -> tuple[float, ...]:
    """The model's points: the chance of each word after the beginning, made to add up to 100."""
    logs = [log_chance(base, one.before, word) for word in one.words]
    shares = [math.exp(log - max(logs)) for log in logs]
    return tuple(POINTS * share / sum(shares) for share in shares)


def log_chance(base: BuiltIn, before: str, word: str) -> float:
    """The log-probability that a text goes on with this word: of all its tokens, one by one."""
    tokens, _ = prompt_tokens(base, Request(prompt=before))
    added = base.tokenizer.encode(f" {word}")
    return float(log_probabilities(base.model, [*tokens, *added])[-len(added) :].sum())


def run(settings: Settings, stage: Stage) -> None:
    """The learner bets, then the model; or the model guesses the learner's own sentence."""
    try:
        own = own_text(stage)
        base = built_in("base")
        if own:
            stage.introduce(base)
            guess_words(stage, base, own)
        else:
            play(settings, stage, base)
    except ProviderError as error:
        refuse(stage, error)
    while (text := asked_again(stage, AGAIN)) is not None:
        try:
            guess_words(stage, built_in("base"), text)
        except ProviderError as error:
            refuse(stage, error)


def play(settings: Settings, stage: Stage, base: BuiltIn) -> None:
    """All rounds, then both scores."""
    say = stage.terminal.say
    say(line("You are the model: words of a text are hidden, and you bet 100 points on each."))
    say(dim(CLAMPED))
    guess = stage.guess(QUESTION, GUESSES)
    stage.introduce(base)
    rounds = [read_round(text) for text in settings.rounds]
    played = learner_plays(stage, base, rounds)
    who = "you"
    if not played:
        who = "example"
        say(line("Nobody bets, so example bets are played: made up, and none too careful."))
        played = [
            Played(one, in_order(one, text, bet), model_bets(base, one))
            for one, text, bet in zip(rounds, settings.rounds, settings.bets, strict=True)
        ]
        for one in played:
            outcome(stage, one, who)
    score(stage, played, who, guess)


def learner_plays(stage: Stage, base: BuiltIn, rounds: Sequence[Round]) -> list[Played]:
    """As many rounds as the learner bets in."""
    played: list[Played] = []
    for number, one in enumerate(rounds, 1):
        bet = asked_bet(stage, one, f"{number} of {len(rounds)}")
        if bet is None:
            break
        played.append(Played(one, bet, model_bets(base, one)))
        outcome(stage, played[-1], "you")
        stage.terminal.gap()
    return played


def asked_bet(stage: Stage, one: Round, number: str) -> tuple[float, ...] | None:
    """A bet that can be read, or None where there is none to come."""
    even = " ".join([str(round(POINTS / len(one.words)))] * len(one.words))
    question = HOW_TO_BET.format(even)
    asked = f"{number}: {one.before} …\n  {'   '.join(one.words)}\n{question}"
    while typed := stage.ask(asked):
        bet = read_bet(typed, len(one.words))
        if bet is not None:
            return bet
        stage.terminal.say(line(WRONG_BET.format(len(one.words))))
        asked = question
    return None


def outcome(stage: Stage, one: Played, who: str) -> None:
    """One round: both bets on each word, and what came."""
    rows = [
        (f"{word}{' (came)' if word == one.round.came else ''}", _points(mine), _points(its))
        for word, mine, its in zip(one.round.words, one.learner, one.model, strict=True)
    ]
    heads = ("" if stage.terminal.look.plain else "word", who, "model")
    stage.terminal.gap()
    stage.terminal.say(bold(f"{one.round.before} {one.round.came}"))
    stage.terminal.say(*table(heads, rows, stage.terminal))


def _points(points: float) -> str:
    return f"{points:.1f}"


def score(stage: Stage, played: Sequence[Played], who: str, guess: str) -> None:
    """The losses of both, their perplexities, and what even bets would have had."""
    mine = [loss(one.on_what_came(one.learner)) for one in played]
    its = [loss(one.on_what_came(one.model)) for one in played]
    even = [math.log(len(one.round.words)) for one in played]
    names = ("example bets" if who == "example" else who, "the model", "even bets")
    rows = [
        (name, f"{sum(losses) / len(losses):.2f}", f"{perplexity(losses):.2f}")
        for name, losses in zip(names, (mine, its, even), strict=True)
    ]
    heads = ("", "mean loss (nats)", "perplexity")
    stage.terminal.gap()
    shown: list[Renderable] = [bold(f"Over {counted(len(played), 'word')}")]
    shown += table(heads, rows, stage.terminal)
    shown += [line(dearest(played, mine)), dim(RENORMALISED)]
    show(stage, f"be-the-model: {who} against built-in base", *shown)
    if guess:
        came = f"It came to {perplexity(mine):.1f}: that is the perplexity."
        stage.terminal.say(dim(f"You guessed: {harmless(guess)}. {came}"))


def dearest(played: Sequence[Played], losses: Sequence[float]) -> str:
    """The one round that cost most, and what the rest would have made without it."""
    worst = max(range(len(losses)), key=lambda place: losses[place])
    one = played[worst]
    points = _points(one.on_what_came(one.learner))
    said = f"The dearest bet: {points} points on {one.round.came!r}, loss {losses[worst]:.2f}."
    rest = [each for place, each in enumerate(losses) if place != worst]
    return f"{said} Without it, perplexity {perplexity(rest):.2f}." if rest else said


def guess_words(stage: Stage, base: BuiltIn, text: str) -> None:
    """The learner's sentence as the model meets it: each token with the chance that it had."""
    tokens, _ = prompt_tokens(base, Request(prompt=text))
    logs = [float(log) for log in log_probabilities(base.model, tokens)]
    rows = [
        (piece_of(base.tokenizer, token, stage.terminal.look), _chance(log), f"{-log + 0.0:.2f}")
        for token, log in list(zip(tokens[1:], logs, strict=True))[:MOST_ROWS]
    ]
    heads = ("" if stage.terminal.look.plain else "token", "chance", "loss")
    more = [line(f"  and {counted(len(logs) - MOST_ROWS, 'more token')}")]
    stage.terminal.gap()
    show(
        stage,
        "be-the-model: the built-in base model guesses",
        bold("The model bets on each token of your text before it sees it"),
        *table(heads, rows, stage.terminal),
        *(more if len(logs) > MOST_ROWS else []),
        line(summary(logs, len(base.tokenizer))),
    )


def summary(logs: Sequence[float], vocabulary: int) -> str:
    """Mean loss and perplexity of log-probabilities, in words."""
    losses = [-log for log in logs]
    found = f"{perplexity(losses):,.1f}"
    mean = f"Mean loss {sum(losses) / len(losses):.2f} nats, perplexity {found} a token."
    return f"{mean} Even chances for all {vocabulary:,} tokens would have {vocabulary:,}."


def _chance(log: float) -> str:
    share = math.exp(log)
    return f"{share:.1%}" if share >= LEAST / POINTS else f"1 in {1 / share:,.0f}"


DEMO = Live(
    settings=Settings,
    run=run,
    title="Be the model",
    line="Bet 100 points on the next word, six times, and see your loss beside the model's.",
    own_text="a sentence whose words the model must guess, one after the other",
    notice=(
        "One zero on the word that came costs about what four perfect bets win. To spread "
        "points where you do not know is what training teaches a model to do."
    ),
)
