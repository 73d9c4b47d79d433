"""Which question of the world a typed line is, so that a rater can tell a right reply from a wrong.

Facts are known in every wording, sums are worked out, and of the other kinds those prompts that
so many draws bring up. What is not recognised may be a good question all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from random import Random

from tutor.tinylm.world import dialogues, wider_dialogues
from tutor.tinylm.world.dialogues import Asker
from tutor.tinylm.world.editions import SECOND, Edition
from tutor.tinylm.world.facts import all_facts, told_reversals, untold_reversals
from tutor.tinylm.world.probes import Probe, of_fact

DRAWS = 1_500
"""Of every kind that is drawn, seen in tuning or not."""
_DRAWN: tuple[Asker, ...] = (
    dialogues.ask_list, dialogues.ask_next, dialogues.ask_detail, dialogues.ask_greeting,
    dialogues.ask_off_topic, dialogues.ask_feeling, dialogues.ask_harm, dialogues.ask_stranger,
    dialogues.ask_no_animal, dialogues.ask_far_country, dialogues.ask_belief,
)  # fmt: skip
_NEWER: tuple[Asker, ...] = (
    wider_dialogues.ask_list, wider_dialogues.ask_greeting, wider_dialogues.ask_unkind,
    wider_dialogues.ask_harm, wider_dialogues.ask_craft, wider_dialogues.ask_unknown_craft,
    wider_dialogues.ask_about, wider_dialogues.ask_stranger,
)  # fmt: skip
"""Of an edition after the second these as well, and before the others."""
_SUM = re.compile(r"\d{1,4}(?: [+-] \d{1,4})+")
_STORY = re.compile(r"story (?:about|with) (?:an? |the )?(\w+)(?: and (?:an? |the )?(\w+))?")


def probe_of(prompt: str, edition: Edition) -> Probe | None:
    """The probe that a line puts, typed with capitals and stops or not; None if unknown."""
    known = _known(edition).get(_plainly(prompt))
    if known is not None:
        return replace(known, prompt=prompt)
    return _sum(prompt) or _story(prompt)


def _plainly(prompt: str) -> str:
    return " ".join(re.findall(r"[\w'+-]+", prompt.lower()))


@cache
def _known(edition: Edition) -> dict[str, Probe]:
    found: dict[str, Probe] = {}
    askers = _DRAWN if edition is SECOND else (*_NEWER, *_DRAWN)
    for probe in (*_facts(), *_drawn(askers)):
        found.setdefault(_plainly(probe.prompt), probe)
    return found


def _facts() -> Iterator[Probe]:
    for fact in (*all_facts(), *told_reversals(), *untold_reversals()):
        for number in range(len(fact.questions)):
            yield of_fact(fact, number)


def _drawn(askers: Sequence[Asker]) -> Iterator[Probe]:
    rng = Random(1)
    for asker in askers:
        for held_out in (False, True):
            yield from (asker(rng, held_out=held_out) for _ in range(DRAWS))


def _sum(prompt: str) -> Probe | None:
    found = _SUM.search(prompt)
    if found is None:
        return None
    first, *rest = found[0].split(" ")
    signed = zip(rest[::2], rest[1::2], strict=True)
    value = int(first) + sum(int(n) if sign == "+" else -int(n) for sign, n in signed)
    return Probe("sum", prompt, f"{found[0]} = {value}", (f"= {value}",))


def _story(prompt: str) -> Probe | None:
    found = _STORY.search(prompt.lower())
    if found is None:
        return None
    drawn = dialogues.ask_story(Random(1), held_out=False)
    return replace(drawn, prompt=prompt, needed=tuple(word for word in found.groups() if word))
