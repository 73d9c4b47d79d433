"""One weight learns one example: gradient descent, at a rate too small, right or too large."""

import math

from msgspec import Struct

from tutor.demos.parts.reading import some, within
from tutor.screen.tables import bars, short, table
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, line
from tutor.stage.contract import Computed
from tutor.stage.dial import Dial, Turning, Values


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The weight to start from, the example (x, y), learning rates, and how many steps."""

    weight: float
    x: float
    y: float
    rates: tuple[float, ...]
    steps: int

    def __post_init__(self) -> None:
        """Refuse what would not fit the screen, or a float."""
        within("weight, x and y", (self.weight, self.x, self.y), -100, 100)
        some("rates", self.rates, 6)
        within("rates", self.rates, 1e-6, 10)
        within("steps", (self.steps,), 1, 20)


def loss(weight: float, x: float, y: float) -> float:
    """Squared error of the prediction weight * x."""
    return (weight * x - y) ** 2


def gradient(weight: float, x: float, y: float) -> float:
    """How steeply the loss rises with the weight."""
    return 2 * (weight * x - y) * x


def descend(settings: Settings, rate: float) -> list[float]:
    """Return the weight before the first step and after each."""
    weights = [settings.weight]
    for _ in range(settings.steps):
        weights.append(weights[-1] - rate * gradient(weights[-1], settings.x, settings.y))
    return weights


def verdict(settings: Settings, rate: float) -> str:
    """Say what the rate does; each step multiplies the error by 1 - 2 * rate * x squared."""
    factor = 1 - 2 * rate * settings.x**2
    if gradient(settings.weight, settings.x, settings.y) == 0:
        return "the gradient is 0, nothing moves"
    if math.isclose(factor, -1):
        return "jumps to and fro for ever"
    if factor < -1:
        return "too large, the loss grows at every step"
    if math.isclose(factor, 0, abs_tol=1e-12):
        return "right in one step"
    return "overshoots each time, but settles" if factor < 0 else "goes down steadily"


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the rule, then each rate's weights and losses."""
    weight, x, y = settings.weight, settings.x, settings.y
    say = terminal.say
    say(bold("COMPUTED: one weight w learns one example by gradient descent."))
    say(line(f"Input x = {short(x)}, target y = {short(y)}. The prediction is w × x."))
    say(line("The loss is the error squared; its gradient is 2 × error × x."))
    say(line("Each step takes rate × gradient away from w."))
    slope = short(gradient(weight, x, y))
    say(line(f"At the start w = {short(weight)}, so the gradient is {slope}."))
    for rate in settings.rates:
        terminal.gap()
        say(bold(f"rate {short(rate)}: {verdict(settings, rate)}"))
        rows = [
            (str(step), short(w), short(loss(w, x, y)))
            for step, w in enumerate(descend(settings, rate))
        ]
        say(*table(("step", "w", "loss"), rows, terminal))


RATES = (0.001, 0.005, 0.01, 0.02, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.225, 0.25, 0.275, 0.3, 0.5)


def turned(settings: Settings, terminal: Terminal) -> Turning:
    """The rate under the learner's keys: the loss after each step."""

    def picture(values: Values) -> list[Renderable]:
        (rate,) = values
        losses = [loss(w, settings.x, settings.y) for w in descend(settings, rate)]
        most = max(*losses, 1e-300)
        return [
            bold(f"rate {short(rate)}: {verdict(settings, rate)}"),
            line("The loss, on the scale of the largest:"),
            *bars(
                [f"step {step}" for step in range(len(losses))],
                [one / most for one in losses],
                terminal,
                [short(one) for one in losses],
            ),
        ]

    return Turning("the rate, by hand", [Dial("rate", RATES, at=RATES.index(0.1))], picture)


DEMO = Computed(
    title="One parameter learns one example",
    line=(
        "One weight learns one example: gradient descent, at a rate too small, right or too large."
    ),
    settings=Settings,
    run=run,
    turn=turned,
    example=Settings(
        weight=0.5,
        x=2.0,
        y=3.0,
        rates=(0.01, 0.1, 0.3),
        steps=6,
    ),
)
