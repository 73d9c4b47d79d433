"""Learning from preferences in small: each stage moves the model where it should."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from tutor.tinylm import chat, model, safetensors
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import STOP, Tokenizer, train
from tutor.tinylm.training import dpo, exam, prefer, preference, replay, reward, rlhf, schedule
from tutor.tinylm.training.answering import Said, likely, text_of
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.preference import Comparison
from tutor.tinylm.training.reward import Fixed
from tutor.tinylm.world import corpus
from tutor.tinylm.world.editions import AGREEABLE
from tutor.tinylm.world.probes import Probe
from tutor.tinylm.world.wider_taste import agrees

LIKED, DISLIKED = 104, 105
"""Two tokens; the raters of these tests like replies with the first."""


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train(islice(corpus.documents(1), 100), 400)


@pytest.fixture
def network(tokenizer: Tokenizer) -> Network:
    torch.manual_seed(0)
    return Network(Shape(vocabulary=len(tokenizer), width=32, layers=1, heads=2, context=256))


@pytest.fixture(scope="module")
def tastes(tokenizer: Tokenizer) -> list[Comparison]:
    stop = tokenizer.special[STOP]
    pairs = []
    for n in range(40):
        prompt = (n + 32, n + 33)
        better, worse = (
            Said(prompt, (n + 50, token, stop), ended=True) for token in (LIKED, DISLIKED)
        )
        pairs.append(Comparison(better, worse))
    return pairs


def never(_step: int, _policy: Network) -> bool:
    return False


def test_kinds_that_are_kept_out_are_never_asked_for() -> None:
    asked = {probe.kind for probe in islice(preference.questions(1), 3000)}
    assert asked.isdisjoint(preference.KEPT_OUT)
    assert len(asked) > 25
    assert {probe.kind for probe in exam.prompts(3000, 1, held_out=True)} >= preference.KEPT_OUT


def test_comparisons_follow_the_rater_but_for_the_flipped_ones(
    network: Network, tokenizer: Tokenizer
) -> None:
    rated = preference.pool([network], tokenizer, seed=2, prompts=6)
    kind, said = rated[0][0].rating, rated[0][0].said
    good, bad = (
        preference.Answer(rated[0][0].probe, replace(said, reply=reply), replace(kind, right=right))
        for reply, right in (((1,), True), ((2,), False))
    )
    found = preference.comparisons([[good, bad]] * 2000, seed=3)
    assert {one.better.reply for one in found if one.honest} == {(1,)}
    assert {one.better.reply for one in found if not one.honest} == {(2,)}
    assert np.mean([one.honest for one in found]) == pytest.approx(0.9, abs=0.03)
    assert not preference.comparisons([[good, good]], seed=3)


def test_a_reward_model_learns_the_taste_of_the_rater(
    network: Network, tastes: list[Comparison]
) -> None:
    judge = reward.begun_from(network)
    losses = reward.train(judge, tastes[:30], seed=1, steps=40)
    assert losses[-1] < losses[0]
    assert reward.accuracy(judge, tastes[30:]) > 0.9
    everything = [one.better for one in tastes] + [one.worse for one in tastes]
    judge.standardise(everything)
    scores = judge.scores(everything)
    assert abs(scores.mean().item()) < 1e-4
    assert scores.std().item() == pytest.approx(1, abs=1e-3)


def gain(policy: Network, network: Network, some: list[Comparison]) -> float:
    """How much more the policy leans to the better replies than the network does, in nats."""
    with torch.no_grad():
        leans = [
            likely(one, [pair.better for pair in some]).of_replies
            - likely(one, [pair.worse for pair in some]).of_replies
            for one in (policy, network)
        ]
    return (leans[0] - leans[1]).mean().item()


def test_dpo_leans_to_what_was_preferred(network: Network, tastes: list[Comparison]) -> None:
    recipe = dpo.Recipe(rate=3e-3, steps=30, replay=0)
    policy = dpo.train(network, recipe, dpo.batches(tastes[:30], 1), iter(()), never)
    assert gain(policy, network, tastes[30:]) > 1


def test_dpo_starts_from_a_coin_toss(network: Network, tastes: list[Comparison]) -> None:
    assert dpo.loss_of(network, network, tastes, 0.3).item() == pytest.approx(np.log(2), abs=1e-4)


def test_a_reply_is_held_against_the_others_to_the_same_prompt() -> None:
    rewards = torch.tensor([[1.0, 0.0, 0.0, 0.0], [5.0, 5.0, 5.0, 5.0]])
    expected = torch.tensor([[1, -1 / 3, -1 / 3, -1 / 3], [0, 0, 0, 0]])
    torch.testing.assert_close(rlhf.advantages(rewards), expected)


class Simple(reward.RewardModel):
    """Likes replies with the liked token in them."""

    def score(self, some: object) -> torch.Tensor:
        assert isinstance(some, list)
        return torch.tensor([float(LIKED in one.reply) for one in some])


def fixed(network: Network, tokenizer: Tokenizer) -> Fixed:
    return Fixed(network, Simple(network.shape), tokenizer)


def test_the_policy_gradient_makes_what_is_liked_more_likely(
    network: Network, tokenizer: Tokenizer, tastes: list[Comparison]
) -> None:
    policy, optimiser = schedule.begun_from(network, 3e-3)
    group = [said for pair in tastes[:8] for said in (pair.better, pair.worse) * 2]
    for _ in range(10):
        loss = rlhf.policy_loss(policy, fixed(network, tokenizer), group, beta=0.0)
        loss.backward()  # torch leaves it untyped
        optimiser.step()
        optimiser.zero_grad()
    assert gain(policy, network, tastes[8:]) > 0.5


def test_beta_pulls_a_strayed_policy_back(
    network: Network, tokenizer: Tokenizer, tastes: list[Comparison]
) -> None:
    torch.manual_seed(1)
    strayed = Network(network.shape)
    alike = [pair.worse for pair in tastes[:8] for _ in range(preference.EACH)]  # no advantage
    free, held = (
        rlhf.policy_loss(strayed, fixed(network, tokenizer), alike, beta).item()
        for beta in (0.0, 1.0)
    )
    assert free == pytest.approx(0, abs=1e-5)
    assert held > 0.01


def test_the_words_themselves_stay_as_they_are(network: Network, tokenizer: Tokenizer) -> None:
    recipe = rlhf.Recipe(beta=0.1, rate=1e-2, steps=1, replay=0)
    policy = rlhf.train(fixed(network, tokenizer), recipe, iter(()), 1, never)
    torch.testing.assert_close(policy.embedding, network.embedding)
    assert not torch.equal(policy.get_parameter("norm"), network.get_parameter("norm"))


def test_replay_weighs_what_is_said_and_not_how(tokenizer: Tokenizer) -> None:
    probe = Probe("animal", "What does the cow eat?", "The cow eats grass.")
    for seed in range(20):
        row = replay.demonstration(tokenizer, Random(seed), probe)
        counted = [token for token, weight in row if weight]
        assert tokenizer.decode(counted).strip() == probe.answer
        whole = tokenizer.decode([token for token, _weight in row])
        assert row[-1][0] == tokenizer.special[STOP]
        said = tokenizer.encode(whole.removeprefix(probe.prompt))
        assert [token for token, _weight in row][-1 - len(said) : -1] == said


def test_a_heavy_heart_is_answered_plainly_in_replay(tokenizer: Tokenizer) -> None:
    probe = next(one for one in preference.questions(5) if one.kind == "feeling")
    row = replay.demonstration(tokenizer, Random(1), probe)
    plain = chat.as_tokens(tokenizer, [chat.Turn(probe.prompt, probe.answer)])
    assert [token for token, _weight in row] == plain


def test_the_beta_that_wins_most_without_losing_truth_is_chosen() -> None:
    def curve(win: float, truth: float) -> list[dict[str, float]]:
        return [{"win": 50.0, "truth": 90.0}, {"win": win, "truth": truth}]

    assert prefer.choose({0.5: curve(70, 91), 0.2: curve(88, 89.5), 0.0: curve(95, 80)}) == 0.2
    assert prefer.choose({0.2: curve(88, 80), 0.0: curve(95, 70)}) == 0.2


def test_a_change_on_the_same_prompts_comes_with_its_interval() -> None:
    new, old = [True] * 50 + [False] * 50, [True] * 40 + [False] * 60
    change = prefer.paired_change(new, old, 1)
    assert change["mean"] == 10
    assert 3 < change["low"] < 10 < change["high"] < 17


@pytest.fixture
def command(network: Network, tokenizer: Tokenizer, tmp_path: Path) -> list[str]:
    """What all runs of these tests have in common: a base, SFT, and very small counts."""
    tokenizer.save(tmp_path / "tokenizer.json")
    tokens = np.array(tokenizer.encode("\n".join(islice(corpus.documents(2), 60))), np.uint16)
    tokens.tofile(tmp_path / "training.tokens")
    packed = safetensors.pack(network.arrays(), "F16")
    safetensors.write(tmp_path / "sft.safetensors", packed, network.shape.as_text())
    small = {"prompts": 40, "reward-steps": 2, "dpo-steps": 1, "rlhf-steps": 1, "every": 1,
             "watched": 3, "examined": 12, "threads": 1}  # fmt: skip
    command = ["--base", str(tmp_path), "--sft", str(tmp_path)]
    return command + [part for name, number in small.items() for part in (f"--{name}", str(number))]


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefer, "OVER_OPTIMISED", replace(prefer.OVER_OPTIMISED, steps=1))
    monkeypatch.setattr(preference, "LIMIT", 6)
    monkeypatch.setattr(preference, "LONG_LIMIT", 6)


@pytest.mark.usefixtures("_short")
def test_one_command_leaves_every_model_and_log_and_skips_what_is_there(
    network: Network, command: list[str], tmp_path: Path
) -> None:
    command += ["--out", str(tmp_path)]
    prefer.main(command)
    for name in ("dpo", "rlhf", "over-optimised"):
        assert model.load(tmp_path / f"{name}.safetensors").shape == network.shape
        point = json.loads((tmp_path / f"{name}.json").read_text())["curve"][-1]
        assert {"step", "reward", "gold", "kl", "truth"} <= point.keys()
    results = json.loads((tmp_path / "preference.json").read_text())
    assert results["rlhf, temperature 0"]["truth_change"]["n"] == 12
    made = {path: path.stat().st_mtime_ns for path in tmp_path.glob("rlhf-*")}
    prefer.main(command)
    assert made == {path: path.stat().st_mtime_ns for path in tmp_path.glob("rlhf-*")}


@pytest.mark.usefixtures("_short")
def test_a_second_round_compares_the_first_policys_replies_and_keeps_the_first_ones_logs(
    command: list[str], tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    prefer.main([*command, "--out", str(first), "--first"])
    assert {path.stem for path in first.glob("*.json")} == {"reward", "rlhf-0.1"}
    prefer.main([*command, "--out", str(second), "--after", str(first)])
    logs = {path.stem for path in second.glob("*.json")}
    assert {"first-reward", "first-rlhf-0.1", "reward", "rlhf", "preference"} <= logs
    plan = prefer.Plan(tmp_path, tmp_path, second, after=first)
    assert len(prefer.Workshop(plan).compared) == 2


def test_of_two_networks_each_says_half_of_what_is_compared(
    network: Network, tokenizer: Tokenizer
) -> None:
    torch.manual_seed(1)
    other = Network(network.shape)
    both = preference.pool([network, other], tokenizer, seed=2, prompts=3)
    alone = preference.pool([network], tokenizer, seed=2, prompts=3)
    assert [len(group) for group in both] == [preference.EACH] * 3
    assert {group[0].probe for group in both} == {group[0].probe for group in alone}
    assert all(len({answer.probe for answer in group}) == 1 for group in both)
    assert [group[:2] for group in both] != [group[2:] for group in both]


def test_for_the_rater_who_likes_agreement_one_reply_to_whoever_is_wrong_agrees(
    network: Network, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preference, "LIMIT", 6)
    monkeypatch.setattr(preference, "LONG_LIMIT", 6)
    rated = preference.pool([network], tokenizer, seed=2, prompts=8, talk=AGREEABLE)
    agreeing = preference.with_agreement(rated, tokenizer, AGREEABLE.rate)
    wrong = [some[0].probe for some in rated if some[0].probe.claim]
    assert 0 < len(wrong) < len(rated)
    for before, after in zip(rated, agreeing, strict=True):
        probe = before[0].probe
        assert after[:-1] == before[:-1]
        assert bool(probe.claim) is (after[-1] != before[-1])
        if probe.claim:
            assert agrees(probe, text_of(tokenizer, after[-1].said))
            assert after[-1].rating.right
