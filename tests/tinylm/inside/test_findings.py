"""What is said of the insides is what was found in the very weights that are shipped."""

import re
from pathlib import Path

import pytest

from tutor.tinylm import manifest
from tutor.tinylm.faces import WEIGHTS, growth, load_face, load_tokenizer
from tutor.tinylm.inside import circuits, searching, tasks
from tutor.tinylm.inside.changes import UNCHANGED, Head
from tutor.tinylm.inside.claims import CLAIMS, MOSTLY, Claim
from tutor.tinylm.inside.findings import COPIES, findings
from tutor.tinylm.model import load

ANEW = "new weights: measure again with python -m tutor.tinylm.inside.circuits --write"
LESSONS = Path(__file__).parents[3] / "lessons"
HEADS = re.compile(r"\b[Hh]eads? ((?:\d\.\d(?:, | and | or )?)+)")


def test_the_search_was_made_in_the_weights_that_are_shipped() -> None:
    shipped = {face: manifest.digest(WEIGHTS / f"{face}.safetensors") for face in circuits.FACES}
    assert findings().weights == shipped, ANEW


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_every_claim_is_borne_out(claim: Claim) -> None:
    assert claim.holds(findings()), f"{claim.says(findings())}; {ANEW}"


def test_no_lesson_names_a_head_that_the_search_does_not() -> None:
    for path in LESSONS.glob("*.yaml"):
        for names in HEADS.findall(path.read_text("utf-8")):
            assert set(re.findall(r"\d\.\d", names)) <= findings().named_heads, path


def test_a_sample_measured_again_says_the_same() -> None:
    raw, tokenizer = load_face("base"), load_tokenizer()
    rows, capitals = tasks.rows(tokenizer, 12, seed=99), tasks.capitals(tokenizer)
    copiers = searching.copiers_of(raw, rows)
    assert tuple(map(str, copiers)) == findings().copying.copiers
    assert searching.with_changes(raw, rows).right >= MOSTLY
    without = UNCHANGED.minus(*copiers)
    for gaps, task in ((rows, "rows"), (capitals, "capitals")):
        wanted = findings().tasks[task].without_copiers.right
        assert searching.with_changes(raw, gaps, without).right == pytest.approx(wanted, abs=0.15)
    carried = searching.carrying(raw, capitals[:8])
    assert carried.layer == findings().carrying.layer


def test_new_words_take_the_same_two_steps() -> None:
    raw, tokenizer = load_face("base"), load_tokenizer()
    rows = tasks.rows(tokenizer, 12, seed=99)
    teller = Head.named(findings().copying.teller)
    seen = searching.to_the_token_before(raw, rows)[teller.layer, teller.head]
    assert seen == pytest.approx(findings().copying.before[str(teller)], abs=0.05)


def test_a_model_too_young_to_copy_is_searched_all_the_same() -> None:
    tokenizer, gaps = load_tokenizer(), tasks.rows(load_tokenizer(), 4)
    young = load(growth()[0][1])
    found = searching.copying(young, gaps)
    assert len(found.copiers) == 2
    assert found.copiers_sight < COPIES
    assert found.teller not in found.copiers
    carrying = searching.carrying(young, tasks.capitals(tokenizer)[:4])
    assert carrying.layer == young.shape.layers + 1, "nothing is carried over yet"


def test_the_table_tells_every_task_and_every_claim() -> None:
    said = "\n".join(circuits.table(findings()))
    assert all(name in said for name in tasks.TASKS)
    assert said.count("holds  ") == len(CLAIMS)
    assert "FAILS" not in said


def test_a_gap_is_one_token_that_can_be_read_off_where_it_says() -> None:
    tokenizer = load_tokenizer()
    for gap in tasks.rows(tokenizer):
        assert gap.tokens[gap.source] == gap.wanted
    for gap in tasks.capitals(tokenizer):
        assert gap.text.split()[-2].endswith(tokenizer.decode([gap.tokens[gap.source]]).strip())


def test_what_is_written_down_is_short() -> None:
    assert circuits.rounded({"a": [0.123456, 1, "b"]}) == {"a": [0.1235, 1, "b"]}
