"""How sure the raw model is of its next token, and how often that one comes.

    python -m tutor.tinylm.measuring.sureness

measures it on documents from a seed that no training read, and writes `sureness.json` beside this
file, with the digest of the weights: what was measured of others is never told.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from tutor.tinylm import manifest

MEASURED = Path(__file__).with_name("sureness.json")
WEIGHTS = Path(__file__).parents[1] / "weights"
BASE = "base.safetensors"
SEED, DOCUMENTS = 20261127, 150
BANDS = {25: (0.15, 0.35), 50: (0.4, 0.6), 75: (0.65, 0.85), 95: (0.9, 1.0)}
"""What counts as about so many percent."""


class Band(Struct, frozen=True):
    """What came of the first choices that had about one probability."""

    choices: int
    right: int


class Sureness(Struct, frozen=True):
    """Of the weights with this digest: the bands, by percent."""

    weights: str
    bands: dict[int, Band]


def kept(weights: Path = WEIGHTS) -> dict[int, Band]:
    """What was measured of the model in a folder; nothing where it is another, or damaged."""
    try:
        found = msgspec.json.decode(MEASURED.read_bytes(), type=Sureness)
        now = manifest.read(weights).files[BASE].sha256
    except (OSError, KeyError, msgspec.DecodeError):
        return {}
    return found.bands if found.weights == now else {}


def banded(pairs: Iterable[tuple[float, bool]]) -> dict[int, Band]:
    """Sort first choices, each with its probability and whether it came, into the bands."""
    known = list(pairs)
    bands = {}
    for percent, (low, high) in BANDS.items():
        own = [came for chance, came in known if low <= chance <= high]
        bands[percent] = Band(len(own), sum(own))
    return bands


def first_choices(documents: Iterable[str]) -> Iterator[tuple[float, bool]]:
    """The probability of each first choice of the shipped raw model, and whether it came."""
    import numpy as np

    from tutor.tinylm.faces import load_face, load_tokenizer
    from tutor.tinylm.model import forward, log_softmax

    model, tokenizer = load_face("base"), load_tokenizer()
    for text in documents:
        tokens = tokenizer.encode(text)[: model.shape.context]
        if len(tokens) > 1:
            logs = log_softmax(forward(model, tokens[:-1]))
            came = logs.argmax(axis=-1) == np.asarray(tokens[1:])
            yield from zip(np.exp(logs.max(axis=-1)).tolist(), came.tolist(), strict=True)


def main() -> None:
    """Measure and write."""
    from tutor.tinylm.provenance import edition_of
    from tutor.tinylm.world.corpus import documents

    shares = edition_of(WEIGHTS / BASE).documents
    bands = banded(first_choices(islice(documents(SEED, shares), DOCUMENTS)))
    found = Sureness(manifest.digest(WEIGHTS / BASE), bands)
    MEASURED.write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    print(found)


if __name__ == "__main__":
    main()
