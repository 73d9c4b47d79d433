"""Rewards that code can check, in small."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from tutor.tinylm import judge, model, safetensors
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import STOP, Tokenizer, train
from tutor.tinylm.training import checked, prefer, preference, reward, sft
from tutor.tinylm.training.answering import Said
from tutor.tinylm.training.checked import Group
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.rlhf import Recipe
from tutor.tinylm.world import corpus
from tutor.tinylm.world.editions import SECOND, THIRD
from tutor.tinylm.world.probes import Probe

LIKED = 104


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train(islice(corpus.documents(1, THIRD.documents), 100), 400)


@pytest.fixture
def network(tokenizer: Tokenizer) -> Network:
    torch.manual_seed(0)
    return Network(Shape(vocabulary=len(tokenizer), width=32, layers=1, heads=2, context=256))


@pytest.fixture
def folder(network: Network, tokenizer: Tokenizer, tmp_path: Path) -> Path:
    tokenizer.save(tmp_path / "tokenizer.json")
    documents = islice(corpus.documents(2, THIRD.documents), 60)
    np.array(tokenizer.encode("\n".join(documents)), np.uint16).tofile(tmp_path / "training.tokens")
    packed = safetensors.pack(network.arrays(), "F16")
    about = network.shape.as_text() | {"edition": "3"}
    for name in ("base", "sft"):
        safetensors.write(tmp_path / f"{name}.safetensors", packed, about)
    return tmp_path


def test_advantages_are_measured_in_spreads_and_equals_have_none() -> None:
    found = checked.advantages(torch.tensor([[1.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0]]))
    assert found[0].tolist() == pytest.approx([1, -1, -1, 1], abs=1e-3)
    assert found[1].tolist() == [0, 0, 0, 0]


def test_what_the_check_rewards_becomes_likelier(network: Network, tokenizer: Tokenizer) -> None:
    stop, probe = tokenizer.special[STOP], Probe("row-3", "What is 1 + 2 + 3?", "")
    said = [Said((40, 41), (token, stop), ended=True) for token in (LIKED, 105)]
    drawn = [Group(probe, (said[0], said[1]), (1.0, 0.0))]
    before = checked.policy_loss(network, network, drawn, 0.0)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.5)
    for _ in range(5):
        optimiser.zero_grad()
        checked.policy_loss(network, network, drawn, 0.0).backward()
        optimiser.step()
    assert checked.policy_loss(network, network, drawn, 0.0) < before


def test_one_command_leaves_both_runs_and_skips_what_is_there(folder: Path) -> None:
    command = ["--base", str(folder), "--out", str(folder), "--steps", "2", "--threads", "1"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checked, "LIMIT", 6)
        patch.setattr(checked, "PROMPTS", 2)
        checked.main(command)
        for name in ("checked", "hole"):
            assert model.load(folder / f"{name}.safetensors").shape.width == 32
            curve = json.loads((folder / f"{name}.json").read_text())["curve"]
            assert [point["step"] for point in curve] == [0, 1]
            assert {"rewarded", "right", "tokens"} <= curve[0].keys()
        made = (folder / "hole.safetensors").stat().st_mtime_ns
        checked.main(command)
    assert made == (folder / "hole.safetensors").stat().st_mtime_ns


def test_weights_say_of_which_edition_they_are_and_old_ones_are_of_the_second(
    folder: Path, network: Network
) -> None:
    assert edition_of(folder / "base.safetensors") is THIRD
    packed = safetensors.pack(network.arrays(), "F16")
    safetensors.write(folder / "old.safetensors", packed, network.shape.as_text())
    assert edition_of(folder / "old.safetensors") is SECOND


def test_a_mask_of_the_third_edition_is_taught_by_its_own_demonstrators(
    folder: Path, tokenizer: Tokenizer
) -> None:
    out = folder / "sft"
    sft.main(["--base", str(folder), "--out", str(out), "--steps", "2", "--no-compile"])
    assert edition_of(out / "sft.safetensors") is THIRD
    talks = list(islice(sft.conversations(1, THIRD.talk), 300))
    assert any(len(turns) > 2 for turns in talks)
    assert any(turns[-1].prompt == turns[-1].prompt.lower() for turns in talks)


def test_the_third_edition_has_a_run_for_raters_who_like_agreement(folder: Path) -> None:
    small = {"prompts": 40, "reward-steps": 2, "dpo-steps": 1, "rlhf-steps": 1, "every": 1,
             "watched": 3, "examined": 12, "threads": 1}  # fmt: skip
    command = ["--base", str(folder), "--out", str(folder)]
    command += [part for name, number in small.items() for part in (f"--{name}", str(number))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preference, "LIMIT", 6)
        patch.setattr(preference, "LONG_LIMIT", 6)
        patch.setattr(prefer, "OVER_OPTIMISED", Recipe(0.0, steps=1, replay=0.0))
        prefer.main(command)
    for name in ("sycophantic", "early-stopped", "rlhf-0", "reward-agreeable"):
        assert (folder / f"{name}.safetensors").exists()
    judge_s, mask_s = (safetensors.read(folder / f"{name}.safetensors")[0]["embedding"]
                       for name in ("reward", "sft"))  # fmt: skip
    assert np.array_equal(judge_s, mask_s)
    assert json.loads((folder / "early-stopped.json").read_text())["of"] == "over-optimised"


def test_the_judge_that_is_shipped_scores_as_the_one_that_was_trained(
    network: Network, tmp_path: Path
) -> None:
    trained = reward.begun_from(network)
    with torch.no_grad():
        trained.direction.normal_()
        trained.middle.fill_(0.25)
    said = Said((1, 2, 3), (4, 5, 6, 7), ended=True)
    weights = safetensors.pack(trained.arrays(), "F32")
    safetensors.write(tmp_path / "judge.safetensors", weights, network.shape.as_text())
    found = judge.score(judge.load(tmp_path / "judge.safetensors"), [*said.prompt, *said.reply])
    assert found == pytest.approx(float(trained.scores([said])[0]), abs=1e-4)


def test_four_runs_differ_in_beta_and_one_of_them_has_no_leash() -> None:
    recipes = [replace(Recipe(beta), beta=0.0) for beta in prefer.BETAS]
    assert len(prefer.BETAS) == 4
    assert len(set(recipes)) == 1
    assert 0.0 in prefer.BETAS


def test_a_follow_up_is_asked_after_what_went_before(tokenizer: Tokenizer) -> None:
    rng = Random(1)
    while not (probe := THIRD.talk.ask(rng)).before:
        pass
    turns = next(turns for turns in sft.conversations(1, THIRD.talk) if len(turns) > 1)
    assert turns[0].reply is not None
    assert probe.before[0][1]
