"""What can be changed inside a model while it reads: parts taken out, states put in, a push."""

from dataclasses import dataclass, replace

from tutor.tinylm.model import Array
from tutor.tinylm.shape import Shape


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """A head of a layer, both counted from 0; people count from 1: "4.2"."""

    layer: int
    head: int

    def __str__(self) -> str:
        return f"{self.layer + 1}.{self.head + 1}"

    @classmethod
    def named(cls, name: str) -> "Head":
        """The head that people call "4.2"; ValueError if that is no name of one."""
        layer, head = map(int, name.split("."))
        return cls(layer - 1, head - 1)


@dataclass(frozen=True, slots=True, order=True)
class Mlp:
    """The MLP of a layer, counted from 0."""

    layer: int

    def __str__(self) -> str:
        return f"MLP {self.layer + 1}"


Part = Head | Mlp
"""What adds to the residual stream, and can be taken out: it then adds nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A state of another pass, put in the place of this one's after so many layers (0: before)."""

    after: int
    place: int
    state: Array  # (width,)


@dataclass(frozen=True, slots=True, eq=False)
class Push:
    """A direction added after so many layers, to the places from `begin` up to before `end`.

    The start of the text is best left alone: its state is far larger than all others.
    """

    after: int
    direction: Array  # (width,)
    strength: float = 1.0
    begin: int = 1
    end: int | None = None

    def places(self, first: int) -> slice:
        """Which rows of a stream are pushed whose first row is the place `first`."""
        end = None if self.end is None else max(0, self.end - first)
        return slice(max(0, self.begin - first), end)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """All that is changed in a pass."""

    without: frozenset[Part] = frozenset()
    patches: tuple[Patch, ...] = ()
    pushes: tuple[Push, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.without or self.patches or self.pushes)

    def minus(self, *parts: Part) -> "Changes":
        """The same, with these parts taken out as well."""
        return replace(self, without=self.without | set(parts))

    def removed_heads(self, layer: int) -> list[int]:
        """Which heads of a layer are out."""
        return sorted(p.head for p in self.without if isinstance(p, Head) and p.layer == layer)

    def put_in(self, after: int, x: Array, first: int = 0) -> Array:
        """The stream x (…, T, width) of the places from `first` on with what is put in there."""
        patches = [one for one in self.patches if one.after == after and one.place >= first]
        pushes = [one for one in self.pushes if one.after == after]
        if patches or pushes:
            x = x.copy()
        for push in pushes:
            x[..., push.places(first), :] += push.strength * push.direction
        for patch in patches:  # after the pushes: a state that is put in stays as it is
            x[..., patch.place - first, :] = patch.state
        return x


UNCHANGED = Changes()


def parts_of(shape: Shape) -> tuple[Part, ...]:
    """Every part of a model that can be taken out, layer by layer: its heads, then its MLP."""
    found: list[Part] = []
    for layer in range(shape.layers):
        found += [Head(layer, head) for head in range(shape.heads)]
        found.append(Mlp(layer))
    return tuple(found)
