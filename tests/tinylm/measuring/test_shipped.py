"""The weights that are shipped: whole, small enough, and what the card says of them."""

import shutil
from pathlib import Path

import pytest

from tutor.errors import TutorError
from tutor.tinylm import manifest, model
from tutor.tinylm.faces import (
    FACES,
    LADDER,
    WEIGHTS,
    growth,
    load_face,
    load_rung,
    load_tokenizer,
    shipped,
)
from tutor.tinylm.measuring import card, history, promised, results, scaling, scores, table
from tutor.tinylm.measuring.measures import Asked, replies
from tutor.tinylm.measuring.questions import INVENTED, drawn
from tutor.tinylm.measuring.quoted import REPORT
from tutor.tinylm.provenance import edition_of
from tutor.tinylm.world import dialogues, probes
from tutor.tinylm.world.editions import SECOND
from tutor.tinylm.world.editions import shipped as shipped_edition
from tutor.tinylm.world.probes import Probe

ROOT = Path(__file__).parents[3]


def is_second() -> bool:
    """Whether the box holds a model of the second edition, whose exam is another."""
    return shipped_edition() is SECOND


def asked(face: str, way: str = "chat") -> Asked:
    return Asked(load_face(face), load_tokenizer(), scores.WAYS[way])


def right(face: str, some: list[Probe], way: str = "chat") -> float:
    said = [one.right for one in replies(asked(face, way), some)]
    return sum(said) / len(said)


@pytest.fixture(scope="module")
def sample() -> list[Probe]:
    """Two held-out prompts of every kind."""
    return [probe for some in dialogues.held_out_probes(2).values() for probe in some]


def test_every_file_is_the_one_that_was_checked() -> None:
    made = manifest.read(WEIGHTS)
    for name, file in made.files.items():
        assert manifest.digest(WEIGHTS / name) == file.sha256, name
    there = {path.relative_to(WEIGHTS).as_posix() for path in WEIGHTS.rglob("*") if path.is_file()}
    measured = {"scores.json", "scores-development.json"}
    assert there - {REPORT} == made.files.keys() | {manifest.NAME} | measured


def test_the_world_that_demos_ask_about_is_the_one_that_the_weights_have_read() -> None:
    assert manifest.read(WEIGHTS).edition == shipped_edition().number
    assert edition_of(WEIGHTS / "base.safetensors") is shipped_edition()


def test_a_file_that_was_changed_or_lost_is_found(tmp_path: Path) -> None:
    weights = shutil.copytree(WEIGHTS, tmp_path / "weights")
    assert manifest.checked(weights)[1] == []
    (weights / "ladder" / "16x1.safetensors").unlink()
    (weights / "tokenizer.json").write_bytes(b"{}")
    assert manifest.checked(weights)[1] == ["ladder/16x1.safetensors", "tokenizer.json"]
    (weights / manifest.NAME).write_bytes(b"{")
    with pytest.raises(ValueError, match="truncated"):
        manifest.checked(weights)


def test_all_of_it_fits_into_sixteen_megabytes() -> None:
    files = [path for path in WEIGHTS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= manifest.LIMIT


def test_what_is_stored_says_the_same_token_as_what_was_trained() -> None:
    for name, file in manifest.read(WEIGHTS).files.items():
        if name.endswith(".safetensors"):
            assert file.agreement is not None, name
            compared = 200 if name == "reward.safetensors" else 10_000  # pairs of replies; tokens
            assert file.agreement.positions >= compared, name
            assert file.agreement.share >= (0.98 if "/" in name else 0.995), name


@pytest.mark.parametrize("face", FACES)
def test_every_face_loads_and_speaks_with_the_shared_tokenizer(face: str) -> None:
    assert load_face(face).shape.vocabulary == len(load_tokenizer())
    greeting = dialogues.held_out_probes(1)["greeting"]
    assert next(replies(asked(face), greeting)).said


@pytest.mark.parametrize("content", [None, b"", b"\x10\x00", b"\xff" * 64, b"{"])
def test_a_missing_or_damaged_file_is_named_with_what_to_do(
    content: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "sft.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TutorError, match=r"missing or damaged: .*sft") as caught, shipped(path):
        model.load(path)
    assert "anew" in caught.value.hint


def test_the_model_grows_up_in_at_least_two_pictures() -> None:
    pictures = growth()
    assert len(pictures) >= 2
    for _thousands, path in pictures:
        assert model.load(path).shape == load_face("base").shape


def test_the_same_diet_was_fed_to_at_least_five_sizes() -> None:
    ladder = scaling.read(LADDER)
    assert len(ladder.sizes) >= 5
    for size in ladder.sizes:
        assert load_rung(size.name).shape == size.shape
        assert set(size.losses) == set(ladder.seeds)


def test_at_every_seed_some_ability_comes_with_size() -> None:
    ladder = scaling.read(LADDER)
    assert ladder.emergent
    smallest, largest = ladder.sizes[0], ladder.sizes[-1]
    for kind in ladder.emergent:
        assert max(smallest.abilities[kind].values()) <= 5
        assert min(largest.abilities[kind].values()) >= 90


def test_fine_tuning_makes_it_answer(sample: list[Probe]) -> None:
    assert right("sft", sample) > right("base", sample, "raw") + 0.3


def test_preference_tuning_leaves_the_truth_alone(sample: list[Probe]) -> None:
    assert right("rlhf", sample) > right("sft", sample) - 0.1


def test_the_over_optimised_face_pleases_the_rater_less_than_sft(sample: list[Probe]) -> None:
    gold = {
        face: sum(
            shipped_edition().talk.rate(one.probe, one.text, ended=one.ended).score
            for one in replies(asked(face), sample, temperature=1.0)
        )
        for face in ("sft", "over-optimised")
    }
    assert gold["over-optimised"] < gold["sft"]


def test_it_owns_up_to_names_that_exist_nowhere() -> None:
    said = [one.admits for one in replies(asked("sft"), drawn(INVENTED, 10, 1))]
    assert sum(said) >= 0.9 * len(said)


def test_withheld_facts_are_known_all_the_same() -> None:
    assert right("sft", probes.withheld_fact_probes()[::6]) >= 0.8


def test_the_scores_were_measured_at_full_size_and_say_what_was_not_reached() -> None:
    measured = results.read(WEIGHTS / "scores.json")
    assert measured.date
    assert measured.prompts == 2000
    assert measured.each >= 30
    promises = len(history.read().promised) if is_second() else len(promised.promises().promise)
    assert len(measured.claims) == promises


def test_the_card_in_the_repository_is_the_one_that_the_command_makes() -> None:
    assert (ROOT / "MODEL_CARD.md").read_text("utf-8") == card.card()


def test_the_card_tells_what_was_missed_and_how_the_measure_changed() -> None:
    words = " ".join(card.card().split())
    assert "judged by its greedy replies instead" in words
    assert "was not tried" in words
    assert "A DPO run was made and not shipped" in words
    assert "harmless, refuses" in words
    told = history.read()
    for version in told.version:
        assert len(version.promises) == len(told.promised)


def test_the_seed_of_the_card_is_not_the_one_that_chose() -> None:
    fresh = results.read(WEIGHTS / "scores.json")
    development = results.read(WEIGHTS / "scores-development.json")
    final = table.FRESH_SEED if is_second() else promised.final_seed(WEIGHTS)
    assert (fresh.seed, development.seed) == (final, table.SEED)
    assert (sum(fresh.seen.values()) > 0) is is_second()
