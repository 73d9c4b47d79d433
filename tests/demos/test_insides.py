"""Demos that look inside the model and change one thing there."""

import re

import pytest

from tests.demos.playing import guessing, play, stage_of, typing
from tutor.catalogue.registry import demonstration
from tutor.demos import ablate, circuit, patch, superposition
from tutor.demos.parts.insides import opened, parts_named
from tutor.errors import PromptTooLongError
from tutor.screen.heat_table import heat_table, percent
from tutor.screen.terminal import Look
from tutor.tinylm.inside.changes import Head, Mlp, Part
from tutor.tinylm.inside.findings import findings

DEMOS = ("lens", "ablate", "patch", "steer", "circuit", "superposition")
each = pytest.mark.parametrize("name", DEMOS)
RICH = Look()


def said(name: str, *lines: str, text: str = "", **settings: object) -> str:
    """All that a demo says to a learner who types these lines, on one line."""
    return " ".join(play(name, stage_of(text, ask=typing(*lines)), **settings).split())


@each
def test_a_guess_comes_first_and_is_shown_beside_the_result(name: str) -> None:
    asked: list[str] = []
    shown = play(name, stage_of(guess=guessing(1, asked)))
    assert len(asked) == 1
    assert "You guessed: " in shown
    assert shown.index("You guessed") > 200, "the result stands before it"


@each
def test_each_says_what_it_does_not_prove(name: str) -> None:
    shown = play(name, stage_of())
    assert "What this does not prove" in shown
    assert demonstration(name).notice


def test_the_lens_says_where_the_final_word_comes_up_and_looks_at_any_place() -> None:
    shown = said("lens", "2", "The opposite of wet is")
    assert '"Nairobi" is on top, and stays there, after layer' in shown
    assert "After token 2," in shown
    assert '"dry" is on top' in shown


def test_two_heads_out_cost_what_one_does_not() -> None:
    copiers = findings().copying.copiers
    shown = said("ablate", "1.1", " ".join(copiers), "The opposite of wet is")
    left = dict(re.findall(r'Without ([\d. and]+): "Nairobi" (\d+)%', shown))
    assert int(left["1.1"]) > 90
    assert int(left[" and ".join(copiers)]) < 50
    assert 'Chance of "dry"' in shown
    assert shown.count("the loss goes from") == 4


def test_parts_that_ruin_everything_are_not_said_to_hold_the_answer() -> None:
    for name in ("ablate", "circuit"):
        assert "worse than blind guessing (8.03): that says nothing about" in said(name)


def test_a_pair_of_which_one_is_missed_alone_is_not_said_to_stand_in_for_each_other() -> None:
    pair = (Head(3, 1), Head(3, 3))
    alike: dict[Part, float] = {pair[0]: 0.9, pair[1]: 0.8}
    unlike: dict[Part, float] = {pair[0]: 0.9, pair[1]: 0.6}
    assert "stands in" in ablate.verdict(alike, pair, 0.1, 1.0)
    assert "stands in" not in ablate.verdict(unlike, pair, 0.1, 1.0)
    assert "not sure" in ablate.verdict(unlike, pair, 0.1, 0.4)


def test_a_state_carried_over_brings_its_own_answer_with_it() -> None:
    carried = findings().carrying.layer
    shown = said("patch", "no bar here", "The opposite of hot is | The opposite of wet is")
    there = f'at "Kenya" up to layer {carried - 1}, at "is" from layer {carried} on'
    assert f'One state is enough for "Helsinki": {there}.' in shown
    assert "Two texts are needed, with a bar between them." in shown
    assert 'Chance of "dry"' in shown


def test_one_text_without_a_bar_is_never_quietly_left_for_another() -> None:
    shown = said("patch", text="The capital of Peru is")
    assert "with a bar between them. Try: The opposite of hot is | The opposite" in shown
    assert "Kenya" not in shown


def test_texts_that_are_the_same_have_nothing_to_carry_over() -> None:
    shown = said("patch", text="The opposite of hot is | The opposite of hot is")
    assert "Chance of" in shown
    assert patch.span([0, 1, 2], 2) == "at any layer"
    assert patch.span([1], 3) == "near layer 1"


def test_a_push_makes_the_raw_model_answer_and_none_leaves_it_as_it_was() -> None:
    shown = said("steer", "0", "99", "Where does the owl live?")
    assert "strength 1 The capital of Kenya is Nairobi." in shown
    assert "I do not know" in shown.split("The tuned model, towards not knowing")[1]
    assert "Strength 5: " in shown
    assert "owl" in shown.split("Strength 5")[1]


def test_both_steps_of_the_circuit_are_seen_and_each_is_needed() -> None:
    copiers = " and ".join(findings().copying.copiers)
    shown = said("circuit", "red green blue", findings().copying.teller, "one", "one one")
    assert "Step 1, head" in shown
    assert shown.count("Step 2, head") == 2 * len(findings().copying.copiers)
    assert f"without {copiers}" in shown
    assert "red green blue | red green" in shown
    assert "a row here has 2 to 8" in shown
    assert "stands there twice" in shown


def test_a_row_that_is_not_copied_is_not_passed_off_as_one_and_the_one_to_try_is_copied() -> None:
    suggested = circuit.EXAMPLE.removeprefix("Try: ")
    shown = said("circuit", text="moon fish garden")
    assert "not every row is copied" in shown
    assert suggested in shown
    assert "does not copy this row" not in said("circuit", text=suggested)
    assert "does not copy this row" in said("circuit", text="hot cold up down")
    assert "does not copy this row" not in said("circuit", text="bread owl lantern drum")


@pytest.mark.parametrize("words", ["bread owl", "Zanzibar pterodactyl quark", "a b c d e f g h"])
def test_a_row_of_any_words_is_found_where_it_stands(words: str) -> None:
    row = circuit.row(words)
    one = opened(circuit.twice(row), RICH)
    wanted, source = circuit.target(one, row)
    assert one.seen.tokens[source] == wanted


def test_three_features_come_back_as_long_as_one_is_there_at_a_time() -> None:
    for place in range(3):
        given = [float(place == other) for other in range(3)]
        back = superposition.read_back(superposition.stored(given), 3)
        assert back == pytest.approx(given)
    assert superposition.read_back(superposition.stored([1, 1, 0]), 3) == pytest.approx(
        [0.5, 0.5, 0]
    )
    shown = said("superposition", "2 0 0", "x", "1 2", text="1 1 0")
    assert shown.count("Stored as") == 2
    assert "Those are not three numbers" in shown


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("4.2", (Head(3, 1),)),
        ("4.2, 4.4 and mlp 1", (Head(3, 1), Head(3, 3), Mlp(0))),
        ("MLP5", (Mlp(4),)),
        ("6.1", ()),
        ("0.1", ()),
        ("4.2 is great", ()),
        ("The dog", ()),
        ("999999999999.1", ()),
    ],
)
def test_parts_are_read_as_people_type_them(typed: str, parts: tuple[object, ...]) -> None:
    assert parts_named(typed, opened("The dog", RICH)) == parts


def test_a_text_too_long_to_be_told_is_refused_with_what_to_try() -> None:
    with pytest.raises(PromptTooLongError, match="this demo shows") as caught:
        opened("owl " * 100, RICH)
    assert caught.value.hint


def test_glowing_cells_hold_their_numbers_and_plain_rows_say_what_stands_out() -> None:
    rows = [("a", [0.0, 0.001, 0.5]), ("b", [0.0, 0.0, 0.0])]
    drawn = heat_table(("", "x", "y", "z"), rows, RICH, 40)
    assert drawn[1].plain.split() == ["a", "0%", "<1%", "50%"]
    assert len({str(span.style) for span in drawn[1].spans}) == 3
    spoken = [row.plain for row in heat_table(("", "x", "y", "z"), rows, Look(plain=True), 40)]
    assert spoken == ["a. x: 0%; y: <1%; z: 50%.", "b: 0% throughout."]
    assert [percent(share) for share in (0.0, 0.004, 0.5, 0.996, 1.0)] == [
        "0%", "<1%", "50%", ">99%", "100%",
    ]  # fmt: skip
