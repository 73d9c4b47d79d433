"""How the short stages run: what is trained, the learning rate on its way, and who watches."""

import copy
from collections.abc import Callable

from torch.optim import AdamW

from tutor.tinylm.training.descent import remember_full_rates
from tutor.tinylm.training.network import Network

Watch = Callable[[int, Network], bool]
"""Told the number of steps taken and the network so far; True ends the run."""

RISE = 10
"""Steps until the full rate is reached."""


def up(step: int) -> float:
    """The share of the full rate: a short rise, then level."""
    return min(1.0, (step + 1) / RISE)


def up_and_down(step: int, steps: int) -> float:
    """The share of the full rate: a short rise, then a straight fall."""
    return up(step) * max(0.05, 1 - step / steps)


def begun_from(reference: Network, rate: float) -> tuple[Network, AdamW]:
    """A policy that is the reference still, and what will move it.

    The embedding stays as it is: Adam moves every weight by about the rate, however small its
    gradient, and so would blur the words that no reply of a batch contains.
    """
    policy = copy.deepcopy(reference)
    policy.embedding.requires_grad_(False)
    learned = [weight for weight in policy.parameters() if weight.requires_grad]
    optimiser = AdamW(learned, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    remember_full_rates([optimiser])
    return policy, optimiser
