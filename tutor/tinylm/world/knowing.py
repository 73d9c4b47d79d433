"""Which words the tiny model can know at all: those that its small internet uses."""

import re
from functools import cache
from random import Random

from tutor.tinylm.world import dialogues, exercises, having, labels, wider_outside
from tutor.tinylm.world.editions import SECOND, Edition, shipped

_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"['’](?:s|t|re|ve|ll|d|m)\b", re.IGNORECASE)
_OF_MADE_UP_WORDS = frozenset(
    {
        exercises.echo_page, exercises.copying_page, exercises.naming_page, exercises.roll_call,
        having.two_way_roll_call, labels.label_page,
    }
)  # fmt: skip
"""Pages that drill copying with syllables drawn at random: nobody knows those words."""
READ = 20
"""So many documents of a sort for each hundredth that it has in the corpus: then few are missed."""


def outside(text: str) -> tuple[str, ...]:
    """The words of a text that the corpus never uses, each once, in their order, in small letters.

    Numbers are no words. An empty answer does not mean that the model has read of the matter.
    """
    words = _WORD.findall(_ENDING.sub("", text).lower())
    known = known_words(shipped())
    return tuple(dict.fromkeys(word for word in words if word not in known))


@cache
def known_words(edition: Edition) -> frozenset[str]:
    """Every word of a large sample of the corpus, and of the pleasantries of fine-tuning."""
    rng = Random(1)
    texts = [
        write(rng)
        for write, share in edition.documents.items()
        if write not in _OF_MADE_UP_WORDS
        for _ in range(READ * share)
    ]
    texts += _pleasantries(edition)
    whole = "\n".join(texts)
    return frozenset(_WORD.findall(_ENDING.sub("", whole).lower()))


def _pleasantries(edition: Edition) -> list[str]:
    if edition is SECOND:
        return [text for greeting in dialogues.GREETINGS for text in greeting]
    said = [text for prompts, reply, _word in wider_outside.GREETINGS for text in (*prompts, reply)]
    return [*said, *wider_outside.UNKIND, wider_outside.SORRY]
