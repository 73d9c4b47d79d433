"""What a learner's bets cost, held against an even spread and against who knows the shares. Pure.

The loss is the one that language models are trained on: the cross-entropy of the points with what
comes, -sum p log2 q in bits.
"""

from collections.abc import Iterator, Mapping

from tutor.course.contents import questions
from tutor.course.model import Bet, Course
from tutor.judging.judge import Loss, loss
from tutor.judging.presenting import content_hash, present
from tutor.judging.replies import Stakes, read_reply
from tutor.progress.lesson_progress import Item, LessonProgress
from tutor.review.mastery import Bets


def bets(course: Course, lessons: Mapping[str, LessonProgress]) -> Bets | None:
    """Sum up what was bet; None where nothing was."""
    found = list(_losses(course, lessons))
    if not found:
        return None
    means = (sum(part) / len(found) for part in zip(*found, strict=True))
    return Bets(len(found), *means)


def _losses(course: Course, lessons: Mapping[str, LessonProgress]) -> Iterator[Loss]:
    for lesson in course.lessons:
        progress = lessons.get(lesson.id) or LessonProgress()
        for question in questions(lesson):
            item = _latest(progress, question.id)
            if isinstance(question, Bet) and item and item.content == content_hash(question):
                reply = read_reply(present(question, item.seed), item.raw)
                if isinstance(reply, Stakes):
                    yield loss(question, reply)


def _latest(progress: LessonProgress, question: str) -> Item | None:
    """How a question went among the steps, or else in the latest run of the quiz."""
    runs = [run.answers for run in (progress.last, progress.result) if run]
    return next((one[question] for one in (progress.items, *runs) if question in one), None)
