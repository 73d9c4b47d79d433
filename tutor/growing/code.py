"""`tutor train --show-code`: the very functions that train, to be read."""

import inspect
from collections.abc import Callable
from typing import Any

from tutor.errors import UnknownNameError
from tutor.tinylm.growing import adam, bigrams, gradients, merging, small_network, transformer

FUNCTIONS: tuple[Callable[..., Any], ...] = (
    merging.learn_merges, bigrams.count, gradients.look_up, gradients.look_up_back,
    gradients.linear, gradients.linear_back, gradients.rms_norm, gradients.rms_norm_back,
    gradients.attend, gradients.attend_back, gradients.softmax, gradients.softmax_back,
    gradients.squared_relu, gradients.squared_relu_back, gradients.surprise,
    small_network.hide, small_network.score, small_network.network_back,
    transformer.forward, transformer.backward, transformer.layer_forward, transformer.layer_back,
    transformer.mlp_back, transformer.attention_back, adam.Adam, adam.schedule,
)  # fmt: skip
"""In the order in which they are best read."""


def contents() -> list[tuple[str, str]]:
    """Each function's name and what it does, in a line."""
    return [(one.__name__, _does(one)) for one in FUNCTIONS]


def source(name: str) -> str:
    """A function as it stands in the program; UnknownNameError for a name that is none."""
    found = next((one for one in FUNCTIONS if one.__name__.lower() == name.lower()), None)
    if found is None:
        hint = "see their names: tutor train --show-code"
        raise UnknownNameError(f"no function of the training is called {name!r}", hint=hint)
    return inspect.getsource(found)


def _does(function: Callable[..., Any]) -> str:
    said = (inspect.getdoc(function) or "").split("\n\n")[0]
    return " ".join(said.split()).split(". ")[0].rstrip(".:")
