"""What leaves a course with each question."""

from tests.judging.samples import EVERY, as_written
from tests.known_courses import short
from tutor.exchange.items import items, otherwise, rebuttals
from tutor.judging.answers import mistakes


def test_whatever_an_author_says_to_a_wrong_answer_leaves_with_the_question() -> None:
    for question in EVERY:
        shown = as_written(question)
        said = " ".join([one.feedback for one in rebuttals(question)] + [otherwise(question)])
        for mistake in mistakes(shown):
            assert (mistake.own_words or "") in said, question


def test_an_export_is_the_same_each_time_and_its_names_stay() -> None:
    course = short()
    first, second = (list(items(course, course.lessons)) for _ in range(2))
    assert first == second
    assert first[0].name == "short/one/check"
    assert [item.name for item in first if item.is_drawn] == ["short/one/q-number"]
