"""Fine-tuning: what counts in the loss, and that it takes hold."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from tutor.tinylm.chat import Turn
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import END, STOP, USER, Tokenizer, train
from tutor.tinylm.training import sft
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.sft import Plan
from tutor.tinylm.world import corpus


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train(islice(corpus.documents(1), 100), 400)


def test_only_replies_count(tokenizer: Tokenizer) -> None:
    row = sft.weighted(tokenizer, [Turn("What is 1 + 1?", "1 + 1 = 2")])
    said = [token for token, weight in row if weight]
    assert said == [*tokenizer.encode("1 + 1 = 2"), tokenizer.special[STOP]]
    assert {weight for _token, weight in row} == {0.0, 1.0}


def test_a_long_reply_counts_no_more_than_a_short_one(tokenizer: Tokenizer) -> None:
    row = sft.weighted(tokenizer, [Turn("Tell me a story.", "once upon a time " * 40)])
    assert sum(weight for _token, weight in row) == pytest.approx(sft.LONG_REPLY)


def test_rows_hold_whole_conversations(tokenizer: Tokenizer) -> None:
    stream = sft.packed(tokenizer, sft.conversations(1), 257)
    for row in islice(stream, 20):
        tokens = [token for token, _weight in row]
        assert len(tokens) == 257
        assert tokens[:2] == [tokenizer.special[END], tokenizer.special[USER]]
        last = max(at for at, (_token, weight) in enumerate(row) if weight)
        assert tokens[last] == tokenizer.special[STOP]
        assert set(tokens[last + 1 :]) <= {tokenizer.special[END]}


def test_the_loss_ignores_what_has_no_weight() -> None:
    torch.manual_seed(0)
    network = Network(Shape(vocabulary=50, width=32, layers=1, heads=2, context=16))
    tokens, weights = torch.randint(0, 50, (2, 17)), torch.zeros(2, 17)
    weights[:, 5] = 1
    loss = sft.weighted_loss(network, tokens, weights)
    scores = network(tokens[:, :-1])[:, 4]
    wanted = torch.nn.functional.cross_entropy(scores, tokens[:, 5])
    assert loss.item() == pytest.approx(wanted.item(), abs=1e-5)


def test_fine_tuning_takes_hold(
    tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sft, "RATE", 2e-2)  # a blank model needs a higher rate than a trained one
    torch.manual_seed(0)
    network = Network(Shape(vocabulary=len(tokenizer), width=32, layers=1, heads=2, context=256))
    sft.warm_start(network, tokenizer)
    read = np.array(tokenizer.encode("\n".join(islice(corpus.documents(2), 200))), np.uint16)
    plan = Plan(tmp_path, tmp_path, steps=12, compile=False)
    losses = sft.train(plan, network, tokenizer, read)
    assert np.mean(losses[-3:]) < losses[0] - 0.3
