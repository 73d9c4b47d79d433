"""The shape of a model: five numbers that say how big each matrix is."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A decoder of `layers` blocks on vectors of `width`, with `heads` per block."""

    vocabulary: int = 3076
    width: int = 128
    layers: int = 5
    heads: int = 4
    context: int = 256

    @property
    def head_width(self) -> int:
        """How many numbers of a vector belong to each head."""
        return self.width // self.heads

    @property
    def parameters(self) -> int:
        """Embedding (tied with the head), 12 d² + 2 d per block, and the last norm."""
        per_block = 12 * self.width**2 + 2 * self.width
        return self.vocabulary * self.width + self.layers * per_block + self.width

    def as_text(self) -> dict[str, str]:
        """For the metadata of a weights file, which holds text only."""
        return {name: str(number) for name, number in asdict(self).items()}

    @classmethod
    def from_text(cls, texts: dict[str, str]) -> "Shape":
        """The inverse of `as_text`, other keys ignored; KeyError where a number is missing."""
        return cls(**{name: int(texts[name]) for name in cls.__dataclass_fields__})
