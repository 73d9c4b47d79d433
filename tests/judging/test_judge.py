"""What a reply is worth, and what is said to it."""

import itertools
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.judging.samples import (
    BET,
    BET_ON_SHARES,
    EVERY,
    FREE,
    MATCHING,
    MULTIPLE,
    NUMBER,
    ORDERING,
    SHORT_TEXT,
    SINGLE,
    TRUE_FALSE,
    as_written,
    typed,
    wrong,
)
from tutor.course.model import AnyQuestion, Bet, Option, ShortText
from tutor.judging.judge import RIGHT, assess, judge
from tutor.judging.presenting import present
from tutor.judging.replies import Prose, Truth, Unclear, read_reply
from tutor.judging.wording import fold


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (SINGLE, "2"),
        (MULTIPLE, "1 2"),
        (MULTIPLE, "21"),
        (TRUE_FALSE, "2"),
        (TRUE_FALSE, "False"),
        (NUMBER, "60"),
        (NUMBER, "60 %"),
        (NUMBER, "60.5"),
        (NUMBER, "59.5"),
        (NUMBER, "3/5 %".replace("3/5", "300/5")),
        (SHORT_TEXT, "supervised learning"),
        (SHORT_TEXT, " The  Supervised-Learning. "),
        (SHORT_TEXT, "TEACHING"),
        (ORDERING, "1 2 3 4"),
        (ORDERING, "1234"),
        (MATCHING, "a1 b2 c3"),
        (MATCHING, "1 2 3"),
        (MATCHING, "a2 b2 c3"),
    ],
)
def test_a_right_reply_is_right_without_a_word_more(question: AnyQuestion, line: str) -> None:
    assert typed(question, line) == RIGHT


@pytest.mark.parametrize(
    ("question", "line", "score", "feedback", "tag"),
    [
        (SINGLE, "1", 0, "Not a.", "m-a"),
        (SINGLE, "3", 0, "Not c.", "m-c"),
        (TRUE_FALSE, "1", 0, "It is false.", "m-true"),
        (MULTIPLE, "1", 3 / 4, "One that fits is missing.", ""),
        (MULTIPLE, "0", 2 / 4, "Some are missing.", ""),
        (MULTIPLE, "1 2 3", 3 / 4, "*third*: Not third.", "m-third"),
        (MULTIPLE, "1 4", 2 / 4, "*fourth*: Not fourth.\n\nOne that fits is missing.", "m-fourth"),
        (MULTIPLE, "3 4", 0, "*third*: Not third.\n\n*fourth*: Not fourth.\n\nSome", "m-third"),
        (NUMBER, "40", 0, "That is the rest.", "m-rest"),
        (NUMBER, "40.5", 0, "That is the rest.", "m-rest"),
        (NUMBER, "0.6", 0, "In percent, please.", ""),
        (NUMBER, "-60", 0, "Check the sign. Divide.", ""),
        (NUMBER, "61", 0, "Close: check the rounding. Divide.", ""),
        (NUMBER, "6000", 0, "The digits fit, the power of ten does not. Divide.", ""),
        (NUMBER, "17", 0, "Divide.", ""),
        (NUMBER, "-17", 0, "Divide.", ""),
        (NUMBER, "1e300", 0, "", ""),
        (SHORT_TEXT, "Unsupervised Learning", 0, "The other one.", ""),
        (SHORT_TEXT, "luck", 0, "Somebody labels.", ""),
        (ORDERING, "1 4 3 2", 3 / 6, "Two before four.", "m-2-4"),
        (ORDERING, "2 1 3 4", 5 / 6, "Count.", ""),
        (ORDERING, "4 3 2 1", 0, "Two before four.", "m-2-4"),
        (MATCHING, "1 3 2", 1 / 3, "1 of 3 fit.\n\n*L2*: L2 wants R2.\n\n*L3*: L3 wants R3.", ""),
        (MATCHING, "3 2 4", 1 / 3, "1 of 3 fit.\n\n*L1*: L1 wants R1.\n\n*L3*: R4 is no", "m-1"),
        (MATCHING, "4 4 4", 0, "0 of 3 fit.\n\n*L1*: R4 is nobody's.", "m-4"),
        (BET, "100 0 0 0", 0, "Not a.", "m-a"),
        (BET, "10 40 20 30", 0, "Not b.", "m-b"),
        (BET, "25 25 25 25", 0, "Not a.\n\nYour loss: 2.00 bits.", "m-a"),
        (BET_ON_SHARES, "10 80 10", 0, "Not b.", "m-b"),
        (BET_ON_SHARES, "0 0 100", 0, "More points than that belong elsewhere.", ""),
    ],
)
def test_a_wrong_reply_earns_its_own_words(
    question: AnyQuestion, line: str, score: float, feedback: str, tag: str
) -> None:
    verdict = typed(question, line)
    assert not verdict.right
    assert verdict.score == pytest.approx(score)
    assert verdict.feedback.startswith(feedback)
    assert verdict.misconception == tag


def test_what_is_missing_is_not_given_away() -> None:
    feedback = typed(MULTIPLE, "1").feedback
    assert "second" not in feedback


def test_asterisks_in_an_option_do_not_swallow_the_feedback() -> None:
    odd = replace(MULTIPLE, options=(wrong("*[PAD]* <s> `x`"), Option(text="b", right=True)))
    assert typed(odd, "1 2").feedback.startswith(r"*\*\[PAD\]\* \<s\> \`x\`*: Not")


@pytest.mark.parametrize("points", [26, 40, 70, 99, 100])
def test_a_bet_is_scored_by_its_log_loss(points: int) -> None:
    rest = 100 - points
    verdict = typed(BET, f"{rest} 0 {points} 0")
    assert verdict.right
    assert verdict.score == pytest.approx(math.log(points / 100 * 4) / math.log(4))  # base cancels
    assert f"{math.log2(100 / points):.2f} bits" in verdict.feedback
    assert "2.00" in verdict.feedback
    assert "-0.00" not in verdict.feedback


def test_a_bet_on_shares_is_best_at_the_shares_themselves() -> None:
    real, staked = (0.6, 0.3, 0.1), (0.5, 0.3, 0.2)
    verdict = typed(BET_ON_SHARES, "50 30 20")
    distance = sum(p * math.log(p / q) for p, q in zip(real, staked, strict=True))  # Kullback
    even = sum(p * math.log(p * 3) for p in real)
    assert verdict.score == pytest.approx(1 - distance / even)
    scores = {
        (a, b): typed(BET_ON_SHARES, f"{a} {b} {100 - a - b}").score
        for a in range(1, 99)
        for b in range(1, 100 - a)
    }
    assert max(scores, key=lambda spread: scores[spread]) == (60, 30)
    assert scores[60, 30] == 1


def test_a_bet_on_nothing_costs_much_but_not_infinitely_much() -> None:
    verdict = typed(BET, "50 50 0 0")
    assert (verdict.right, verdict.score) == (False, 0.0)


def test_a_surer_right_bet_never_scores_less() -> None:
    scores = [typed(BET, f"{100 - points} 0 {points} 0").score for points in range(101)]
    assert scores == sorted(scores)
    assert scores[0] == 0
    assert scores[100] == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_an_order_scores_its_pairs_in_order(order: tuple[int, ...]) -> None:
    line = " ".join(str(item + 1) for item in order)
    inversions = sum(a > b for a, b in itertools.combinations(order, 2))
    assert typed(ORDERING, line).score == pytest.approx(1 - inversions / 6)


@pytest.mark.parametrize(
    ("met", "score"), [((True, True), 1.0), ((True, False), 0.75), ((False, True), 0.25)]
)
def test_a_rubric_counts_what_each_point_is_worth(met: tuple[bool, ...], score: float) -> None:
    verdict = assess(FREE, met)
    assert (verdict.score, verdict.right) == (score, score >= 3 / 4)
    assert f"{4 * score:.0f} of 4 points; 3 are enough." == verdict.feedback


def test_a_free_response_is_worth_nothing_until_it_is_assessed() -> None:
    assert judge(FREE, Prose("My view.")).score == 0


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("teachng", "teaching"),
        ("teahcing", "teaching"),
        ("teaching!", ""),
        ("superviced learning", "supervised learning"),
        ("supervized lerning", "supervised learning"),
        ("cupervised learning", "supervised learning"),
        ("uspervised learning", "supervised learning"),
    ],
)
def test_a_small_typo_is_taken_and_said_so(said: str, meant: str) -> None:
    verdict = typed(SHORT_TEXT, said)
    assert (verdict.right, verdict.score) == (True, 1.0)
    assert verdict.feedback == (f"Taken as *{meant}*: mind the spelling." if meant else "")


@pytest.mark.parametrize(
    "said",
    [
        "unsupervised learning",
        "insupervised learning",
        "un supervised learning",
        "unsupervised lerning",
        "teachings",  # listed as wrong, though one letter from right
        "teachins",  # as near to what is listed as wrong
        "supervised",
        "supirvized lerning",
        "teechng",
        "preaching",
        "teach",
    ],
)
def test_what_could_be_meant_otherwise_is_no_typo(said: str) -> None:
    assert not typed(SHORT_TEXT, said).right


@pytest.mark.parametrize(
    ("accept", "said"),
    [
        ("mask", "mast"),
        ("BERT", "BART"),
        ("GPT-3", "GPT-2"),
        ("gpt-3.5-turbo", "gpt-3.6-turbo"),
        ("175 billion", "176 billion"),
        ("supervised", "unsupervised"),
        ("unsupervised", "supervised"),
    ],
)
def test_short_words_digits_and_opposites_allow_no_typo(accept: str, said: str) -> None:
    question = replace(SHORT_TEXT, accept=(accept,), wrong=())
    assert typed(question, accept).right
    assert not typed(question, said).right


@pytest.mark.parametrize(
    ("accept", "right", "wrong"),
    [
        ("1/2", ("1/2", "½", "1 / 2", "it is 1/2"), ("12", "1.2", "2/1")),
        ("3:1", ("3:1", "3 : 1"), ("31", "1:3", "3.1")),
        ("0.5", ("0.5", "0,5"), ("05", "5")),
    ],
)
def test_what_stands_between_two_digits_counts(
    accept: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    question = replace(SHORT_TEXT, accept=(accept,), wrong=())
    assert [said for said in right if not typed(question, said).right] == []
    assert [said for said in wrong if typed(question, said).right] == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  The  Base-Model. ", "base model"),
        ("an LLM", "llm"),
        ("the", "the"),
        ("ＭＡＳＫ", "mask"),
        ("Größe", "grösse"),
        ("50 %", "50 %"),
        ("c++", "c++"),
        ("<s>", "s"),
        ("1 / 2", "1/2"),
        ("½", "1/2"),
        ("GPT-3.5", "gpt 3.5"),
        ("10,000", "10000"),
    ],
)
def test_only_what_counts_is_compared(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.sampled_from(EVERY), st.text(max_size=60), st.integers(0, 50))
def test_nothing_that_can_be_typed_breaks_the_judge(
    question: AnyQuestion, line: str, seed: int
) -> None:
    shown = present(question, seed)
    reply = read_reply(shown, line)
    if isinstance(reply, Unclear):
        assert reply.advice
    else:
        verdict = judge(shown.question, reply)
        assert 0 <= verdict.score <= 1
        assert verdict.right is (verdict.score == 1) or isinstance(question, Bet)


@given(st.sampled_from(EVERY), st.text(alphabet="0123456789abcdi ,;->.=%", max_size=24))
def test_no_heap_of_digits_and_letters_breaks_the_judge(question: AnyQuestion, line: str) -> None:
    shown = as_written(question)
    reply = read_reply(shown, line)
    if not isinstance(reply, Unclear):
        assert 0 <= judge(shown.question, reply).score <= 1


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
)
@example(answer=0.01, said=1e308)
@example(answer=1e308, said=1e-308)
def test_no_number_is_too_large_or_too_small_to_be_judged(answer: float, said: float) -> None:
    question = replace(NUMBER, answer=answer, tolerance=0.0, wrong=(), unit="")
    verdict = judge(question, read_reply(as_written(question), repr(said)))  # type: ignore[arg-type]
    assert verdict.right or "Divide." in verdict.feedback


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_a_listed_wrong_answer_is_never_taken_as_a_typo(
    mistakes: list[str], data: st.DataObject
) -> None:
    from tutor.course.model import WrongText

    accept = data.draw(st.text(min_size=5, max_size=14))
    listed = (WrongText(texts=tuple(mistakes), feedback="No."),)
    question: ShortText = replace(SHORT_TEXT, accept=(accept,), wrong=listed)
    for mistake in mistakes:
        reply = read_reply(as_written(question), mistake)
        if fold(mistake) != fold(accept) and not isinstance(reply, Unclear):
            assert not judge(question, reply).right


def test_a_reply_of_another_kind_is_a_bug_not_a_verdict() -> None:
    with pytest.raises(TypeError, match="Choice expected, Truth given"):
        judge(SINGLE, Truth(value=True))
