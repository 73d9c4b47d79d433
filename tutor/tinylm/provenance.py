"""Of which edition of the world weights are: they say so, but for those of the second."""

from pathlib import Path

from tutor.tinylm import safetensors
from tutor.tinylm.world.editions import EDITIONS, SECOND, Edition


def edition_of(path: Path) -> Edition:
    """The edition of a weights file; OSError if there is none, KeyError if nobody knows it."""
    about = safetensors.read(path)[1]
    return EDITIONS[int(about.get("edition", SECOND.number))]
