"""A learner who knows nothing must not be able to tell the right option by its form."""

from collections import Counter
from collections.abc import Iterator
from statistics import mean

from tutor.course.contents import Finding, questions
from tutor.course.model import Course, Lesson, MultipleChoice, SingleChoice, TrueFalse

LONGER = 1.3
"""A right option may be at most this much longer than the longest wrong one."""
LONGEST_SHARE = 1 / 3
"""In at most this share of a lesson's questions the right option is the longest."""
SAME_SHARE = 1 / 2
"""In at most this share of a course's questions with as many options, as many of them are right."""
ENOUGH = 4
"""Fewer questions than this prove no habit."""


def form_does_not_tell(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Neither length nor position nor habit gives right options away."""
    asked = list(questions(lesson))
    singles = [q for q in asked if isinstance(q, SingleChoice)]
    yield from _each_length(lesson)
    yield from _lengths(singles)
    yield from _positions([q for q in singles if not q.shuffle])
    yield from _truths([q for q in asked if isinstance(q, TrueFalse)])
    yield from _ticks([q for q in asked if isinstance(q, MultipleChoice)])


def the_number_of_right_options_does_not_tell(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """Who has ticked as many options as are usually right learns nothing from that.

    A habit of the whole course; told once, at the first question that has it.
    """
    first, told = course.lessons[0], []
    if lesson is not first:
        return
    multiples = [q for one in course.lessons for q in questions(one)]
    for size in range(2, 10):
        alike = [q for q in multiples if isinstance(q, MultipleChoice) and len(q.options) == size]
        counts = Counter(sum(option.right for option in q.options) for q in alike)
        usual, times = max(counts.items(), key=lambda item: item[1], default=(0, 0))
        if len(alike) >= ENOUGH and times > SAME_SHARE * len(alike):
            told.append(f"{usual} of {size} options are right in {times} of {len(alike)} questions")
    yield from (((), message, "add, move or reword some: 1, 3 or all") for message in told)


def _each_length(lesson: Lesson) -> Iterator[Finding]:
    for field, steps in (("steps", lesson.steps), ("quiz", lesson.quiz)):
        for index, step in enumerate(steps):
            if isinstance(step, SingleChoice):
                right, wrong = _sizes(step)
                if right > LONGER * max(wrong):
                    place = (field, index, "options")
                    yield place, "the right option is by far the longest", "even the lengths out"


def _sizes(question: SingleChoice) -> tuple[int, list[int]]:
    right = next(len(o.text) for o in question.options if o.right)
    return right, [len(o.text) for o in question.options if not o.right]


def _lengths(singles: list[SingleChoice]) -> Iterator[Finding]:
    sizes = [_sizes(question) for question in singles]
    longest = sum(right > max(wrong) for right, wrong in sizes)
    shortest = sum(right < min(wrong) for right, wrong in sizes)
    for count, word in ((longest, "longest"), (shortest, "shortest")):
        if len(singles) >= ENOUGH and count > LONGEST_SHARE * len(singles):
            message = f"the right option is the {word} in {count} of {len(singles)} questions"
            yield (), message, "even the lengths out"


def _positions(fixed: list[SingleChoice]) -> Iterator[Finding]:
    places = [next(i for i, o in enumerate(q.options) if o.right) for q in fixed]
    if len(places) >= ENOUGH and max(map(places.count, places)) > len(places) / 2:
        yield (), "right options mostly stand in the same place", "move some, or shuffle"


def _truths(statements: list[TrueFalse]) -> Iterator[Finding]:
    true = sum(question.answer for question in statements)
    if len(statements) >= ENOUGH and not 1 / 4 <= true / len(statements) <= 3 / 4:
        yield (), f"{true} of {len(statements)} statements are true", "balance them"


def _ticks(multiples: list[MultipleChoice]) -> Iterator[Finding]:
    right = [len(o.text) for q in multiples for o in q.options if o.right]
    wrong = [len(o.text) for q in multiples for o in q.options if not o.right]
    if len(multiples) > 1 and right and wrong and mean(right) > LONGER * mean(wrong):
        yield (), "in multiple choice, right options are longer", "even the lengths out"
