"""Many replies at once are the same replies as one by one, and their likelihood is the model's."""

from random import Random

import numpy as np
import pytest
import torch

from tests.tinylm import small
from tutor.tinylm.model import forward, log_softmax
from tutor.tinylm.sampling import Sampler, generate
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import END, STOP, Tokenizer, train
from tutor.tinylm.training import answering
from tutor.tinylm.training.answering import Draw, Said, answered, divergence, likely, text_of
from tutor.tinylm.training.network import Network

TOKENIZER: Tokenizer = train(["hello world"], 260)
SHAPE = Shape(vocabulary=len(TOKENIZER), width=32, layers=2, heads=4, context=48)
WEIGHTS = small.weights(SHAPE)
PROMPTS = [[7, 8, 9], [1], [30, 31, 32, 33, 34, 35, 36], [100, 101]]


def network(seed: int = 0) -> Network:
    made = Network(SHAPE)
    weights = WEIGHTS if seed == 0 else small.weights(SHAPE, seed)
    made.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    return made


def test_answers_in_a_batch_are_those_of_the_model_that_learners_run() -> None:
    found = answered(network(), TOKENIZER, PROMPTS, Draw(limit=12, temperature=0))
    model, stop = small.model(SHAPE), TOKENIZER.special[STOP]
    for prompt, said in zip(PROMPTS, found, strict=True):
        alone = generate(model, prompt, Sampler(temperature=0, limit=12), Random(0), [stop])
        assert list(said.reply) == [one.token for one in alone]
        assert said.prompt == tuple(prompt)


def test_a_row_that_has_ended_does_not_disturb_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = Draw(limit=10, temperature=0)
    before = answered(network(), TOKENIZER, PROMPTS, greedy)
    other = before[0].reply[2]  # let the first row's third token be the end
    monkeypatch.setitem(TOKENIZER.special, STOP, other)
    after = answered(network(), TOKENIZER, PROMPTS, greedy)
    for whole, cut in zip(before, after, strict=True):
        end = whole.reply.index(other) + 1 if other in whole.reply else len(whole.reply)
        assert cut.reply == whole.reply[:end]
        assert cut.ended == (other in whole.reply)


def test_the_same_seed_says_the_same_and_another_does_not() -> None:
    first, again, other = (
        [said.reply for said in answered(network(), TOKENIZER, PROMPTS, Draw(12, seed=seed))]
        for seed in (3, 3, 4)
    )
    assert first == again != other


def test_no_reply_outgrows_the_context() -> None:
    long = [small.some_tokens(40)]
    (said,) = answered(network(), TOKENIZER, long, Draw(limit=99, temperature=0))
    assert len(said.prompt) + len(said.reply) <= SHAPE.context + 1


def test_more_prompts_than_rows_are_all_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = answered(network(), TOKENIZER, PROMPTS, Draw(5, temperature=0))
    monkeypatch.setattr(answering, "ROWS", 3)
    assert answered(network(), TOKENIZER, PROMPTS, Draw(5, temperature=0)) == whole


SAID = [Said((7, 8, 9), (20, 21), ended=True), Said((1,), (5, 6, 7, 8), ended=False)]


def test_the_likelihood_of_a_reply_is_the_product_of_its_tokens() -> None:
    with torch.no_grad():
        found = likely(network(), SAID).of_replies.numpy()
    for said, log in zip(SAID, found, strict=True):
        row = [*said.prompt, *said.reply]
        logs = np.array([log_softmax(scores) for scores in forward(small.model(SHAPE), row)])
        at = range(len(said.prompt) - 1, len(row) - 1)
        assert log == pytest.approx(sum(logs[n, row[n + 1]] for n in at), abs=1e-3)


def test_a_network_does_not_diverge_from_itself_and_does_from_another() -> None:
    with torch.no_grad():
        one, other = likely(network(), SAID), likely(network(seed=1), SAID)
    assert divergence(one, one).abs().max() < 1e-5
    assert divergence(one, other).min() > 0


def test_text_stops_where_another_document_begins() -> None:
    said = Said((), (*TOKENIZER.encode("hello"), TOKENIZER.special[END], 65), ended=False)
    assert text_of(TOKENIZER, said) == "hello"
