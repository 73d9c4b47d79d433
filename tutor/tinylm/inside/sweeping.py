"""One change at a time, everywhere in turn: what each would do to the last place's scores."""

import numpy as np

from tutor.tinylm.inside.changes import Part, parts_of
from tutor.tinylm.inside.passing import Past, Seen, onward, through
from tutor.tinylm.model import Array, Model, unembed


def partners(length: int, other: int) -> list[int | None]:
    """For each place of a text, the one of another text that stands as far from its end.

    The start has the start; None where the other text is too short.
    """
    places = [place + other - length for place in range(length)]
    return [0, *(place if place > 0 else None for place in places[1:])]


def patched_everywhere(model: Model, seen: Seen, donor: Seen) -> Array:
    """Scores at the last place with the donor's state at one border and place at a time.

    (layers + 1, T, vocabulary); where a place has no partner, the scores are the unchanged ones.
    """
    length = len(seen.tokens)
    found = np.tile(seen.scores[-1], (model.shape.layers + 1, length, 1))
    for place, partner in enumerate(partners(length, len(donor.tokens))):
        if partner is None:
            continue
        states = donor.stream[:, partner]
        if not np.array_equal(seen.stream[:, place], states):
            found[:, place] = patched_at(model, seen, place, states)
    return found


def patched_at(model: Model, seen: Seen, place: int, states: Array) -> Array:
    """The same at one place, a state of (layers + 1, width) for each border: (layers + 1, ...).

    What stands before the place is not touched by it, so that only what follows is computed anew;
    at each border one more pass joins those under way.
    """
    under_way = np.empty((0, len(seen.tokens) - place, model.shape.width), np.float32)
    for after, state in enumerate(states):
        joining = seen.stream[after, place:].copy()
        joining[0] = state
        under_way = np.concatenate([under_way, joining[None]])
        if after < model.shape.layers:
            past = Past(
                *(x[:, :place] for x in (seen.layers[after].keys, seen.layers[after].values))
            )
            behind = through(model, after, under_way, seen.changes, past).after
            under_way = seen.changes.put_in(after + 1, behind, place)
    return unembed(model, under_way[:, -1])


def without_each(model: Model, seen: Seen) -> dict[Part, Array]:
    """Scores at the last place (vocabulary,) with each part taken out beside what is out already.

    All that lies below the part stays as it was, so that only the layers above are led through.
    """
    return {part: without(model, seen, part) for part in parts_of(model.shape)}


def without(model: Model, seen: Seen, part: Part) -> Array:
    """Scores at the last place (vocabulary,) with one more part taken out."""
    x = onward(model, seen.stream[part.layer], part.layer, seen.changes.minus(part))
    return unembed(model, x[-1])
