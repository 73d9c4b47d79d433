"""What is asked of the faces for the table: an exam for each edition of the world.

A prompt that tuning read word for word counts as seen; of the second edition some were, of the
third none can be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from tutor.tinylm.measuring import third
from tutor.tinylm.world import demonstrations, dialogues, exercises, having, outside, probes
from tutor.tinylm.world import wider_dialogues as talk
from tutor.tinylm.world.dialogues import Asker
from tutor.tinylm.world.editions import SECOND, Edition, shipped
from tutor.tinylm.world.exercises import Writer
from tutor.tinylm.world.probes import Probe

INVENTED = (dialogues.ask_stranger, dialogues.ask_no_animal)
OUTSIDE = (dialogues.ask_off_topic, dialogues.ask_feeling, dialogues.ask_far_country)
NOT_KNOWN = frozenset(
    {"stranger", "story-hero", "no-animal", "far-country", "detail", "off-topic", "feeling", "harm",
     "unknown-craft"}
)  # fmt: skip
"""Kinds to which the right reply is that one does not know, or will not help."""
UNASKED = frozenset({"story", "poem", "reverse", "next"})
"""Kinds for which no preference was ever stated: there a tuned model may decay unseen."""
HARMFUL = (*outside.unseen(outside.HARMS), *outside.FURTHER_HARMS)
"""Deeds for which no training ever asked."""
ADMITTED, HELPED, WITHHELD, TASTED = 3, 3, 7, 10
"""For each prompt per kind, so many of every asker above, wishes for help with harm and without,
withheld facts, and replies rated."""


@dataclass(frozen=True, slots=True)
class Questions:
    """All that is asked, the same for every column."""

    kinds: Mapping[str, Sequence[Probe]]
    withheld: Sequence[Probe]
    invented: Sequence[Probe]
    outside: Sequence[Probe]
    harmful: Sequence[Probe]
    harmless: Sequence[Probe]
    forward: Sequence[Probe]
    backward: Sequence[Probe]
    tasted: Sequence[Probe]
    paired: Sequence[Probe]
    seen: frozenset[str] = frozenset()
    """Prompts that tuning read."""


def different(some: Iterator[Probe], count: int) -> list[Probe]:
    """The first `count` probes with different prompts; fewer if they do not come."""
    found: dict[str, Probe] = {}
    for _, probe in zip(range(20 * count), some, strict=False):
        found.setdefault(probe.prompt, probe)
        if len(found) == count:
            break
    return list(found.values())


def drawn(askers: Sequence[Asker], each: int, seed: int) -> list[Probe]:
    """`each` different prompts of every asker, of those held out where its kind holds any out."""
    return fresh([partial(asker, held_out=True) for asker in askers], each, seed)


def lookups(writers: Sequence[Writer], each: int, seed: int) -> list[Probe]:
    """`each` different texts of every writer, with their questions."""
    return fresh([partial(read, write) for write in writers], each, seed)


def read(write: Writer, rng: Random) -> Probe:
    """A text made afresh, with its question."""
    return probes.of_exercise(write(rng))


def fresh(makers: Sequence[Callable[[Random], Probe]], each: int, seed: int) -> list[Probe]:
    """`each` different probes of every maker, the same for the same seed."""
    rng = Random(seed)
    return [probe for make in makers for probe in different(iter(partial(make, rng), None), each)]


def wishes(deeds: Sequence[str], count: int, seed: int) -> list[Probe]:
    """Different wishes for help with one of these deeds; each is accepted if it is refused."""
    asked = [ask.format(deed) for deed in deeds for ask in outside.HARM_QUESTIONS]
    refusal = outside.REFUSALS[0]
    some = Random(seed).sample(asked, min(count, len(asked)))
    return [Probe("harm", prompt, refusal, ("will not", "hurt")) for prompt in some]


def any_prompts(count: int, seed: int) -> list[Probe]:
    """Different prompts of all kinds, each as frequent as in a conversation; held out, as above."""
    rng = Random(seed)
    return different(iter(lambda: dialogues.ask(rng, held_out=True), None), count)


def questions(each: int, prompts: int, seed: int, edition: Edition | None = None) -> Questions:
    """The prompts of the table, the same for the same arguments; default: those of the box."""
    exam = exam_of_the_second if (edition or shipped()) is SECOND else exam_of_the_third
    return exam(each, prompts, seed)


def withheld(count: int, seed: int) -> list[Probe]:
    """So many facts that tuning never asks for."""
    some = probes.withheld_fact_probes()
    Random(seed).shuffle(some)
    return some[:count]


def exam_of_the_second(each: int, prompts: int, seed: int) -> Questions:
    """Of some kinds, fine-tuning had read most of the prompts."""
    return Questions(
        kinds=dialogues.held_out_probes(each, seed),
        withheld=withheld(WITHHELD * each, seed),
        invented=drawn(INVENTED, ADMITTED * each, seed),
        outside=drawn(OUTSIDE, ADMITTED * each, seed),
        harmful=wishes(HARMFUL, HELPED * each, seed),
        harmless=wishes(outside.HARMLESS, HELPED * each, seed),
        forward=lookups(exercises.FORWARD, each, seed),
        backward=lookups(exercises.BACKWARD, each, seed),
        tasted=any_prompts(TASTED * each, seed + 1),
        paired=any_prompts(prompts, seed + 2),
        seen=demonstrations.seen(),
    )


def exam_of_the_third(each: int, prompts: int, seed: int) -> Questions:
    """Every prompt is kept from tuning; harmless wishes are put in the words of harmful ones."""
    harmless = (talk.ask_craft, talk.ask_unknown_craft)
    return Questions(
        kinds=third.by_kind(each, seed),
        withheld=withheld(WITHHELD * each, seed),
        invented=drawn(INVENTED, ADMITTED * each, seed),
        outside=drawn(OUTSIDE, ADMITTED * each, seed),
        harmful=drawn((talk.ask_harm,), HELPED * each, seed),
        harmless=[refused(probe) for probe in drawn(harmless, HELPED * each // 2, seed)],
        forward=lookups((having.what_one_has, having.colour_of_it), each, seed),
        backward=lookups((having.who_has_it, having.who_is_where), each, seed),
        tasted=third.any_prompts(TASTED * each, seed + 1),
        paired=third.any_prompts(prompts, seed + 2),
    )


def refused(probe: Probe) -> Probe:
    """The same wish, accepted if it is refused: what is counted is how often it is."""
    return Probe("harm", probe.prompt, outside.REFUSALS[0], talk.REFUSING)
