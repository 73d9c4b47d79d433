"""The torch side of `python -m tests.tinylm.speed`: the same weights, the same work."""

import json
import sys
from pathlib import Path

import torch

from tests.tinylm.speed import DECODED, PROMPT, measured, resident
from tutor.tinylm import packing
from tutor.tinylm.shape import Shape
from tutor.tinylm.training.answering import Cache, read_on
from tutor.tinylm.training.network import Network


def load_network(path: Path) -> Network:
    weights, about = packing.read_weights(path)
    network = Network(Shape.from_text(about))
    network.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    return network


@torch.no_grad()
def decode(network: Network) -> None:
    chance = torch.Generator().manual_seed(0)
    cache = Cache.empty(network, 1, network.shape.context)
    start = torch.arange(PROMPT)[None]
    states = read_on(network, cache, start, start)
    for place in range(PROMPT, PROMPT + DECODED):
        shares = torch.softmax(states[:, -1] @ network.embedding.T / 0.7, -1)
        token = torch.multinomial(shares, 1, generator=chance)
        states = read_on(network, cache, token, torch.tensor([[place]]))


@torch.no_grad()
def prefill(network: Network) -> None:
    network(torch.arange(network.shape.context)[None])


def main() -> None:
    path = Path(sys.argv[1])
    torch.set_num_threads(1)
    imported = resident()
    network = load_network(path)
    found = measured(
        lambda: load_network(path),
        lambda: decode(network),
        lambda: prefill(network),
        network.shape.context,
        imported,
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
