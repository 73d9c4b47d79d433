"""Moodle must read what was written, whatever signs stand in it."""

import pytest
from msgspec.structs import replace

from tests.judging.samples import EVERY, MULTIPLE, SHORT_TEXT, SINGLE
from tests.known_courses import short
from tutor.course.model import AnyQuestion, Course, Option
from tutor.exchange.gift import escaped, gift

SHORT = short()


def course_of(*questions: AnyQuestion) -> Course:
    named = tuple(replace(q, id=f"q{n}") for n, q in enumerate(questions))
    lesson = replace(SHORT.lessons[0], steps=(SHORT.lessons[0].steps[0],), quiz=named)
    return replace(SHORT, lessons=(lesson,))


def written(*questions: AnyQuestion) -> str:
    course = course_of(*questions)
    return gift(course, course.lessons).text


def test_signs_of_gift_in_a_text_mean_themselves() -> None:
    assert escaped("a=b~c#d{e}f:g\\h\ni") == r"a\=b\~c\#d\{e\}f\:g\\h\ni"


def test_no_question_ends_early_at_a_blank_line() -> None:
    text = written(replace(SINGLE, prompt="One.\n\nTwo.\n\n    code\n\nThree."))
    assert len(text.strip().split("\n\n")) == 2  # the category, and one question


def test_a_wrong_choice_goes_first_since_an_arrow_in_a_right_one_would_make_a_pair() -> None:
    right = Option(text="a -> b", right=True)
    body = written(replace(SINGLE, options=(right, *SINGLE.options[::2]))).split("{")[1]
    assert body.startswith("~")


def test_an_arrow_in_words_to_type_makes_no_pair() -> None:
    assert "->" not in written(replace(SHORT_TEXT, accept=("a -> b",)))


def test_a_star_in_words_to_type_is_no_wildcard() -> None:
    assert "=2 \\\\*" in written(replace(SHORT_TEXT, accept=("2 *",)))


@pytest.mark.parametrize("question", EVERY, ids=lambda q: type(q).__name__)
def test_each_kind_is_written_or_said_to_be_missing(question: AnyQuestion) -> None:
    course = course_of(question)
    made = gift(course, course.lessons)
    assert ("::short/one/q0" in made.text) or any("left out" in what for what in made.said)


def test_what_moodle_cannot_hold_is_said() -> None:
    none_right = replace(MULTIPLE, options=(Option(text="a"), Option(text="b")))
    course = course_of(none_right)
    said = gift(course, course.lessons).said
    assert said == {"left out, since none of the options is right": ["one/q0"]}
