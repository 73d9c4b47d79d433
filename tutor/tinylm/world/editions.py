"""Editions of the small internet: what each edition's model has read.

The weights in the box say which edition they are of. An older edition stays as it was, word for
word, so that what was measured of its weights can be measured again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from random import Random
from types import MappingProxyType

from tutor.tinylm.world import corpus, exercises, having, labels, pages, stories, talk, wider
from tutor.tinylm.world.catalogue import catalogue_page
from tutor.tinylm.world.corpus import Writer
from tutor.tinylm.world.crafts import craft_page
from tutor.tinylm.world.probes import HELD_OUT_SEED, Probe, base_probes, of_exercise


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition's number, its documents, each with its share, and what a base is watched at."""

    number: int
    documents: Mapping[Writer, int]
    watched: Sequence[exercises.Writer] = ()

    def probes(self, each: int) -> dict[str, list[Probe]]:
        """For watching a base run: those of the second edition, and `each` of what is new."""
        rng, kinds = Random(HELD_OUT_SEED), base_probes(each)
        new = [of_exercise(write(rng)) for write in self.watched for _ in range(each)]
        return kinds | {
            kind: list(some)
            for kind, some in groupby(sorted(new, key=attrgetter("kind")), attrgetter("kind"))
        }


SECOND = Edition(2, MappingProxyType(corpus.SHARES))

THIRD = Edition(
    3,
    MappingProxyType(
        {
            stories.story: 14,
            stories.titled_story: 5,
            pages.entry: 9,
            pages.notebook: 4,
            pages.almanac: 2,
            wider.quiz_with_answers: 10,
            wider.quiz_without_answers: 3,
            wider.question_list: 5,
            pages.claims_page: 4,
            pages.opposites_page: 2,
            pages.recipe: 2,
            pages.letter: 2,
            pages.diary: 2,
            pages.notice: 2,
            pages.poem: 2,
            pages.gossip: 2,
            pages.shopping_list: 1,
            pages.lesson_on: 2,
            talk.forum_thread: 5,
            wider.unanswered_thread: 5,
            talk.misconception_thread: 2,
            talk.myth_page: 1,
            talk.village_chat: 3,
            talk.help_desk: 2,
            wider.follow_up_chat: 6,
            wider.sums_page: 13,
            wider.reading_page: 13,
            having.inventory_page: 8,
            having.two_way_roll_call: 6,
            exercises.echo_page: 5,
            exercises.copying_page: 8,
            exercises.roll_call: 5,
            exercises.naming_page: 4,
            exercises.calendar_page: 1,
            exercises.spelling_page: 1,
            catalogue_page: 4,
            craft_page: 5,
            labels.label_page: 9,
            wider.dispute_page: 3,
        }
    ),
    wider.WATCHED,
)
EDITIONS = MappingProxyType({one.number: one for one in (SECOND, THIRD)})
