"""The slopes worked out by hand are those of torch."""

import numpy as np
import torch

from tests.tinylm import small
from tests.tinylm.training.test_network import network_of
from tutor.tinylm.growing.transformer import Transformer


def test_slopes_by_hand_are_those_of_torch() -> None:
    network = network_of(small.SHAPE, small.weights())
    transformer = Transformer.of(small.model())
    tokens = np.array([small.some_tokens(13, 1), small.some_tokens(13, 2)], np.int32)
    loss, slopes = transformer.learn(tokens[:, :-1], tokens[:, 1:])
    scores = network(torch.tensor(tokens[:, :-1], dtype=torch.long))
    wanted = torch.tensor(tokens[:, 1:], dtype=torch.long)
    theirs = torch.nn.functional.cross_entropy(scores.flatten(0, 1), wanted.flatten())
    theirs.backward()
    assert abs(loss - theirs.item()) < 1e-4
    checked = 0
    for name, weight in network.named_parameters():
        assert weight.grad is not None
        slope = slopes[name].T if name.startswith("blocks.") else slopes[name]
        np.testing.assert_allclose(slope, weight.grad.numpy(), atol=1e-4, rtol=1e-3)
        checked += 1
    assert checked == len(slopes)
