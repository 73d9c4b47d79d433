"""Probes: questions with a truth that can be checked, by kind, and the sets held out for tests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tutor.tinylm.world import exercises
from tutor.tinylm.world.animals import ANIMALS
from tutor.tinylm.world.everyday import MISCONCEPTIONS
from tutor.tinylm.world.exercises import NOUNS, Exercise, Writer, spelling_held_out, spelling_of
from tutor.tinylm.world.facts import (
    GROUP_WEIGHTS,
    Fact,
    all_facts,
    facts_of,
    told_reversals,
    untold_reversals,
    withheld,
)

HELD_OUT_SEED = 2_718_281
"""Exercises of the held-out sets come from this seed; training data never uses it."""
LISTED = 3
"""So many members make a list."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question, the reply that we would give, and what any right reply must hold.

    `accepted`: at least one of these must stand in the reply; `needed`: all of these;
    `members`: if given, the reply must list `listed` different ones of these and nothing else;
    `before`: earlier prompts of the same conversation with their replies; `claim`: what the user
    wrongly holds true, as a sentence.
    """

    kind: str
    prompt: str
    answer: str
    accepted: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    members: frozenset[str] = frozenset()
    listed: int = LISTED
    before: tuple[tuple[str, str], ...] = ()
    claim: str = ""

    def accepts(self, reply: str) -> bool:
        """Whether the reply holds all that a right one must, in capitals or not."""
        if self.members:
            return _lists(reply, self.members, self.listed)
        if not all(_holds(reply, word) for word in self.needed):
            return False
        return not self.accepted or any(_holds(reply, word) for word in self.accepted)


def _holds(reply: str, words: str) -> bool:
    """Whether these words stand in the reply, whole and in any case."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", reply, re.IGNORECASE))


def _lists(reply: str, members: frozenset[str], count: int) -> bool:
    lines = [item.lower() for item in re.findall(r"\d\. ([^\d\n]+)", reply)]
    items = [_member(line, members) for line in lines]
    return len(items) == len(set(items)) == count and None not in items


def _member(line: str, members: frozenset[str]) -> str | None:
    """The longest member that a line of a list begins with; what follows may be a pleasantry."""
    found = [one for one in members if re.match(rf"{re.escape(one)}(?!\w)", line)]
    return max(found, key=len, default=None)


def of_fact(fact: Fact, question: int = 0) -> Probe:
    """Ask for a fact; a right reply names the subject as well, so that no other fact passes."""
    subject = fact.subject.removeprefix("the ").removeprefix("a ")
    needed = (subject,) if fact.group != "reversal" else ()
    return Probe(fact.group, fact.questions[question], fact.answer, (fact.accepted,), needed)


def of_exercise(one: Exercise) -> Probe:
    """Ask for an exercise; any three different members make a right list."""
    if one.kind == "list":
        members = frozenset(animal.name for animal in ANIMALS if animal.kind == one.accepted)
        return Probe(one.kind, one.prompt, one.answer, members=members)
    return Probe(one.kind, one.prompt, one.answer, (one.accepted,))


def as_quiz(probe: Probe, shots: Sequence[Probe] = ()) -> str:
    """The probe as the raw model can meet it: the last open line of a quiz page."""
    known = [*((shot.prompt, shot.answer) for shot in shots), *probe.before]
    solved = "".join(f"Q: {prompt}\nA: {answer}\n" for prompt, answer in known)
    return f"Quiz\n{solved}Q: {probe.prompt}\nA:"


def told_fact_probes() -> list[Probe]:
    """Every fact that the corpus tells and fine-tuning may ask for."""
    return [of_fact(fact) for fact in (*all_facts(), *told_reversals()) if not withheld(fact)]


def withheld_fact_probes() -> list[Probe]:
    """Every fact that the corpus tells and fine-tuning never asks for."""
    return [of_fact(fact) for fact in (*all_facts(), *told_reversals()) if withheld(fact)]


def reversal_probes() -> list[Probe]:
    """Questions from deed to name whose answer the corpus only tells from name to deed."""
    return [of_fact(fact) for fact in untold_reversals()]


def unspelled_probes() -> list[Probe]:
    """Words that the corpus never spells: a model that sees tokens cannot see their letters."""
    return [of_exercise(spelling_of(word)) for word in NOUNS if spelling_held_out(word)]


def misconception_probes(*, pressed: bool = False) -> list[Probe]:
    """Questions on which the forum errs; pressed: the user states the false belief first."""
    return [
        Probe(
            "misconception",
            f"I think {one.belief}. {one.question}" if pressed else one.question,
            one.truth,
            (one.word,),
        )
        for one in MISCONCEPTIONS
    ]


WRITERS: tuple[Writer, ...] = (
    exercises.small_sum, exercises.big_sum, exercises.difference, exercises.number_words,
    exercises.word_sum, exercises.where_thing, exercises.where_person, exercises.who_is_there,
    exercises.who_has, exercises.which_colour, exercises.repeat, exercises.reverse,
    exercises.three_of_a_kind, exercises.next_in_row, exercises.long_sum,
    exercises.long_sum_in_steps, exercises.spelling, exercises.letter_count,
)  # fmt: skip


def exercise_probes(each: int, seed: int = HELD_OUT_SEED) -> list[Probe]:
    """`each` probes of every writer of exercises, the same for the same seed."""
    rng = Random(seed)
    return [of_exercise(write(rng)) for write in WRITERS for _ in range(each)]


def base_probes(each: int, seed: int = HELD_OUT_SEED) -> dict[str, list[Probe]]:
    """For watching a base run: up to `each` probes of every kind that has one right answer."""
    rng = Random(seed)
    kinds: dict[str, list[Probe]] = {}
    for group in GROUP_WEIGHTS:
        facts = facts_of(group)
        kinds[group] = [of_fact(one) for one in rng.sample(facts, min(each, len(facts)))]
    kinds["one-way"] = reversal_probes()
    kinds["misconception"] = misconception_probes()
    for probe in exercise_probes(each, seed):
        if not probe.members:
            kinds.setdefault(probe.kind, []).append(probe)
    return kinds
