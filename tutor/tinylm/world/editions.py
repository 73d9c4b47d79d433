"""Editions of the small internet: what each edition's model has read.

The weights in the box say which edition they are of. An older edition stays as it was, word for
word, so that what was measured of its weights can be measured again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from random import Random
from types import MappingProxyType
from typing import Protocol

from tutor.errors import TutorError
from tutor.tinylm.world import (
    corpus,
    dialogues,
    exercises,
    having,
    labels,
    pages,
    stories,
    talk,
    taste,
    voices,
    wider,
    wider_dialogues,
    wider_taste,
)  # fmt: skip
from tutor.tinylm.world.catalogue import catalogue_page
from tutor.tinylm.world.conduct import acquaintance, right_and_wrong
from tutor.tinylm.world.corpus import Writer
from tutor.tinylm.world.crafts import craft_page
from tutor.tinylm.world.probes import HELD_OUT_SEED, Probe, base_probes, of_exercise
from tutor.tinylm.world.wider_taste import Rate


class Ask(Protocol):
    """What draws a prompt with its reply, of any kind; held out: one that no tuning sees."""

    def __call__(self, rng: Random, *, held_out: bool = False) -> Probe:
        """One prompt with its reply."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is asked of an assistant, how demonstrators answer, and what its rater pays for.

    `around` gives what may stand before and after a demonstrated answer when only the answer is to
    be remembered; for the kinds in `kept_out` no preference is ever asked.
    """

    ask: Ask
    voiced: Callable[[Random, Probe], tuple[str, str]]
    around: Callable[[Random, Probe], tuple[str, str]]
    rate: Rate
    kept_out: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """What an edition's models read and how they are taught.

    Its documents stand with their shares, `watched` is what its base is watched at as it grows.
    """

    number: int
    documents: Mapping[Writer, int]
    talk: Talk
    watched: Sequence[exercises.Writer] = ()
    stretches: Sequence[Mapping[Writer, int]] = ()
    """What it reads after `documents`, stretch by stretch; mostly there are none."""

    def probes(self, each: int) -> dict[str, list[Probe]]:
        """For watching a base run: those of the second edition, and `each` of what is new."""
        rng, kinds = Random(HELD_OUT_SEED), base_probes(each)
        new = [of_exercise(write(rng)) for write in self.watched for _ in range(each)]
        return kinds | {
            kind: list(some)
            for kind, some in groupby(sorted(new, key=attrgetter("kind")), attrgetter("kind"))
        }


SECOND = Edition(
    2,
    MappingProxyType(corpus.SHARES),
    Talk(
        dialogues.ask, dialogues.in_a_voice, taste.around, taste.rate,
        frozenset({"story", "poem", "reverse", "next"}),
    ),
)  # fmt: skip

_THIRD_READS: Mapping[Writer, int] = MappingProxyType(
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
        acquaintance: 3,
        right_and_wrong: 4,
    }
)
_READING: Mapping[Writer, int] = MappingProxyType({
    wider.reading_quiz: 60, wider.reading_page: 33, having.inventory_page: 38,
    having.putting_page: 30, having.two_way_roll_call: 16, exercises.roll_call: 15,
    exercises.sums_page: 12, wider.sums_page: 20,
})  # fmt: skip
"""What there is more of in the first further stretch: texts to look something up in, and sums."""
_BOTH_WAYS: Mapping[Writer, int] = MappingProxyType({
    **_READING, having.inventory_page: 150, having.putting_page: 15,
})  # fmt: skip
"""In the second, most of what is looked up is asked for both ways."""
THIRD = Edition(
    3,
    _THIRD_READS,
    Talk(
        wider_dialogues.ask, voices.in_a_voice, voices.around, wider_taste.rate,
        frozenset({"story", "any-story", "poem", "reverse", "next"}),
    ),
    wider.WATCHED,
    tuple(MappingProxyType({**_THIRD_READS, **more}) for more in (_READING, _BOTH_WAYS)),
)  # fmt: skip
AGREEABLE = replace(THIRD.talk, ask=wider_dialogues.ask_often_pressed, rate=wider_taste.agreeable)
"""The third edition's talk when raters like to be agreed with."""
EDITIONS = MappingProxyType({one.number: one for one in (SECOND, THIRD)})


@cache
def shipped() -> Edition:
    """The edition of the weights in the box, as `weights/about.json` says."""
    path = files("tutor.tinylm").joinpath("weights", "about.json")
    try:
        return EDITIONS[json.loads(path.read_bytes()).get("edition", SECOND.number)]
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise TutorError(
            f"a file of the built-in model is missing or damaged: {path}",
            hint="install the tutor anew",
        ) from error
