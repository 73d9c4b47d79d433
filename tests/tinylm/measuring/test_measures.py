"""Figures and their intervals, and what is noticed of a reply."""

import math

import numpy as np
import pytest

from tests.tinylm import small
from tutor.tinylm import chat
from tutor.tinylm.measuring import scores
from tutor.tinylm.measuring.measures import (
    Asked,
    Heard,
    correlation,
    divergence,
    mean_of,
    paired_difference,
    replies,
    share_of,
)
from tutor.tinylm.model import forward, log_softmax
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import train
from tutor.tinylm.world import probes
from tutor.tinylm.world.probes import Probe

TOKENIZER = train(["hello world"], 260)
SHAPE = Shape(vocabulary=len(TOKENIZER), width=32, layers=1, heads=4, context=900)
PROBE = Probe("stranger", "Who is Zed?", "I do not know Zed.", ("not know",), ("Zed",))


def reply(text: str, *, ended: bool = True) -> Heard:
    return Heard(PROBE, (), (), text, ended)


def test_a_share_of_few_prompts_has_a_wide_interval() -> None:
    few, many = share_of([True] * 9 + [False]), share_of(([True] * 9 + [False]) * 100)
    assert few.value == many.value == 0.9
    assert few.high - few.low > 5 * (many.high - many.low)


def test_a_mean_has_its_standard_errors_around_it() -> None:
    found = mean_of([0.0, 1.0, 2.0])
    assert found.value == 1
    assert found.high - found.low == pytest.approx(2 * 1.96 / math.sqrt(3), abs=1e-4)


def test_a_single_value_has_no_interval_and_is_refused() -> None:
    with pytest.raises(ValueError, match="at least two"):
        mean_of([1.0])


def test_newcombes_own_example_comes_out_as_he_printed_it() -> None:
    """Newcombe (1998), table II, e = 36, f = 12, g = 2, h = 0: 0.2 [0.0569, 0.3404]."""
    pairs = [(True, True)] * 36 + [(True, False)] * 12 + [(False, True)] * 2
    after, before = zip(*pairs, strict=True)
    found = paired_difference(before, after)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0569, 0.3404), abs=2e-4)


def test_pairs_that_agree_make_a_difference_surer() -> None:
    before = [True] * 60 + [False] * 40
    together, apart = before, [True] * 36 + [False] * 24 + [True] * 24 + [False] * 16
    sure, unsure = (paired_difference(before, after) for after in (together, apart))
    assert sure.value == unsure.value == 0
    assert sure.high - sure.low < 0.5 * (unsure.high - unsure.low)


def test_rows_that_never_change_are_not_correlated() -> None:
    assert correlation([True, True], [True, False]) == 0


def test_a_wrong_name_is_an_admission_but_not_right() -> None:
    wrong = reply("I do not know Zork.")
    assert wrong.admits
    assert not wrong.right


@pytest.mark.parametrize(
    ("said", "ended"),
    [("", True), ("Blue.", False), ("A: Blue.", True), ("Blue.\nanon: boring!", True)],
)
def test_what_is_not_one_answer_is_not_well_formed(said: str, ended: bool) -> None:  # noqa: FBT001
    assert not reply(said, ended=ended).formed


def test_an_answer_with_a_colon_in_a_sentence_is_well_formed() -> None:
    assert reply("I have: a cat and a dog.").formed


@pytest.mark.parametrize("way", scores.WAYS)
def test_replies_are_those_of_the_scores_command(way: str) -> None:
    asked = Asked(small.model(SHAPE), TOKENIZER, scores.WAYS[way])
    some = probes.reversal_probes()[:3]
    wanted = scores.answers(asked.model, TOKENIZER, some, asked.way)
    assert [one.text for one in replies(asked, some)] == [one.text for one in wanted]


def test_a_model_does_not_diverge_from_itself_and_does_from_another() -> None:
    one, other = small.model(SHAPE), small.model(SHAPE, seed=1)
    prompt = tuple(chat.as_tokens(TOKENIZER, [chat.Turn("Hi!")]))
    said = Heard(PROBE, prompt, (1, 2, 3), "", ended=False)
    assert divergence(one, one, said) == pytest.approx(0, abs=1e-5)
    mine, theirs = (log_softmax(forward(model, [*prompt, 1, 2])[-3:]) for model in (one, other))
    wanted = sum(np.exp(p) @ (p - q) for p, q in zip(mine, theirs, strict=True))
    assert divergence(one, other, said) == pytest.approx(wanted, rel=1e-4)
