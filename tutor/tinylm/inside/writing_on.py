"""A changed model that writes on: each token read with the change in force."""

from collections.abc import Iterator, Sequence

from tutor.tinylm.inside.changes import UNCHANGED, Changes
from tutor.tinylm.inside.passing import see
from tutor.tinylm.model import Model

LIMIT = 24


def likeliest(
    model: Model,
    tokens: Sequence[int],
    changes: Changes = UNCHANGED,
    limit: int = LIMIT,
    stop: Sequence[int] = (),
) -> Iterator[int]:
    """The likeliest token, again and again, until a stop token, the limit or a full context."""
    read = list(tokens)
    for _ in range(min(limit, model.shape.context - len(read))):
        token = int(see(model, read, changes).scores[-1].argmax())
        if token in stop:
            return
        yield token
        read.append(token)
