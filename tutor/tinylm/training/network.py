"""The same model as `tutor.tinylm.model`, in torch, so that it can be trained."""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tutor.tinylm.shape import Shape

EPSILON = 1e-5
MLP_FACTOR = 4


def rotary_tables(shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosine and sine of every angle of RoPE, each (context, head_width / 2).

    Su and others (2021, arXiv:2104.09864).
    """
    half = torch.arange(0, shape.head_width, 2) / shape.head_width
    angles = torch.outer(torch.arange(shape.context).float(), 10_000.0**-half)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Turn each pair (first half, second half) of `x` (..., T, head_width) by its angle."""
    left, right = x.chunk(2, -1)
    return torch.cat([left * cosine - right * sine, left * sine + right * cosine], -1)


class Block(nn.Module):
    """Attention, then an MLP with squared ReLU, each added to the stream.

    So and others (2021, arXiv:2109.08668).
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, self.heads = shape.width, shape.heads
        quiet = 0.02 / math.sqrt(2 * shape.layers)
        self.attention_norm = nn.Parameter(torch.ones(width))
        self.qkv = nn.Parameter(torch.randn(3 * width, width) * 0.02)
        self.out = nn.Parameter(torch.randn(width, width) * quiet)
        self.mlp_norm = nn.Parameter(torch.ones(width))
        self.up = nn.Parameter(torch.randn(MLP_FACTOR * width, width) * 0.02)
        self.down = nn.Parameter(torch.randn(width, MLP_FACTOR * width) * quiet)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        """The residual stream one layer later: (B, T, width) -> (B, T, width)."""
        h = functional.rms_norm(x, x.shape[-1:], self.attention_norm, EPSILON)
        x = x + functional.linear(self.attend(h, cosine, sine), self.out)
        h = functional.rms_norm(x, x.shape[-1:], self.mlp_norm, EPSILON)
        h = functional.relu(functional.linear(h, self.up)).square()
        return x + functional.linear(h, self.down)

    def attend(self, h: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        """What the heads bring to each token, before `out`: (B, T, width) -> (B, T, width)."""
        batch, length, width = h.shape
        qkv = functional.linear(h, self.qkv).view(batch, length, 3, self.heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (B, heads, T, head_width)
        q, k = rotate(q, cosine, sine), rotate(k, cosine, sine)
        y = functional.scaled_dot_product_attention(q, k.to(v.dtype), v, is_causal=True)
        return y.transpose(1, 2).reshape(batch, length, width)


class Network(nn.Module):
    """Tokens in, scores of the next token out."""

    cosine: Tensor
    sine: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Parameter(torch.randn(shape.vocabulary, shape.width) * 0.02)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.Parameter(torch.ones(shape.width))
        cosine, sine = rotary_tables(shape)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """Scores of the token that follows each of these: (B, T) -> (B, T, vocabulary)."""
        length = tokens.shape[1]
        x = functional.embedding(tokens, self.embedding)
        for block in self.blocks:
            x = block(x, self.cosine[:length], self.sine[:length])
        x = functional.rms_norm(x, x.shape[-1:], self.norm, EPSILON)
        return functional.linear(x, self.embedding)

    def loss(self, tokens: Tensor) -> Tensor:
        """Mean cross-entropy in nats of each next token of `tokens` (B, T + 1)."""
        scores = self(tokens[:, :-1]).float()
        return functional.cross_entropy(scores.flatten(0, 1), tokens[:, 1:].flatten())

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as numpy arrays in fp32, named as `tutor.tinylm.model` names them."""
        return {
            name: weight.detach().float().numpy().copy() for name, weight in self.named_parameters()
        }

    def matrices(self) -> list[nn.Parameter]:
        """The weights for Muon: every matrix but the embedding."""
        return [
            weight
            for name, weight in self.named_parameters()
            if weight.dim() > 1 and name != "embedding"
        ]

    def others(self) -> list[nn.Parameter]:
        """The weights for AdamW: the embedding and the norms' gains."""
        known = {id(weight) for weight in self.matrices()}
        return [weight for weight in self.parameters() if id(weight) not in known]
