"""Replies to many prompts at once, in torch, and how likely a network thinks them.

Rows are filled up on the right. Every row has a place of its own in the cache, so that prompts of
any length can be answered together, and rows that have ended are taken out of the batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Generator, Tensor
from torch.nn import functional

from tutor.tinylm.tokenizer import END, STOP, Tokenizer
from tutor.tinylm.training.network import EPSILON, Block, Network, rotate

ROWS = 64
ALIKE = 16


@dataclass(frozen=True, slots=True)
class Said:
    """A prompt's tokens and those of the reply; a reply that `ended` has STOP as its last."""

    prompt: tuple[int, ...]
    reply: tuple[int, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """How replies are drawn: `limit` tokens at most, at this temperature, from this seed."""

    limit: int
    temperature: float = 1.0
    seed: int = 0


@dataclass(slots=True)
class Cache:
    """Keys and values (layers, B, heads, places, head_width), and which rows are still open."""

    keys: Tensor
    values: Tensor

    @classmethod
    def empty(cls, network: Network, rows: int, places: int) -> "Cache":
        """Room for so many rows of so many tokens."""
        shape = network.shape
        size = (shape.layers, rows, shape.heads, places, shape.head_width)
        return cls(torch.zeros(size), torch.zeros(size))

    def keep(self, rows: Tensor) -> None:
        """Forget all but these rows."""
        self.keys, self.values = self.keys[:, rows], self.values[:, rows]


def attend(block: Block, h: Tensor, rotary: tuple[Tensor, Tensor], places: Tensor,
           memory: tuple[Tensor, Tensor]) -> Tensor:  # fmt: skip
    """As `Block.attend`, with keys and values kept: h (B, T, width), places (B, T)."""
    batch, length, width = h.shape
    qkv = functional.linear(h, block.qkv).view(batch, length, 3, block.heads, -1)
    q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (B, heads, T, head_width)
    q, k = rotate(q, *rotary), rotate(k, *rotary)
    keys, values = memory
    where = places[:, None, :, None].expand_as(k)
    keys.scatter_(2, where, k)
    values.scatter_(2, where, v)
    seen = int(places.max()) + 1
    visible = torch.arange(seen) <= places[:, None, :, None]  # (B, 1, T, S)
    y = functional.scaled_dot_product_attention(
        q, keys[:, :, :seen], values[:, :, :seen], attn_mask=visible
    )
    return y.transpose(1, 2).reshape(batch, length, width)


def read_on(network: Network, cache: Cache, tokens: Tensor, places: Tensor) -> Tensor:
    """The last states of tokens that stand at these places, both (B, T) -> (B, T, width)."""
    x = functional.embedding(tokens, network.embedding)
    rotary = network.cosine[places][:, None], network.sine[places][:, None]
    for layer, block in enumerate(network.blocks):
        assert isinstance(block, Block)
        h = functional.rms_norm(x, x.shape[-1:], block.attention_norm, EPSILON)
        memory = cache.keys[layer], cache.values[layer]
        x = x + functional.linear(attend(block, h, rotary, places, memory), block.out)
        h = functional.rms_norm(x, x.shape[-1:], block.mlp_norm, EPSILON)
        h = functional.relu(functional.linear(h, block.up)).square()
        x = x + functional.linear(h, block.down)
    return functional.rms_norm(x, x.shape[-1:], network.norm, EPSILON)


def choose(scores: Tensor, temperature: float, chance: Generator) -> Tensor:
    """The next token of each row: (B, vocabulary) -> (B,); 0 means the most likely."""
    if temperature == 0:
        return scores.argmax(-1)
    return torch.multinomial(torch.softmax(scores / temperature, -1), 1, generator=chance)[:, 0]


def padded(rows: Sequence[Sequence[int]], filler: int) -> tuple[Tensor, Tensor]:
    """Rows filled up on the right (B, T), and their lengths (B,)."""
    lengths = torch.tensor([len(row) for row in rows])
    longest = int(lengths.max())
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows]), lengths


@torch.no_grad()
def _answered(
    network: Network, prompts: Sequence[Sequence[int]], draw: Draw, stop: int, chance: Generator
) -> list[Said]:
    tokens, lengths = padded(prompts, stop)
    room = min(network.shape.context, tokens.shape[1] + draw.limit)
    cache = Cache.empty(network, len(prompts), room)
    places = torch.arange(tokens.shape[1]).expand_as(tokens)
    states = read_on(network, cache, tokens, places)[torch.arange(len(prompts)), lengths - 1]
    replies: list[list[int]] = [[] for _ in prompts]
    open_rows, place = torch.arange(len(prompts)), lengths
    while len(open_rows):
        chosen = choose(states @ network.embedding.T, draw.temperature, chance)
        for row, token in zip(open_rows.tolist(), chosen.tolist(), strict=True):
            replies[row].append(token)
        grown = len(replies[int(open_rows[0])])
        going = ((chosen != stop) & (place < room) & (grown < draw.limit)).nonzero()[:, 0]
        if len(going) < len(open_rows):
            open_rows, place, chosen = open_rows[going], place[going], chosen[going]
            cache.keep(going)
        if len(going):
            states = read_on(network, cache, chosen[:, None], place[:, None])[:, 0]
            place = place + 1
    return [
        Said(tuple(prompt), tuple(reply), reply[-1] == stop)
        for prompt, reply in zip(prompts, replies, strict=True)
    ]


def answered(
    network: Network, tokenizer: Tokenizer, prompts: Sequence[Sequence[int]], draw: Draw
) -> list[Said]:
    """A reply to each prompt; the same draw says the same again."""
    chance = Generator().manual_seed(draw.seed)
    stop = tokenizer.special[STOP]
    return [
        said
        for first in range(0, len(prompts), ROWS)
        for said in _answered(network, prompts[first : first + ROWS], draw, stop, chance)
    ]


def text_of(tokenizer: Tokenizer, said: Said) -> str:
    """The words of a reply; a document that begins in the middle of it is cut off."""
    end = tokenizer.special[END]
    cut = said.reply.index(end) if end in said.reply else len(said.reply)
    return tokenizer.decode(said.reply[:cut])


def final_states(network: Network, tokens: Tensor) -> Tensor:
    """What the head would read at each token: (B, T) -> (B, T, width)."""
    length = tokens.shape[1]
    x = functional.embedding(tokens, network.embedding)
    for block in network.blocks:
        x = block(x, network.cosine[:length], network.sine[:length])
    return functional.rms_norm(x, x.shape[-1:], network.norm, EPSILON)


@dataclass(frozen=True, slots=True)
class Likely:
    """What a network expected at each token of some replies, N tokens in all."""

    logs: Tensor  # (N, vocabulary): log-probabilities of every token that might have stood there
    said: Tensor  # (N,): of the token that did
    row: Tensor  # (N,): whose reply it belongs to
    rows: int

    @property
    def of_replies(self) -> Tensor:
        """The log-probability of each whole reply: (rows,), in nats."""
        return torch.zeros(self.rows).index_add(0, self.row, self.said)


def alike(some: Sequence[Said]) -> Iterator[list[int]]:
    """Where replies of about the same length stand, a few at a time: less filling to compute."""
    order = sorted(range(len(some)), key=lambda n: len(some[n].prompt) + len(some[n].reply))
    for first in range(0, len(order), ALIKE):
        yield order[first : first + ALIKE]


def likely(network: Network, some: Sequence[Said]) -> Likely:
    """How likely the network thinks these replies, token by token."""
    logs, said, row = zip(*(_likely(network, some, at) for at in alike(some)), strict=True)
    return Likely(torch.cat(logs), torch.cat(said), torch.cat(row), len(some))


def _likely(
    network: Network, some: Sequence[Said], chosen: list[int]
) -> tuple[Tensor, Tensor, Tensor]:
    few = [some[n] for n in chosen]
    tokens, _ = padded([one.prompt + one.reply for one in few], 0)
    begins = torch.tensor([len(one.prompt) for one in few])[:, None]
    ends = begins + torch.tensor([len(one.reply) for one in few])[:, None]
    at = torch.arange(1, tokens.shape[1])
    row, column = ((at >= begins) & (at < ends)).nonzero(as_tuple=True)
    states = final_states(network, tokens[:, :-1])[row, column]  # only where a reply is said
    logs = torch.log_softmax(functional.linear(states, network.embedding), -1)
    said = logs.gather(1, tokens[row, column + 1][:, None])[:, 0]
    return logs, said, torch.tensor(chosen)[row]


def divergence(new: Likely, old: Likely) -> Tensor:
    """KL of the new network from the old along each reply of the new: (rows,), in nats."""
    each = (new.logs.exp() * (new.logs - old.logs)).sum(-1)
    return torch.zeros(new.rows).index_add(0, new.row, each)


def in_batches(some: Sequence[Said], size: int = ROWS) -> Iterator[Sequence[Said]]:
    """Slices of at most `size` replies."""
    for first in range(0, len(some), size):
        yield some[first : first + size]
