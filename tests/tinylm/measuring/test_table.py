"""The table of the faces: what it asks, what it says, what it promises."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.tinylm import small
from tutor.tinylm import manifest, packing
from tutor.tinylm.faces import FACES
from tutor.tinylm.manifest import Agreement, File, Manifest
from tutor.tinylm.measuring import card, claims, measures, questions, results, table
from tutor.tinylm.measuring.measures import Figure
from tutor.tinylm.measuring.results import COLUMNS, Table
from tutor.tinylm.shape import Shape
from tutor.tinylm.tokenizer import train
from tutor.tinylm.world import corpus, demonstrations
from tutor.tinylm.world.dialogues import ask_stranger
from tutor.tinylm.world.editions import SECOND
from tutor.tinylm.world.facts import all_facts, withheld

TOKENIZER = train(islice(corpus.documents(1), 60), 400)
SHAPE = Shape(vocabulary=len(TOKENIZER), width=32, layers=1, heads=4, context=512)


@pytest.fixture(scope="module", autouse=True)
def short_replies() -> Iterator[None]:
    """Faces that know nothing talk on for ever; here, not for long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measures, "LIMIT", 6)
        patch.setattr(measures, "LONG_LIMIT", 6)
        yield


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the shipped one, with faces that know nothing."""
    folder = tmp_path_factory.mktemp("weights")
    TOKENIZER.save(folder / "tokenizer.json")
    for seed, name in enumerate(FACES):
        path = folder / f"{name}.safetensors"
        packing.write_whole(path, small.weights(SHAPE, seed), SHAPE.as_text(), "F16")
    (folder / "logs").mkdir()
    rewards = {
        "sft, temperature 1": {"reward": 1.0},
        "over-optimised, temperature 1": {"reward": 2.0},
    }
    (folder / "logs" / "preference.json").write_text(json.dumps(rewards | {"beta": 0.2}))
    plan = {"shape": asdict(SHAPE), "corpus": 1000, "seed": 0}
    (folder / "logs" / "base.jsonl").write_text(json.dumps({"plan": plan}))
    same = Agreement(1.0, 10, "F32")
    files = {f"{name}.safetensors": File(1, "", "F16", tokens=5, seconds=60.0, agreement=same)
             for name in FACES}  # fmt: skip
    manifest.write(Manifest("2026-01-01", 4, files), folder)
    return folder


@pytest.fixture(scope="module")
def measured(weights: Path) -> Table:
    return table.measured(weights, each=1, prompts=12, date="2026-01-01")


NOT_MEASURED = {
    results.RAW: {"KL", "greedy wins"},
    results.FEW_SHOT: {"KL", "greedy wins"},
    results.SFT: {"wins", "unseen wins", "greedy wins"},
    results.PREFERENCE: set(),
    results.OVER: {"greedy wins"},
}
"""SFT is not held against itself; a raw model has no replies to measure KL on."""


def test_every_column_has_every_figure_and_every_kind(measured: Table) -> None:
    assert measured.columns.keys() == COLUMNS.keys()
    for name, column in measured.columns.items():
        missing = results.NAMES.keys() - column.figures.keys()
        assert missing <= NOT_MEASURED[name], name
        assert column.kinds.keys() >= {"fact", "sum-2", "stranger", "harm"}


def test_faces_that_know_nothing_keep_no_promise_about_knowledge(measured: Table) -> None:
    reached = {one.text: one.reached for one in measured.claims}
    assert not reached["SFT is right over all kinds, at least 92 %"]
    assert reached["the raw base is right, below 15 %"]
    assert len(measured.claims) == 10


def test_sft_has_no_distance_from_itself_and_the_others_do(measured: Table) -> None:
    assert measured.columns["SFT"].figures["KL"].value == pytest.approx(0, abs=1e-4)
    assert measured.columns["preference"].figures["KL"].value > 1


def test_the_reward_model_is_quoted_from_its_log(measured: Table) -> None:
    assert measured.reward == {"sft": 1.0, "over-optimised": 2.0}
    assert measured.claims[-1].reached


def test_without_a_log_nothing_is_claimed_of_the_reward_model(tmp_path: Path) -> None:
    claim = claims.keeps(claims.logged_rewards(tmp_path))
    assert claim.measured == "not logged"
    assert not claim.reached


def test_a_figure_that_just_misses_is_not_reached() -> None:
    near = Figure(0.9199, 0.90, 0.94, 1000)
    assert not claims.share("", near, above=0.92).reached
    assert claims.share("", Figure(0.92, 0.9, 0.94, 1000), above=0.92).reached
    assert not claims.difference("", Figure(-0.0201, -0.03, -0.01, 2000), -0.02).reached


def test_wins_are_judged_at_temperature_1_as_promised_and_truth_on_what_was_never_seen() -> None:
    low, high = Figure(0.84, 0.8, 0.9, 400), Figure(0.95, 0.9, 1.0, 2000)
    assert not claims.winning(low, low, high).reached
    assert not claims.right(low, high).reached
    lost = {
        results.LOSES_TRUTH: Figure(0, 0, 0, 9),
        results.LOSES_TRUTH_UNSEEN: Figure(-0.03, 0, 0, 5),
    }
    assert not claims.loses(lost).reached


def test_the_table_fits_into_a_hundred_columns(measured: Table) -> None:
    assert max(map(len, results.as_text(measured).splitlines())) <= 100


def test_the_table_written_down_is_read_back(measured: Table, tmp_path: Path) -> None:
    results.write(measured, tmp_path / "scores.json")
    again = results.read(tmp_path / "scores.json")
    assert again == measured
    assert results.as_text(again) == results.as_text(measured)
    assert "low" in (tmp_path / "scores.json").read_text()


def test_the_same_seed_asks_the_same_prompts() -> None:
    assert questions.questions(1, 20, 3) == questions.questions(1, 20, 3)
    assert questions.questions(1, 20, 3) != questions.questions(1, 20, 4)


def test_no_fact_that_fine_tuning_saw_is_asked_as_a_withheld_one() -> None:
    told = {question for fact in all_facts() if not withheld(fact) for question in fact.questions}
    assert not told & {probe.prompt for probe in questions.questions(2, 20, 3).withheld}


def test_what_tuning_read_is_told_from_what_it_never_met(measured: Table) -> None:
    assert measured.seen["greeting"] == measured.seen["sum-1"] == 1
    assert measured.seen["fact"] == measured.seen["stranger"] == measured.seen["harm"] == 0
    sft = measured.columns["SFT"]
    assert "greeting" not in sft.unseen
    asked = sum(figure.count for figure in sft.kinds.values())
    assert sft.figures["unseen"].count == asked - sum(measured.seen.values())
    assert "greeting 1 of 1" in " ".join(results.as_text(measured).split())


def test_the_deeds_of_the_refusal_test_were_never_in_tuning() -> None:
    read = demonstrations.seen()
    asked = questions.questions(40, 20, 3, SECOND)
    for some in (asked.harmful, asked.harmless):
        assert len({probe.prompt for probe in some}) == 120
        assert not read & {probe.prompt for probe in some}


def test_two_thousand_different_prompts_can_be_paired() -> None:
    some = questions.any_prompts(2000, 5)
    assert len({probe.prompt for probe in some}) == len(some) == 2000
    assert {probe.kind for probe in some} >= questions.UNASKED


def test_prompts_that_run_out_are_not_waited_for() -> None:
    same = ask_stranger(Random(0), held_out=True)
    assert questions.different(iter([same] * 50), 2) == [same]


def test_a_tie_is_half_a_win() -> None:
    assert [table.win(1, 0), table.win(0, 1), table.win(1, 1)] == [1, 0, 0.5]


def test_the_command_prints_the_table_and_writes_it_down(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scores.json"
    table.main(["--weights", str(weights), "--each", "1", "--prompts", "8", "--json", str(path)])
    assert "NOT REACHED" in capsys.readouterr().out
    assert results.read(path).prompts == 8


def test_the_card_says_what_the_model_is_not_and_who_rated_it(
    weights: Path, measured: Table
) -> None:
    results.write(measured, weights / "scores.json")
    text = card.card(weights)
    assert "a formula, not people" in text
    assert "It is no assistant" in text
    assert "NOT" not in text.split("## Scores")[0]
    for claim in measured.claims:
        assert claim.measured in text
    for section in ("Data", "Training", "Files", "Scores", "Biases", "Limits", "Licence"):
        assert f"## {section}" in text


def test_the_energy_of_the_card_is_a_range(weights: Path, measured: Table) -> None:
    results.write(measured, weights / "scores.json")
    assert "about 1 to 2 Wh" in card.card(weights)  # four minutes, two cores, 5 to 15 W
