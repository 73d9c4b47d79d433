"""What a line typed in a meeting means: something to say, or an order that starts with a colon."""

from dataclasses import dataclass
from typing import TypeAlias

from tutor.errors import UnknownNameError
from tutor.tinylm.faces import FACES


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the model."""

    text: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """One of the suggestions on the screen, counted from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Speak:
    """Who is to speak from now on."""

    faces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookUnder:
    """Show the chances of the next token after so many tokens of the reply."""

    place: int = 0


@dataclass(frozen=True, slots=True)
class Attend:
    """Show what a head looks at; without numbers, what every head looks at most."""

    layer: int | None = None
    head: int | None = None


@dataclass(frozen=True, slots=True)
class SetSeed:
    """Draw with another seed."""

    seed: int


@dataclass(frozen=True, slots=True)
class SetTemperature:
    """Draw at another temperature."""

    temperature: float


@dataclass(frozen=True, slots=True)
class Score:
    """Show beside each reply what the reward model and the rater say of it; again: no more."""


@dataclass(frozen=True, slots=True)
class Anew:
    """Forget what was said."""


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Show the model card."""


@dataclass(frozen=True, slots=True)
class Explain:
    """Show the orders."""


@dataclass(frozen=True, slots=True)
class Leave:
    """End the meeting."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """An order that is none; `why` says what to type."""

    why: str


Order: TypeAlias = (
    Say
    | Suggested
    | Speak
    | LookUnder
    | Attend
    | SetSeed
    | SetTemperature
    | Score
    | Anew
    | ShowCard
    | Explain
    | Leave
    | NotUnderstood
)

SPEAKERS = {
    "off": ("base",),
    "on": ("sft",),
    "cherry": ("rlhf",),
    "over": ("over-optimised",),
    "all": FACES,
}
PLAIN_ORDERS: dict[str, Order] = {
    "r": Score(),
    "rewards": Score(),
    "new": Anew(),
    "card": ShowCard(),
    "?": Explain(),
    "help": Explain(),
    "q": Leave(),
    "quit": Leave(),
}
BARE = {"?": "?", "q": "q", "quit": "q", "exit": "q", "bye": "q"}
"""What is an order even without a colon: nobody says these to a model."""
HOTTEST = 5.0


def speakers(name: str) -> tuple[str, ...]:
    """The faces that a name in `SPEAKERS` stands for, or the face of this name.

    UnknownNameError for any other.
    """
    if name in FACES:
        return (name,)
    if name not in SPEAKERS:
        known = ", ".join(SPEAKERS)
        raise UnknownNameError(f"There is no face {name!r}.", hint=f"Type one of: {known}.")
    return SPEAKERS[name]


def read_order(line: str, suggestions: int) -> Order:
    """Read a typed line, where so many suggestions stand on the screen."""
    text = line.strip()
    if text.isdecimal() and 1 <= int(text) <= suggestions:
        return Suggested(int(text))
    if text.casefold() in BARE:
        text = f":{BARE[text.casefold()]}"
    if not text.startswith(":"):
        return Say(text) if text else NotUnderstood("Type something to say, or :? for the orders.")
    name, *rest = text[1:].casefold().split() or [""]
    return _order(name, rest)


def _order(name: str, rest: list[str]) -> Order:
    if name in SPEAKERS:
        return Speak(SPEAKERS[name])
    if name in PLAIN_ORDERS:
        return PLAIN_ORDERS[name]
    match name:
        case "u" | "under":
            return _look_under(rest)
        case "a" | "attention":
            return _attend(rest)
        case "seed" | "temp":
            return _set(name, rest)
        case _:
            return NotUnderstood(f":{name[:20]} is no order; :? shows them all.")


def _look_under(rest: list[str]) -> Order:
    if rest and not rest[0].isdecimal():
        return NotUnderstood("Type :u, or :u 3 for the place after three tokens of the reply.")
    return LookUnder(int(rest[0]) if rest else 0)


def _attend(rest: list[str]) -> Order:
    if not rest:
        return Attend()
    if len(rest) == 2 and all(one.isdecimal() for one in rest):  # noqa: PLR2004  a layer and a head
        return Attend(int(rest[0]), int(rest[1]))
    return NotUnderstood("Type :a for an overview, or :a 2 3 for layer 2, head 3.")


def _set(name: str, rest: list[str]) -> Order:
    try:
        if name == "seed":
            return SetSeed(int(rest[0]))
        temperature = float(rest[0].replace(",", "."))
    except (IndexError, ValueError):
        return NotUnderstood("Type a number with it: :seed 7, or :temp 0.7.")
    if not 0 <= temperature <= HOTTEST:
        return NotUnderstood(f"A temperature lies between 0 and {HOTTEST:g}.")
    return SetTemperature(temperature)
