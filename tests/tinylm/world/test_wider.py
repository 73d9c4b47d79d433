"""What the third edition adds: its exercises are right, and what is kept for tests is kept."""

import re
from random import Random

import pytest

from tutor.tinylm.world import catalogue, columns, conduct, crafts, following, having, labels, typed
from tutor.tinylm.world.exercises import NOUNS, Exercise, Writer
from tutor.tinylm.world.facts import all_facts
from tutor.tinylm.world.wider import READING, SUMS

SEEDS = range(200)


@pytest.mark.parametrize(
    "write",
    [
        columns.sum_of_three_digits, columns.difference_of_three_digits, columns.sum_in_columns,
        columns.any_row, columns.any_row_in_steps,
    ],
)  # fmt: skip
def test_every_sum_on_a_page_is_right(write: Writer) -> None:
    for seed in SEEDS:
        one = write(Random(seed))
        for left, right in re.findall(r"([\d +-]+) = (\d+)", one.answer):
            assert eval(left) == int(right), one.answer
        assert one.accepted in one.answer


def test_a_sum_in_columns_ends_in_the_digits_of_its_columns() -> None:
    one = Exercise("sum-3", "", "", "488 + 22 = 510", "")
    assert columns.column_by_column(one) == (
        "8 + 2 = 10. 8 + 2 + 1 = 11. 4 + 1 = 5. So 488 + 22 = 510"
    )


def test_what_a_column_borrows_is_missing_in_the_next() -> None:
    one = Exercise("difference-3", "", "", "403 - 8 = 395", "")
    assert columns.borrowing(one) == "13 - 8 = 5. 9 = 9. 3 = 3. So 403 - 8 = 395"
    for seed in SEEDS:
        one = columns.difference_of_three_digits(Random(seed))
        *steps, _so = columns.borrowing(one).split(". ")
        digits = "".join(step.rsplit(" ", 1)[1] for step in reversed(steps))
        assert int(digits) == int(one.answer.rsplit(" ", 1)[1])
        assert all(eval(step.split(" = ")[0]) == int(step.split(" = ")[1]) for step in steps)


def test_no_sum_of_three_digits_has_a_fourth() -> None:
    for seed in SEEDS:
        numbers = re.findall(r"\d+", columns.sum_of_three_digits(Random(seed)).answer)
        assert max(map(int, numbers)) <= columns.MOST
        assert int(numbers[-1]) >= columns.THREE_DIGITS


@pytest.mark.parametrize("write", [*dict.fromkeys((*SUMS, *READING))])
def test_every_exercise_holds_its_own_answer(write: Writer) -> None:
    for seed in SEEDS:
        one = write(Random(seed))
        assert one.accepted in one.answer


def test_whoever_is_asked_for_is_the_one_of_whom_it_was_told() -> None:
    for seed in SEEDS:
        one = having.who_has_it(Random(seed))
        thing = one.question.removeprefix("Who has the ").removesuffix("?")
        told = [line for line in one.text.split(".") if re.search(rf"\b{thing}\b", line)]
        assert len(told) == 1
        assert one.accepted in told[0]


def test_a_colour_belongs_to_the_thing_that_has_it() -> None:
    for seed in SEEDS:
        one = having.colour_of_it(Random(seed))
        thing = one.question.removeprefix("What colour is the ").removesuffix("?")
        assert f"{one.accepted} {thing}." in one.text
        names = re.findall(r"(\w+) has", one.text)
        assert len(names) == len(set(names))


def test_a_list_holds_so_many_different_members() -> None:
    for seed in SEEDS:
        one = catalogue.any_list(Random(seed))
        items = re.findall(r"\d\. (.+)", one.answer)
        count = next(number for word, number in catalogue.COUNTS.items() if word in one.question)
        assert len(set(items)) == len(items) == count
        assert {item.lower() for item in items} <= {
            item.lower() for item in catalogue.LISTS[one.accepted]
        }


def test_every_craft_is_told_with_the_word_that_a_right_answer_holds() -> None:
    assert all(craft.word in craft.answer for craft in crafts.CRAFTS)
    withheld = [craft for craft in crafts.CRAFTS if crafts.craft_withheld(craft)]
    assert 12 <= len(withheld) <= 20
    assert not {craft.deed for craft in crafts.CRAFTS} & set(crafts.UNKNOWN_CRAFTS)


def test_a_follow_up_is_answered_by_its_own_fact() -> None:
    known = {fact.key for fact in all_facts()}
    for seed in SEEDS:
        one = following.follow_up(Random(seed))
        assert {one.first.key, one.second.key} <= known
        assert one.first.key != one.second.key
        same = one.first.relation == one.second.relation
        assert same is (one.first.subject != one.second.subject)


@pytest.mark.parametrize(
    ("asked", "name", "short"),
    [
        ("What does the owl eat?", "owl", "What does it eat?"),
        ("What is a baby owl called?", "owl", "What is its baby called?"),
        ("What pet does Mira have?", "Mira", "What pet does she have?"),
        ("What is the job of Bram?", "Bram", "What is his job?"),
        ("What animal lives with Mira?", "Mira", "What animal lives with her?"),
    ],
)
def test_a_pronoun_stands_for_the_name(asked: str, name: str, short: str) -> None:
    assert following.with_pronoun(asked, name) == short


def test_what_is_kept_for_tests_is_labelled_on_no_page() -> None:
    for seed in SEEDS:
        for line in labels.label_page(Random(seed)).splitlines():
            item = re.split(r": | - | = | -> | is ", line)[0]
            assert not labels.never_labelled(item)


def test_two_pairs_of_sorts_never_meet_on_a_page_and_can_be_asked_for() -> None:
    for seed in SEEDS:
        test = labels.label_test(Random(seed), 8, met=False)
        assert test.right in test.labels
        assert test.page.count(test.labels[0]) == test.page.count(test.labels[1]) == 8


def test_an_asked_item_stands_on_its_page_once_and_without_its_label() -> None:
    for seed in SEEDS:
        test = labels.label_test(Random(seed), 4)
        *shown, asked = test.page.splitlines()
        item = re.split(r":| -| =| ->| is", asked)[0]
        assert labels.never_labelled(item)
        assert all(not line.startswith(f"{item} ") for line in shown)
        assert len(shown) == len(set(shown)) <= 8


def test_a_label_is_no_word_of_the_world() -> None:
    rng = Random(3)
    assert not {labels.made_up(rng) for _ in range(5000)} & set(NOUNS)


def test_careless_typing_changes_nothing_but_capitals_marks_and_frames() -> None:
    assert typed.careless("What is the capital of Kenya?") == "what is the capital of kenya"
    for seed in SEEDS:
        asked = typed.as_typed(Random(seed), "What is the capital of Kenya?")
        assert "kenya" in asked.lower()


def test_a_slip_never_hits_what_is_asked_for() -> None:
    for seed in SEEDS:
        slipped = typed.with_a_slip(Random(seed), "Where does the zebra live?")
        assert "zebra" in slipped
        assert slipped.endswith("?")
    assert typed.with_a_slip(Random(1), "Mira!") == "Mira!"


def test_villagers_who_meet_say_nothing_that_only_a_machine_would() -> None:
    for seed in SEEDS:
        text = conduct.acquaintance(Random(seed)).lower()
        assert "tiny" not in text
        assert "model" not in text
        assert "{" not in text


def test_what_is_right_is_told_from_what_is_wrong() -> None:
    for seed in SEEDS:
        for line in conduct.right_and_wrong(Random(seed)).splitlines():
            if any(line.endswith(f"to {deed}.") for deed in ("bake bread", "plant a tree")):
                assert "wrong" not in line


def test_on_a_page_of_things_put_away_each_is_where_it_was_put_last() -> None:
    for seed in SEEDS:
        text, *asked = having.putting_page(Random(seed)).lower().split("\n")
        for question, answer in zip(asked[::2], asked[1::2], strict=True):
            thing = question.removeprefix("q: where is the ").removesuffix("?")
            lies = re.findall(rf"the {thing} (?:in|to) the (\w+)\.", text)[-1]
            assert answer == f"a: the {thing} is in the {lies}."
