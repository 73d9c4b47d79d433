"""Examples above a question: how they are read, and what is counted."""

import re
from random import Random

import pytest

from tests.demos.models import Chatty
from tests.demos.playing import choosing, small
from tutor.demos.few_shot import Examples, items, page_of, read_examples
from tutor.demos.parts.made_up import AGAIN, DEALT, NEW, Row, asked_again, solved, verdict
from tutor.providers.talk import (
    Tier,
)
from tutor.tinylm.world.labels import label_test


@pytest.mark.parametrize(
    ("typed", "pairs", "word"),
    [
        ("hot cold; up down; thick", (("hot", "cold"), ("up", "down")), "thick"),
        ("hot -> cold; thick thin", (("hot", "cold"),), "thick"),
        ("a b c / d\nf => g\nh", (("a b c", "d"), ("f", "g")), "h"),
        ("thick", (("big", "small"),), "thick"),
        ("What is it?", (("big", "small"),), "What is it?"),
        ("", (("big", "small"),), "old"),
        (" ;; ;", (("big", "small"),), "old"),
        ("->", (("big", "small"),), "->"),
        ("hot -> ; up down; x", (("up", "down"),), "x"),
    ],
)
def test_examples_are_read_as_they_are_typed(
    typed: str, pairs: tuple[tuple[str, str], ...], word: str
) -> None:
    assert read_examples(typed, Examples((("big", "small"),), "old")) == Examples(pairs, word)


def test_a_question_is_never_shown_solved_above_itself() -> None:
    asked = items(32)
    assert len({item.probe.prompt for item in asked}) == 32
    for item in asked:
        assert len(item.kin) == 4
        assert item.probe.prompt not in {one.prompt for one in item.kin}
        assert page_of(item, 4).count(f"Q: {item.probe.prompt}\n") == 1
        assert page_of(item, 0) == f"Quiz\nQ: {item.probe.prompt}\nA:"
        assert page_of(item, None) == f"{item.probe.prompt}\n"


def test_every_way_is_counted_over_the_same_items() -> None:
    screen = small("few-shot")
    assert len(re.findall(r"\d of 4  \d\.\d\d to \d\.\d\d", screen)) == 3


def test_a_model_nearby_continues_the_examples_and_a_hosted_one_is_asked_in_a_chat() -> None:
    for tier, raw in ((Tier.LOCAL, True), (Tier.HOSTED, False)):
        chatty = Chatty(tier=tier)
        small("few-shot", "hot cold; thick", chosen=choosing(chatty, []))
        asked = chatty.heard[-1]
        text = asked.prompt if raw else asked.messages[-1].content
        assert text == "hot → cold\nthick →"


def rows_of(new: float, again: float, dealt: float, each: int = 40) -> list[Row]:
    shares = {NEW: new, AGAIN: again, DEALT: dealt}
    some = {name: [n < share * each for n in range(each)] for name, share in shares.items()}
    return [Row(0, {NEW: some[NEW]}), *(Row(count, some) for count in (1, 2, 4, 8))]


@pytest.mark.parametrize(
    ("shares", "said", "never"),
    [
        ((0.8, 0.9, 0.5), "the examples changed its answers", "copies"),
        ((0.5, 0.9, 0.5), "copies what stands above, and does no more", "changed its answers"),
        ((0.5, 0.5, 0.5), "did nothing that shows", "changed its answers"),
        ((0.8, 0.9, 0.8), "form alone does something, too", "does not do it"),
    ],
)
def test_what_is_said_of_made_up_labels_follows_what_was_counted(
    shares: tuple[float, float, float], said: str, never: str
) -> None:
    words = " ".join(verdict(rows_of(*shares)))
    assert said in words
    assert never not in words
    assert "the intervals overlap" in words


@pytest.mark.parametrize(("few", "many", "said"), [(0.4, 0.9, "grew"), (0.9, 0.4, "fell")])
def test_more_examples_are_said_to_help_only_where_the_intervals_part(
    few: float, many: float, said: str
) -> None:
    some = [*rows_of(few, few, 0.5)[:2], rows_of(many, many, 0.5)[-1]]
    assert f"From 1 to 8 examples of each it {said}." in " ".join(verdict(some))


def test_a_new_word_stands_nowhere_on_its_page_and_one_asked_again_does() -> None:
    rng = Random(5)
    for _ in range(50):
        page = label_test(rng, 4)
        *lines, asked = page.page.split("\n")
        assert not [line for line in lines if line.startswith(asked)]
        again = asked_again(page, rng)
        assert solved(again).split("\n")[-1] in lines


def test_each_number_of_examples_has_its_row_and_the_shuffled_labels_stand_beside() -> None:
    screen = small("few-shot", width=100)
    table = [line for line in screen.splitlines() if re.match(r"  [01248]  .*of 3", line)]
    assert [line.split()[0] for line in table] == ["0", "1", "2", "4", "8"]
    assert table[0].count("none asked") == 2
    assert all(line.count("of 3") == 3 for line in table[1:])
