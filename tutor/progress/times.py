"""How long a learner took over steps, as it is stored; tutor.progress.timing works it out."""

from msgspec import Struct

NAME, RULE = "times", 1
"""How it is called in the journal, and the version of the rule by which it follows from events."""


class Times(Struct, kw_only=True, omit_defaults=True):
    """The steps of a lesson that were read or watched."""

    seconds: dict[str, float] = {}
    """Of the first time that each was gone on from; long pauses count as five minutes."""
