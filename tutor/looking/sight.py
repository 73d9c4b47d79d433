"""Where the learner looks, what they changed, and where a key leads: values, nothing computed."""

from dataclasses import dataclass, replace
from enum import Enum

from tutor.looking.deeds import Deed
from tutor.tinylm.inside.changes import Head, Mlp, Part
from tutor.tinylm.shape import Shape

STRONGEST, NOTCH = 4.0, 0.25
"""How far the dial of a push goes, and how finely."""
HOTTEST, COOLER = 3.0, 0.1
LEAST_MASS, MASS = 0.1, 0.1


class Pane(Enum):
    """The panes, in the order of their numbers."""

    ATTENTION = 1
    LENS = 2
    PARTS = 3
    PATCH = 4
    NEXT = 5


@dataclass(frozen=True, slots=True)
class Carried:
    """The state of the other text that is put in after so many layers at a place."""

    after: int
    place: int


@dataclass(frozen=True, slots=True)
class Steer:
    """A push: its direction by name, and where it is added with which strength."""

    name: str
    after: int
    place: int
    strength: float


@dataclass(frozen=True, slots=True)
class Changed:
    """All that is changed in the model, by name."""

    without: frozenset[Part] = frozenset()
    carried: frozenset[Carried] = frozenset()
    steer: Steer | None = None

    def __bool__(self) -> bool:
        return bool(self.without or self.carried or self.steer)


NOTHING = Changed()


@dataclass(frozen=True, slots=True)
class Sight:
    """Where the learner looks."""

    model: str
    text: str
    said: tuple[int, ...] = ()
    """Tokens that the model wrote after the text."""
    other: str = ""
    """The second text, whose states can be put in."""
    pane: Pane = Pane.ATTENTION
    layer: int = 0
    column: int = 0
    """A head of the layer, from 0; behind the last one stands the MLP."""
    place: int = 0
    after: int = 0
    token: int | None = None
    """The next token whose chance is followed; None: the one that is likeliest unchanged."""
    temperature: float = 1.0
    top_p: float = 1.0
    changed: Changed = NOTHING

    def part(self, shape: Shape) -> Part:
        """The part under the cursor."""
        return Head(self.layer, self.column) if self.column < shape.heads else Mlp(self.layer)


def moved(sight: Sight, deed: Deed, shape: Shape, places: int) -> Sight:
    """Where an arrow leads in the pane that is looked at; at an edge it stays."""
    step = 1 if deed in (Deed.RIGHT, Deed.DOWN) else -1
    sideways = deed in (Deed.LEFT, Deed.RIGHT)
    match sight.pane:
        case Pane.ATTENTION if sideways:
            return along_the_heads(sight, step, shape)
        case Pane.ATTENTION:
            return replace(sight, place=clipped(sight.place + step, places), token=None)
        case Pane.PARTS if sideways:
            return replace(sight, column=clipped(sight.column + step, shape.heads + 1))
        case Pane.PARTS:
            return replace(sight, layer=clipped(sight.layer + step, shape.layers))
        case Pane.LENS | Pane.PATCH | Pane.NEXT if sideways:
            return replace(sight, place=clipped(sight.place + step, places), token=None)
        case Pane.LENS | Pane.PATCH:
            return replace(sight, after=clipped(sight.after + step, shape.layers + 1))
        case Pane.NEXT:
            return sight  # the laboratory knows which token is the next one on the list


def along_the_heads(sight: Sight, step: int, shape: Shape) -> Sight:
    """The head beside this one; behind a layer's last one, the next layer's first."""
    head = min(sight.column, shape.heads - 1)
    number = clipped(sight.layer * shape.heads + head + step, shape.layers * shape.heads)
    return replace(sight, layer=number // shape.heads, column=number % shape.heads)


def clipped(number: int, count: int) -> int:
    """The nearest number from 0 to below `count`."""
    return max(0, min(number, count - 1))


def toggled(sight: Sight, part: Part) -> Sight:
    """The part out, or back in again."""
    changed = replace(sight.changed, without=sight.changed.without ^ {part})
    return replace(sight, changed=changed)


def carried_over(sight: Sight) -> Sight:
    """The other text's state put in at the cursor, or taken out again."""
    carried = sight.changed.carried ^ {Carried(sight.after, sight.place)}
    return replace(sight, changed=replace(sight.changed, carried=carried))


def turned(sight: Sight, notches: int) -> Sight:
    """The push stronger or weaker."""
    steer = sight.changed.steer
    if steer is None:
        return sight
    strength = max(-STRONGEST, min(STRONGEST, steer.strength + notches * NOTCH))
    return replace(sight, changed=replace(sight.changed, steer=replace(steer, strength=strength)))


def shifted(sight: Sight, layers: int, shape: Shape) -> Sight:
    """The push a layer earlier or later."""
    steer = sight.changed.steer
    if steer is None:
        return sight
    steer = replace(steer, after=clipped(steer.after + layers, shape.layers + 1))
    return replace(sight, changed=replace(sight.changed, steer=steer))


def hotter(sight: Sight, notches: int) -> Sight:
    """Another temperature."""
    temperature = round(min(HOTTEST, max(0.0, sight.temperature + notches * COOLER)), 2)
    return replace(sight, temperature=temperature)


def wider(sight: Sight, notches: int) -> Sight:
    """Another top-p."""
    return replace(sight, top_p=round(min(1.0, max(LEAST_MASS, sight.top_p + notches * MASS)), 2))


def unchanged(sight: Sight) -> Sight:
    """All of the model back as it was."""
    return replace(sight, changed=NOTHING)


def asked_otherwise(sight: Sight, text: str) -> Sight:
    """Another text: what was written after the old one, and carried into it, is gone."""
    changed = replace(sight.changed, carried=frozenset(), steer=None)
    return replace(sight, text=text, said=(), token=None, changed=changed)


def beside(sight: Sight, other: str) -> Sight:
    """Another second text."""
    changed = replace(sight.changed, carried=frozenset())
    pane = Pane.PATCH if other else sight.pane
    return replace(sight, other=other, changed=changed, pane=pane)
