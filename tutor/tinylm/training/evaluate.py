"""Scores of a network while it trains: validation loss and probes, teacher-forced."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from tutor.tinylm.tokenizer import END, Tokenizer
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.tokens import Tokens, batch
from tutor.tinylm.world import probes
from tutor.tinylm.world.probes import Probe

ROWS = 64


@torch.no_grad()
def validation_loss(network: Network, tokens: Tokens, batches: int = 3) -> float:
    """Mean cross-entropy in nats per token on fixed windows of the validation tokens."""
    windows = [batch(tokens, ROWS, network.shape.context + 1, (0, n)) for n in range(batches)]
    return float(np.mean([network.loss(torch.from_numpy(rows)).item() for rows in windows]))


def as_tokens(probe: Probe, tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """A probe as a one-shot quiz page: the tokens of the page so far, and of the answer."""
    page = tokenizer.encode(probes.as_quiz(probe))
    return [tokenizer.special[END], *page], tokenizer.encode(" " + probe.answer)


@torch.no_grad()
def exact(network: Network, pairs: Sequence[tuple[list[int], list[int]]]) -> float:
    """Share of probes whose answer is, token by token, the most likely continuation.

    A probe that is longer than the context counts as wrong.
    """
    right, limit = 0, network.shape.context
    short = [pair for pair in pairs if len(pair[0]) + len(pair[1]) <= limit]
    for first in range(0, len(short), ROWS):
        some = short[first : first + ROWS]
        longest = max(len(page) + len(answer) for page, answer in some)
        rows = torch.zeros(len(some), longest, dtype=torch.long)
        for row, (page, answer) in zip(rows, some, strict=True):
            row[: len(page) + len(answer)] = torch.tensor(page + answer)
        best = network(rows).argmax(-1)
        for row, (page, answer) in zip(best, some, strict=True):
            said = row[len(page) - 1 : len(page) + len(answer) - 1]
            right += said.tolist() == answer
    return right / len(pairs)


def probe_scores(
    network: Network, tokenizer: Tokenizer, kinds: Mapping[str, Sequence[Probe]]
) -> dict[str, float]:
    """Per cent of exact answers, by kind."""
    return {
        kind: round(100 * exact(network, [as_tokens(probe, tokenizer) for probe in some]), 1)
        for kind, some in kinds.items()
    }


@torch.no_grad()
def continuation(
    network: Network, prompt: Sequence[int], count: int, seed: int, temperature: float = 0.7
) -> list[int]:
    """A plain sample for the log; `tutor.tinylm.sampling` is the real thing."""
    chance = torch.Generator().manual_seed(seed)
    tokens = list(prompt)
    for _ in range(count):
        scores = network(torch.tensor([tokens[-network.shape.context :]]))[0, -1]
        likely = torch.softmax(scores / temperature, -1)
        tokens.append(int(torch.multinomial(likely, 1, generator=chance)))
    return tokens[len(prompt) :]
