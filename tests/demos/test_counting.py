"""The toys of lesson 1 against numbers found in another way."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.demos.calibration_toy import Bin, calibration_error, read_bin
from tutor.demos.mask_toy import WEIGHT, continuation
from tutor.demos.parts.counts import followers, longest_match, words

CAT = words("the cat sat on the mat . the cat ran . a cat sat .")
some_words = st.lists(st.sampled_from("abc"), max_size=12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The cat's well-known.", ["the", "cat's", "well-known", "."]),
        ("3.5 %?", ["3", ".", "5", "%", "?"]),
        ("  ", []),
    ],
)
def test_text_is_cut_into_words_and_marks(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("context", "counts", "matched"),
    [
        ("the cat", {"sat": 1, "ran": 1}, 2),
        ("cat", {"sat": 2, "ran": 1}, 1),
        ("a dog and the cat", {"sat": 1, "ran": 1}, 2),
        ("the cat sat", {"on": 1}, 3),
        ("no such", dict(Counter(CAT)), 0),
        ("", dict(Counter(CAT)), 0),
    ],
)
def test_the_longest_ending_that_occurs_decides(
    context: str, counts: dict[str, int], matched: int
) -> None:
    assert longest_match([(CAT, 1)], words(context)) == (Counter(counts), matched)


@given(some_words, some_words)
def test_the_longest_match_is_that_of_a_search_in_strings(text: list[str], said: list[str]) -> None:
    joined = "".join(text)
    counts, matched = longest_match([(text, 1)], said)
    endings = ["".join(said[start:]) for start in range(len(said) + 1)]
    ending = next((e for e in endings if e in joined[:-1]), None)
    if ending is None:  # no text at all
        assert (counts, matched) == (Counter(), 0)
        return
    starts = [at for at in range(len(joined)) if joined.startswith(ending, at)]
    after = [joined[at + len(ending)] for at in starts if at + len(ending) < len(joined)]
    assert (counts, matched) == (Counter(after), len(ending))


def test_the_texts_end_has_no_follower() -> None:
    assert followers(words("a b a"), ["a"]) == Counter({"b": 1})
    assert followers(["a"], ["a", "b"]) == Counter()


def test_a_weight_counts_as_often_as_the_text_were_repeated() -> None:
    raw, shown = words("a b a b a b ."), words("a c .")
    weighted, _ = longest_match([(raw, 1), (shown, 4)], ["a"])
    assert weighted == Counter({"b": 3, "c": 4})


def test_the_same_prompt_is_continued_otherwise_after_demonstrations() -> None:
    raw = words("how do i stop ? asked ann . how do i stop ? asked bob .")
    shown = words("how do i stop ? pull the brake .")
    prompt = words("how do i stop ?")
    assert continuation([(raw, 1)], prompt) == "asked ann ."
    assert continuation([(raw, 1), (shown, WEIGHT)], prompt) == "pull the brake ."


def test_a_continuation_ends_at_a_full_stop_or_at_its_length() -> None:
    assert continuation([(words("a b . c"), 1)], ["a"]) == "b ."
    assert continuation([(words("a b a b a"), 1)], ["a"], length=5) == "b a b a b"
    assert continuation([([], 1)], ["a"]) == ""


@pytest.mark.parametrize(
    ("bins", "error"),
    [
        ([Bin(0.9, 0.9, 10)], 0),
        ([Bin(0.9, 0.6, 10), Bin(0.5, 0.6, 30)], 0.15),
        ([Bin(1, 0, 1), Bin(0, 1, 1)], 1),
        ([Bin(0.75, 0.6, 30), Bin(0.95, 0.9, 10)], 0.125),
    ],
)
def test_the_calibration_error_is_what_is_worked_out_by_hand(bins: list[Bin], error: float) -> None:
    assert calibration_error(bins) == pytest.approx(error)


shares = st.integers(0, 100)


@given(st.lists(st.tuples(shares, shares, st.integers(1, 500)), min_size=1, max_size=6))
def test_the_calibration_error_is_the_mean_gap_over_all_answers(
    made: list[tuple[int, int, int]],
) -> None:
    gaps = [Fraction(abs(said - right), 100) for said, right, count in made for _ in range(count)]
    bins = [Bin(said / 100, right / 100, count) for said, right, count in made]
    assert calibration_error(bins) == pytest.approx(float(sum(gaps) / len(gaps)), abs=1e-9)


@pytest.mark.parametrize("text", ["", "0.5 0.5", "0.5 0.5 0", "1.5 0.5 3", "0.5 -1 3", "a b c"])
def test_a_bin_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"confidence|shares"):
        read_bin(text)
