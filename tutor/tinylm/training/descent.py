"""One step downhill, the same for every stage of training."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.optim import Optimizer

from tutor.tinylm.training.network import Network

LARGEST_GRADIENT = 1.0


def remember_full_rates(optimisers: Sequence[Optimizer]) -> None:
    """Note each group's own learning rate, of which a schedule takes a share."""
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["full_rate"] = group["lr"]


def descend(network: Network, optimisers: Sequence[Optimizer], loss: Tensor, share: float) -> float:
    """Step against the gradient of `loss` at this share of the full rates; the loss in nats."""
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group["full_rate"] * share
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
    return loss.item()
