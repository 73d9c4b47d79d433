"""What is seen inside the model is what torch, in double precision, finds there."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from tests.tinylm import small
from tests.tinylm.training.test_network import network_of
from tutor.tinylm.inside.attribution import attribute, raw_score
from tutor.tinylm.inside.changes import Changes, Head, Mlp, Patch, Push
from tutor.tinylm.inside.passing import brought, lens, see
from tutor.tinylm.model import softmax
from tutor.tinylm.training.network import EPSILON, Block, Network

MODEL, TOKENS, OTHERS = small.model(), small.some_tokens(20), small.some_tokens(20, seed=2)
WIDTH = small.SHAPE.head_width
Meddle = Callable[[int, Tensor], Tensor]


def network() -> Network:
    return network_of(small.SHAPE, small.weights()).double()


def streams(net: Network, tokens: list[int], meddle: Meddle = lambda _, x: x) -> Tensor:
    """The residual stream at every border, meddled with: (layers + 1, T, width)."""
    x = meddle(0, functional.embedding(torch.tensor([tokens]), net.embedding))
    found = [x]
    for number, block in enumerate(net.blocks, 1):
        x = meddle(number, block(x, net.cosine[: len(tokens)], net.sine[: len(tokens)]))
        found.append(x)
    return torch.cat(found)


def scores(net: Network, stream: Tensor) -> Tensor:
    normed = functional.rms_norm(stream, stream.shape[-1:], net.norm, EPSILON)
    return functional.linear(normed, net.embedding)


def chances(net: Network, tokens: list[int], meddle: Meddle = lambda _, x: x) -> np.ndarray:
    with torch.no_grad():
        return scores(net, streams(net, tokens, meddle)[-1]).softmax(-1).numpy()


def lame(net: Network, without: Head | Mlp) -> Network:
    """The network with what a part writes into the stream set to nothing."""
    block = net.blocks[without.layer]
    assert isinstance(block, Block)
    with torch.no_grad():
        if isinstance(without, Head):
            block.out[:, without.head * WIDTH : (without.head + 1) * WIDTH] = 0
        else:
            block.down[:] = 0
    return net


@pytest.mark.parametrize("part", [Head(0, 1), Head(2, 3), Mlp(0), Mlp(2)], ids=str)
def test_taking_a_part_out_agrees_with_torch(part: Head | Mlp) -> None:
    seen = see(MODEL, TOKENS, Changes(frozenset({part})))
    wanted = chances(lame(network(), part), TOKENS)
    np.testing.assert_allclose(softmax(seen.scores), wanted, atol=1e-5)


@pytest.mark.parametrize("after", range(small.SHAPE.layers + 1))
def test_a_state_of_another_text_agrees_with_torch(after: int) -> None:
    net, place = network(), 7
    with torch.no_grad():
        donor = streams(net, OTHERS)

    def meddle(number: int, x: Tensor) -> Tensor:
        x = x.clone()
        if number == after:
            x[0, place] = donor[after, place]
        return x

    patch = Patch(after, place, see(MODEL, OTHERS).stream[after, place])
    seen = see(MODEL, TOKENS, Changes(patches=(patch,)))
    np.testing.assert_allclose(softmax(seen.scores), chances(net, TOKENS, meddle), atol=1e-5)


def test_a_push_agrees_with_torch() -> None:
    net, direction = network(), np.random.default_rng(4).normal(size=small.SHAPE.width)

    def meddle(number: int, x: Tensor) -> Tensor:
        x = x.clone()
        if number == 1:
            x[0, 3:] += 0.7 * torch.tensor(direction)
        return x

    seen = see(MODEL, TOKENS, Changes(pushes=(Push(1, direction.astype(np.float32), 0.7, 3),)))
    np.testing.assert_allclose(softmax(seen.scores), chances(net, TOKENS, meddle), atol=1e-5)


def test_the_lens_agrees_with_torch_at_every_border() -> None:
    net = network()
    with torch.no_grad():
        wanted = scores(net, streams(net, TOKENS)).softmax(-1).numpy()
    np.testing.assert_allclose(softmax(lens(MODEL, see(MODEL, TOKENS))), wanted, atol=1e-5)


def test_what_each_head_brings_and_adds_to_a_score_agrees_with_torch() -> None:
    net, place, token = network(), 13, 5
    seen = see(MODEL, TOKENS)
    heads = brought(MODEL, seen, place)
    shares = attribute(MODEL, seen, place, raw_score(MODEL, token))
    with torch.no_grad():
        x = streams(net, TOKENS)
        scale = (x[-1, place].square().mean() + EPSILON).sqrt()
        for number, block in enumerate(net.blocks):
            assert isinstance(block, Block)
            h = functional.rms_norm(
                x[number : number + 1], x.shape[-1:], block.attention_norm, EPSILON
            )
            mixed = block.attend(h, net.cosine[:20], net.sine[:20])[0, place]
            for head in range(small.SHAPE.heads):
                own = slice(head * WIDTH, (head + 1) * WIDTH)
                wanted = block.out[:, own] @ mixed[own]
                np.testing.assert_allclose(heads[number, head], wanted.numpy(), atol=1e-5)
                share = (wanted / scale * net.norm) @ net.embedding[token]
                assert shares.heads[number, head] == pytest.approx(share.item(), abs=1e-5)
        total = scores(net, x[-1])[place, token].item()
    assert shares.total == pytest.approx(total, abs=1e-5)
