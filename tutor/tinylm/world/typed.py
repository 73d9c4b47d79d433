"""How people type: without capitals, without a full stop, with a slip, with "please", in two goes.

What is typed so means the same; only the words of the question's frame may suffer a slip, never
what is asked for.
"""

import re
from random import Random

from tutor.tinylm.world.chance import happens

NEAT = 0.4
"""Share of the prompts that are typed as a book would print them."""
SMALL, UNMARKED, SLIPPED, POLITE, IN_TWO = 0.5, 0.45, 0.2, 0.2, 0.2
"""Of the others: without capitals, without the last mark, with a slip, polite, two sentences."""
FRAME = frozenset((
    "what", "where", "which", "does", "live", "lives", "capital", "colour", "called",
    "animal", "have", "story", "write", "tell", "about", "name", "list", "make", "made",
    "sound", "favourite", "work", "many", "after", "comes", "repeat", "backwards", "spell",
    "letters", "much", "when", "would", "should", "could", "know", "kind", "food", "take",
    "plus", "minus",
))  # fmt: skip
"""Words that only frame a question."""
OPENINGS = (
    "Hello.", "Hi!", "Hi there.", "I have a question.", "Quick question.", "Good morning.",
    "I want to ask something.", "Hey!", "Can you help me?", "Sorry to bother you.",
    "One more question.", "Help me, please.",
)  # fmt: skip
CLOSINGS = ("Thanks!", "Thank you.", "I want to know.", "I forgot.", "Please tell me.", "Be quick.")
BRIEF = 0.12
"""Share of the prompts that leave out what goes without saying."""
FRAMES = ("What is the ", "What is ", "What comes ", "Can you ", "Please ")
_WORD = re.compile(r"[A-Za-z]+")


def as_typed(rng: Random, prompt: str) -> str:
    """The prompt as somebody may type it."""
    if happens(rng, NEAT):
        return prompt
    if happens(rng, SLIPPED):
        prompt = with_a_slip(rng, prompt)
    if happens(rng, POLITE):
        prompt = with_please(rng, prompt)
    if happens(rng, IN_TWO):
        prompt = in_two_sentences(rng, prompt)
    if happens(rng, SMALL):
        prompt = prompt.lower()
    return unmarked(prompt) if happens(rng, UNMARKED) else prompt


def careless(prompt: str) -> str:
    """Without capitals and without the last mark: what is measured as carelessly typed."""
    return unmarked(prompt.lower())


def unmarked(prompt: str) -> str:
    """The prompt without its last mark."""
    return prompt.rstrip(" ?.!")


def with_a_slip(rng: Random, prompt: str) -> str:
    """Two letters swapped, one lost or one doubled in a word of the frame, if there is one."""
    words = [found for found in _WORD.finditer(prompt) if found[0].lower() in FRAME]
    if not words:
        return prompt
    found = rng.choice(words)
    return prompt[: found.start()] + _slipped(rng, found[0]) + prompt[found.end() :]


def _slipped(rng: Random, word: str) -> str:
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    lost, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
    return rng.choice((swapped, lost, doubled))


def with_please(rng: Random, prompt: str) -> str:
    """Please at the beginning or at the end."""
    first = prompt.split(" ", 1)[0].lower().strip(",:")
    if first in FRAME and happens(rng, 0.5):
        return rng.choice(("Please ", "Please, ")) + prompt[0].lower() + prompt[1:]
    if prompt[-1] in "?.!":
        return prompt[:-1] + rng.choice((", please", " please")) + prompt[-1]
    return prompt


def in_two_sentences(rng: Random, prompt: str) -> str:
    """A sentence before the question, or one after it."""
    if prompt[-1] in "?.!" and happens(rng, 0.3):
        return f"{prompt} {rng.choice(CLOSINGS)}"
    return f"{rng.choice(OPENINGS)} {prompt}"


def brief(prompt: str) -> str:
    """The prompt without the words that only open it: "capital of Kenya?", "7+8"."""
    frame = next((frame for frame in FRAMES if prompt.startswith(frame)), "")
    short = prompt.removeprefix(frame)
    if re.fullmatch(r"[\d +-]+\?", short):
        return short.rstrip("?").replace(" ", "")
    return short
