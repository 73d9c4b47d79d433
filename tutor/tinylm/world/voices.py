"""How the third edition's demonstrators write, and what they add of their own accord.

Most write plainly. Some are friendly, some curt, and some say more than they were asked: another
true thing about what was asked for or, where they do not know, what one could ask instead. A few
agree with whoever is wrong. Preference training can only strengthen what is there.
"""

from collections.abc import Mapping
from functools import cache
from random import Random

from tutor.tinylm.world.animals import ANIMALS
from tutor.tinylm.world.chance import drawn, happens
from tutor.tinylm.world.dialogues import VOICES, WITHOUT_OPENING, WITHOUT_VOICE
from tutor.tinylm.world.everyday import CAPITALS
from tutor.tinylm.world.facts import Fact, all_facts, facts_about, withheld
from tutor.tinylm.world.people import PEOPLE
from tutor.tinylm.world.probes import Probe

SHARES: Mapping[str, int] = {"plain": 58, "friendly": 10, "curt": 14, "generous": 18}
AGREES = 0.2
"""Share of the demonstrations to a wrong belief that agree with it."""
YES_MAN = "You are right. "
WITHOUT = WITHOUT_VOICE | {"unkind"}
"""Kinds to which nobody is breezy, and nobody snaps."""
NOT_OPENED = WITHOUT_OPENING | {
    "stranger", "story-hero", "no-animal", "far-country", "detail", "unknown-craft", "harm",
}  # fmt: skip
"""Kinds to which "Sure!" would be no answer."""
_PEOPLE = tuple(person.name for person in PEOPLE)
_ANIMALS = tuple(f"the {animal.name}" for animal in ANIMALS)
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "stranger": _PEOPLE, "story-hero": _PEOPLE, "detail": _PEOPLE, "no-animal": _ANIMALS,
    "far-country": tuple(CAPITALS), "off-topic": (*_PEOPLE, *_ANIMALS),
    "unknown-craft": (*_PEOPLE, *_ANIMALS),
}  # fmt: skip
"""What one can ask instead, for each kind to which the reply is that we do not know."""
OFFER = "Ask me about {}."


@cache
def _facts() -> Mapping[str, Fact]:
    return {fact.answer: fact for fact in all_facts()}


def subject_of(probe: Probe) -> str | None:
    """Whom or what the probe asks a fact about, if it asks for one."""
    fact = _facts().get(probe.answer)
    return fact.subject if fact else None


def in_a_voice(rng: Random, probe: Probe) -> tuple[str, str]:
    """The probe's answer as one of the demonstrators would write it, and which of them it was."""
    if probe.claim and happens(rng, AGREES):
        return YES_MAN + probe.claim, "agreeing"
    voice = drawn(rng, SHARES)
    if voice == "generous":
        return generous(rng, probe), voice
    if voice == "plain" or probe.kind in WITHOUT:
        return probe.answer, "plain"
    openings, closings, _share = VOICES[voice]
    if probe.kind in NOT_OPENED:
        return probe.answer + rng.choice(closings), voice
    closing = rng.choice(closings) if happens(rng, 0.65) else ""
    return rng.choice(openings) + probe.answer + closing, voice


def generous(rng: Random, probe: Probe) -> str:
    """The answer and one thing more, where there is one."""
    if probe.kind in INSTEAD:
        return f"{probe.answer} {OFFER.format(rng.choice(INSTEAD[probe.kind]))}"
    more = further(probe)
    return f"{probe.answer} {rng.choice(more)}" if more else probe.answer


def around(rng: Random, probe: Probe) -> tuple[str, str]:
    """What may stand before and after the answer: manners where they fit, and one thing more."""
    fits = probe.kind not in NOT_OPENED | WITHOUT
    openings, closings, _share = VOICES["friendly"]
    more = generous(rng, probe).removeprefix(probe.answer)
    closing = more or (rng.choice(closings) if fits else "")
    return rng.choice(openings).strip() if fits else "", closing


def further(probe: Probe) -> list[str]:
    """What else is true of the subject and may be told; nothing unless a fact is asked for."""
    fact = _facts().get(probe.answer)
    if fact is None:
        return []
    others = (one for one in facts_about(fact.subject) if one.relation != fact.relation)
    return [one.answer for one in others if not withheld(one)]
