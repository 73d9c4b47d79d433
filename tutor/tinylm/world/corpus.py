"""The small internet: which documents there are and how many of each."""

from collections.abc import Callable, Iterator, Mapping
from random import Random

from tutor.tinylm.world import exercises, pages, stories, talk

Writer = Callable[[Random], str]

SHARES: dict[Writer, int] = {
    stories.story: 17,
    stories.titled_story: 6,
    pages.entry: 10,
    pages.notebook: 4,
    pages.almanac: 2,
    pages.quiz_with_answers: 7,
    pages.quiz_without_answers: 3,
    pages.question_list: 5,
    pages.claims_page: 4,
    pages.opposites_page: 2,
    pages.recipe: 2,
    pages.letter: 3,
    pages.diary: 3,
    pages.notice: 3,
    pages.poem: 2,
    pages.gossip: 2,
    pages.shopping_list: 1,
    pages.lesson_on: 2,
    talk.forum_thread: 6,
    talk.unanswered_thread: 6,
    talk.misconception_thread: 2,
    talk.myth_page: 1,
    talk.village_chat: 4,
    talk.help_desk: 2,
    exercises.sums_page: 7,
    exercises.reading_page: 14,
    exercises.echo_page: 6,
    exercises.copying_page: 9,
    exercises.roll_call: 7,
    exercises.naming_page: 5,
    exercises.list_page: 2,
    exercises.calendar_page: 1,
    exercises.spelling_page: 1,
}
"""Documents of each sort among about a hundred; stories are the longest."""


def documents(seed: int, shares: Mapping[Writer, int] = SHARES) -> Iterator[str]:
    """An endless, repeatable stream of documents, each of a sort drawn by its share."""
    rng, writers, weights = Random(seed), tuple(shares), tuple(shares.values())
    while True:
        yield rng.choices(writers, weights)[0](rng)
