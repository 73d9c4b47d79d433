"""A number that the learner turns: a key moves it, and the picture that follows moves along.

In a terminal that can paint over what stands there, arrow keys do, at once. Under --plain, in a
window too low for the picture and wherever lines are typed, a value is typed and the same picture
printed for it; where nobody sits, nothing.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tutor.screen.dial_view import Scale, dial_view, lines_of, repainted
from tutor.screen.keystrokes import can_be_watched, key_by_key
from tutor.screen.tables import short
from tutor.screen.terminal import EndOfInputError
from tutor.screen.words import Renderable, line
from tutor.stage.own_text import show
from tutor.stage.stage import Stage, no_answer

STEPS = {"right": 1, "+": 1, "=": 1, "l": 1, "left": -1, "-": -1, "h": -1}
OTHERS = {"down": 1, "j": 1, "tab": 1, "up": -1, "k": -1}
LEAVING = ("q", "\x1b")
ROOM_BELOW = 2
"""Lines that a picture leaves free, so that it never scrolls."""
Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Dial:
    """One number: its name, where it can stand, in rising order, and where it stands first."""

    name: str
    stops: Sequence[float]
    at: int = 0
    written: Callable[[float], str] = short

    def scale(self, place: int) -> Scale:
        """How it stands at one of its stops."""
        written = [self.written(stop) for stop in self.stops]
        value = written[place].rjust(max(map(len, written)))  # so that nothing else moves
        share = place / max(1, len(written) - 1)
        return Scale(self.name, value, written[0], written[-1], share)

    @property
    def span(self) -> str:
        """From where to where it goes, in words."""
        return f"{self.written(self.stops[0])} to {self.written(self.stops[-1])}"

    def holds(self, value: float) -> bool:
        """Tell whether a typed value is within its span; it need not be one of the stops."""
        return self.stops[0] <= value <= self.stops[-1]


@dataclass(frozen=True, slots=True)
class Turning:
    """One dial or several, and the picture that follows from where they stand."""

    title: str
    """What it is kept under in the notebook."""
    dials: Sequence[Dial]
    picture: Callable[[Values], Iterable[Renderable]]
    """Names the values in its first line; quick to compute, for it is drawn anew for each key."""

    def start(self) -> Values:
        """Where the dials stand at first."""
        return tuple(dial.stops[dial.at] for dial in self.dials)


def steps(low: float, high: float, by: float) -> Values:
    """Stops that are equally far apart, both ends among them."""
    count = round((high - low) / by)
    return tuple(round(low + by * number, 10) for number in range(count + 1))


def turn(stage: Stage, turning: Turning, *, typed: bool = True) -> None:
    """Let the learner turn the dials until Enter; what they saw last stays on the screen.

    A demo that takes typed values itself has none `typed` here.
    """
    if can_be_watched(stage.terminal) and _fits(stage, turning):
        stage.terminal.gap()
        _by_keys(stage, turning)
    elif typed and stage.ask is not no_answer:
        stage.terminal.gap()
        _by_lines(stage, turning)


def _fits(stage: Stage, turning: Turning) -> bool:
    """Tell whether picture and dials have room in the window."""
    places = [dial.at for dial in turning.dials]
    shown = lines_of(stage.terminal, _frame(stage, turning, places, 0))
    return shown + ROOM_BELOW <= stage.terminal.window[1]


def _frame(stage: Stage, turning: Turning, places: Sequence[int], chosen: int) -> list[Renderable]:
    picture = turning.picture(_values(turning, places))
    scales = [dial.scale(place) for dial, place in zip(turning.dials, places, strict=True)]
    return [*picture, *dial_view(scales, chosen, stage.terminal)]


def _values(turning: Turning, places: Sequence[int]) -> Values:
    return tuple(dial.stops[place] for dial, place in zip(turning.dials, places, strict=True))


def _by_keys(stage: Stage, turning: Turning) -> None:
    """Draw in place, anew for each key."""
    places, chosen = [dial.at for dial in turning.dials], 0
    with key_by_key() as keys, repainted(stage.terminal) as paint:
        paint(_frame(stage, turning, places, chosen))
        for key in keys:
            if key == "enter":
                break
            if key in LEAVING:
                raise EndOfInputError
            chosen = (chosen + OTHERS.get(key, 0)) % len(places)
            places[chosen] = _moved(key, places[chosen], len(turning.dials[chosen].stops))
            paint(_frame(stage, turning, places, chosen))
    stage.terminal.is_read()
    _leave(stage, turning, _values(turning, places))


def _moved(key: str, place: int, stops: int) -> int:
    if key in ("home", "end"):
        return 0 if key == "home" else stops - 1
    return min(stops - 1, max(0, place + STEPS.get(key, 0)))


def _leave(stage: Stage, turning: Turning, values: Values) -> None:
    """Let the last picture stand, and keep it."""
    show(stage, turning.title, *turning.picture(values))


def _by_lines(stage: Stage, turning: Turning) -> None:
    """Print the picture anew for each line that is typed; a blank one goes on."""
    names = ", ".join(f"{dial.name} ({dial.span})" for dial in turning.dials)
    values = turning.start()
    while typed := stage.ask(f"{names}. Type a value to see it, or Enter to go on: "):
        wanted = read_values(typed, turning.dials, values)
        if wanted is None:
            example = " ".join(f"{value:g}" for value in turning.start())
            stage.terminal.say(line(f"Wanted: {names}. Such as: {example}"))
        else:
            values = wanted
            _leave(stage, turning, values)


def read_values(typed: str, dials: Sequence[Dial], before: Values) -> Values | None:
    """Values as typed, those that are left out as they were; None for anything else."""
    try:
        given = [float(word) for word in typed.replace(",", " ").split()]
    except ValueError:
        return None
    values = (*given, *before[len(given) :])
    if len(values) != len(dials) or not all(map(math.isfinite, values)):
        return None
    fits = all(dial.holds(value) for dial, value in zip(dials, values, strict=True))
    return values if fits else None
