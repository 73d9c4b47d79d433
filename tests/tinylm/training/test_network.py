"""The network that is trained and the model that is used are one and the same."""

import numpy as np
import torch

from tests.tinylm import small
from tutor.tinylm.model import forward, from_weights
from tutor.tinylm.shape import Shape
from tutor.tinylm.training.network import Network


def network_of(shape: Shape, weights: dict[str, np.ndarray]) -> Network:
    network = Network(shape)
    network.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    return network


def test_numpy_agrees_with_torch() -> None:
    network = network_of(small.SHAPE, small.weights())
    tokens = small.some_tokens(48)
    with torch.no_grad():
        wanted = network(torch.tensor([tokens]))[0].numpy()
    np.testing.assert_allclose(forward(small.model(), tokens), wanted, atol=1e-4)


def test_a_fresh_network_of_the_shipped_shape_agrees_too() -> None:
    torch.manual_seed(0)
    network = Network(Shape())
    model = from_weights(network.arrays(), Shape())
    tokens = np.random.default_rng(0).integers(0, 2048, 256).tolist()
    with torch.no_grad():
        wanted = network(torch.tensor([tokens]))[0].numpy()
    np.testing.assert_allclose(forward(model, tokens), wanted, atol=1e-4)


def test_the_loss_is_the_mean_surprise() -> None:
    network = network_of(small.SHAPE, small.weights())
    tokens = small.some_tokens(30)
    scores = forward(small.model(), tokens[:-1]).astype(np.float64)
    logs = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    wanted = -logs[np.arange(29), tokens[1:]].mean()
    assert abs(network.loss(torch.tensor([tokens])).item() - wanted) < 1e-4


def test_every_weight_is_trained_by_exactly_one_optimiser() -> None:
    network = Network(small.SHAPE)
    shared = [id(weight) for weight in (*network.matrices(), *network.others())]
    assert sorted(shared) == sorted(id(weight) for weight in network.parameters())


def test_a_gradient_is_the_slope_that_finite_differences_find() -> None:
    network = network_of(small.SHAPE, small.weights()).double()
    tokens = torch.tensor([small.some_tokens(12)])

    def loss() -> torch.Tensor:
        return torch.nn.functional.cross_entropy(network(tokens[:, :-1])[0], tokens[0, 1:])

    weight, step = network.matrices()[0], 1e-5
    loss().backward()  # torch leaves it untyped
    assert weight.grad is not None
    slope = weight.grad[2, 3].item()
    with torch.no_grad():
        weight[2, 3] += step
        above = loss().item()
        weight[2, 3] -= 2 * step
        below = loss().item()
    assert abs((above - below) / (2 * step) - slope) < 1e-5 * max(1.0, abs(slope))
