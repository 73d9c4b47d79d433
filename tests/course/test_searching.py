"""Where a question is answered: found in the whole course, however it is put."""

import pytest

from tests.course.asked import AS_A_NEWCOMER_WOULD, IN_THE_COURSE_S_WORDS, Asked
from tests.known_courses import shipped
from tutor.course.looking_up import look_up, similar_names, terms_named
from tutor.course.searching import passages, ranking, search

COURSE = shipped()
TOLD = passages(COURSE)


def place_of_the_answer(asked: Asked) -> int | None:
    """How far down the first step that answers the question stands among the first three."""
    best = [TOLD[index].place for index in ranking(COURSE, asked.words, TOLD)[:3]]
    return next((at for at, place in enumerate(best) if place in asked.answered_by), None)


def test_the_steps_that_answer_are_steps_that_tell_something() -> None:
    known = {one.place for one in TOLD}
    for asked in (*IN_THE_COURSE_S_WORDS, *AS_A_NEWCOMER_WOULD):
        assert set(asked.answered_by) <= known, asked


@pytest.mark.parametrize(
    ("questions", "first", "among_three"),
    [(IN_THE_COURSE_S_WORDS, 34, 37), (AS_A_NEWCOMER_WOULD, 13, 15)],
    ids=["in the course's words", "as a newcomer would"],
)
def test_a_question_finds_the_step_that_answers_it(
    questions: tuple[Asked, ...], first: int, among_three: int
) -> None:
    found = [place_of_the_answer(asked) for asked in questions]
    assert found.count(0) >= first
    assert len(found) - found.count(None) >= among_three


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("what is RAG?", "RAG"),
        ("retrieval-augmented generation", "RAG"),
        ("why does temperature matter?", "temperature"),
        ("what does raw model mean", "base model"),
        ("how does RAG differ from fine-tuning?", None),
        ("what is for dinner", None),
    ],
)
def test_a_term_that_is_the_whole_subject_comes_first(question: str, term: str | None) -> None:
    subject = search(COURSE, question).subject
    assert (subject.term if subject else None) == term


def test_a_term_inside_a_longer_one_is_not_meant() -> None:
    assert [term.term for term in terms_named(COURSE, "is a reward model a world model?")] == [
        "reward model",
        "world model",
    ]


@pytest.mark.parametrize(
    ("word", "exact", "near"),
    [
        ("token", "token", "next-token prediction"),
        ("Tokens", "token", ""),
        ("attention", None, "self-attention"),
        ("kv", None, "KV cache"),
        ("raw models", "base model", ""),
        ("pretrained model", "base model", ""),
        ("Goodharts law", "Goodhart's law", ""),
        ("make things up", None, "hallucination"),
        ("halluc", None, "hallucination"),
        ("xyzzy", None, ""),
        ("", None, ""),
    ],
)
def test_a_term_is_found_by_any_name_by_a_part_of_it_and_by_everyday_words(
    word: str, exact: str | None, near: str
) -> None:
    found = look_up(COURSE, word)
    assert (found.exact.term if found.exact else None) == exact
    assert near in [*(term.term for term in found.near), ""]


@pytest.mark.parametrize(("word", "meant"), [("attenshun", "attention"), ("tokin", "token")])
def test_a_slip_of_the_fingers_is_answered_with_what_is_there(word: str, meant: str) -> None:
    assert meant in similar_names(COURSE, word)


def test_what_a_question_only_asks_about_is_not_told_as_text() -> None:
    prompts = {step.prompt for lesson in COURSE.lessons for step in lesson.quiz}
    assert not any(one.text in prompts for one in TOLD)


def test_no_word_of_the_course_finds_nothing_and_says_so() -> None:
    found = search(COURSE, "xyzzy plugh")
    assert (found.subject, found.passages, found.terms) == (None, (), ())
