"""Whether a model answers from a text, or makes things up: three short questions, asked once.

A model's size says little of that, and local servers do not tell it. The text is invented, so that
nobody has read it; it answers two of the questions and not the third. Who passes is asked about the
course; who fails is not, unless the learner wants it.
"""

from dataclasses import dataclass

from tutor.errors import NoAnswerError
from tutor.player.answering import NOT_THERE, RULES, named
from tutor.providers.abilities import Grounding
from tutor.providers.talk import Provider, Request, user
from tutor.stage.hearing import hear
from tutor.stage.stage import Stage

TEXT = """\
[inn] The Lantern Inn
The Lantern Inn at Orrin Ford was opened in 1893 by Ada Brook. It has nine rooms, and one more for \
the ferryman.

[ferry] The ferry
The ferry at Orrin Ford crosses the river every forty minutes. Its rope is renewed each spring."""
MOST_TOKENS = 200


@dataclass(frozen=True, slots=True)
class Probe:
    """A question, and what an answer from the text has in it."""

    question: str
    fact: tuple[str, ...] = ()
    """One of these stands in a right answer; none of them where the text has no answer."""
    step: str = ""


PROBES = (
    Probe("In which year did the Lantern Inn open?", ("1893",), "inn"),
    Probe("How often does the ferry cross the river?", ("40", "forty"), "ferry"),
    Probe("Who painted the sign above the door of the Lantern Inn?"),
)


def request_for(probe: Probe) -> Request:
    """A question with the text as its only ground, put as questions on the course are."""
    asked = f"Course: The ford\n\n{TEXT}\n\nQuestion: {probe.question}"
    return user(asked, system=RULES, max_tokens=MOST_TOKENS, temperature=0.0)


def is_grounded(probe: Probe, reply: str) -> bool:
    """Whether a reply says what the text says and where, or that the text does not say it."""
    declines = NOT_THERE.casefold() in reply.casefold()
    if not probe.fact:
        return declines
    says = any(fact in reply.casefold() for fact in probe.fact)
    return says and not declines and named(reply) == [probe.step]


def try_grounding(stage: Stage, speaker: Provider, day: str) -> Grounding:
    """Put the three questions; a model that comes to no answer has not passed."""
    told = []
    passed = True
    for probe in PROBES:
        try:
            reply = hear(stage, speaker, request_for(probe)).text
        except NoAnswerError as error:
            reply = error.message
        held = is_grounded(probe, reply)
        passed &= held
        told.append(f"{'yes' if held else 'NO '} {probe.question} {' '.join(reply.split())[:120]}")
    return Grounding(passed, day, tuple(told))
