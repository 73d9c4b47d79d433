"""What a model thinks before it speaks, told from its answer where both come in one text.

Servers that know the model send thoughts in a field of their own; others pass the model's tags on.
Tags are looked for at the beginning of a reply and after a thought, nowhere else: an answer may
speak of them. One exception: some templates write the beginning tag themselves, so that only the
end tag comes, at the beginning of a line; then all before it was thinking.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from tutor.providers.talk import Rethought, TextDelta, Thought, TokenChances

TAGS = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<thoughts>": "</thoughts>",
    "<reasoning>": "</reasoning>",
    "<seed:think>": "</seed:think>",
    "<mm:think>": "</mm:think>",
    "[think]": "[/think]",
    "◁think▷": "◁/think▷",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|channel|>analysis<|message|>": "<|end|>",
    "<|channel>thought": "<channel|>",
}
"""Beginning and end, in small letters."""
HEADS = (
    "<|start|>assistant<|channel|>final<|message|>",
    "<|channel|>final<|message|>",
    "<|start|>assistant",
    "<|begin_of_solution|>",
)
"""Marks between thinking and answer that belong to neither."""
LONGEST_TAG = 64
MOST_BLANKS = 1000
"""Of so many before the first sign none is held back any longer."""
_ENDS = tuple(TAGS.values())
_END_LINE = re.compile("^(?:" + "|".join(map(re.escape, _ENDS)) + ")", re.MULTILINE)
_FIRST_SIGNS = frozenset(end[0] for end in _ENDS)
Part = TextDelta | Thought | Rethought


class _State(Enum):
    BEGINNING = auto()
    THINKING = auto()
    SPEAKING = auto()


@dataclass(slots=True)
class Sorter:
    """Sorts the pieces of one reply, wherever they are cut; of no more than a tag is held back."""

    _state: _State = _State.BEGINNING
    _held: str = ""
    _tokens: tuple[TokenChances, ...] = ()
    """Of the text that is held back."""
    _end: str = ""
    """The tag that ends the thought under way."""
    _thought: bool = False
    """There was a thought; blanks after it belong to nothing."""
    _last: str = "\n"
    """The last sign of the answer so far."""

    def take(self, piece: TextDelta) -> list[Part]:
        """The parts that are certain now."""
        if self._state is _State.SPEAKING and not self._held and not self._may_end(piece.text):
            self._last = piece.text[-1:] or self._last
            return [piece]
        self._held += piece.text
        self._tokens += piece.tokens
        parts: list[Part] = []
        while self._step(parts):
            pass
        return parts

    def end(self) -> list[Part]:
        """What was held back, now that nothing follows."""
        held, tokens = self._let_go()
        if self._state is _State.THINKING:
            return [Thought(held)] if held else []
        return [TextDelta(held, tokens)] if held or tokens else []

    def _step(self, parts: list[Part]) -> bool:
        """Go on by one state; False where more text is needed, or none is left."""
        match self._state:
            case _State.BEGINNING:
                return self._begin(parts)
            case _State.THINKING:
                return self._think(parts)
            case _State.SPEAKING:
                return self._speak(parts)

    def _begin(self, parts: list[Part]) -> bool:
        bare = self._held.lstrip()
        if self._thought:
            self._held = bare
        low = bare[:LONGEST_TAG].lower()
        for tag in (*TAGS, *HEADS, *_ENDS):
            if low.startswith(tag):
                self._held, self._tokens = bare[len(tag) :], ()
                self._thought = True
                if tag in TAGS:
                    self._state, self._end = _State.THINKING, TAGS[tag]
                return True
        may_come = len(self._held) < MOST_BLANKS
        if may_come and (not bare or any(tag.startswith(low) for tag in (*TAGS, *HEADS, *_ENDS))):
            return self._keep_tokens_flowing(parts)
        self._state = _State.SPEAKING
        return True

    def _keep_tokens_flowing(self, parts: list[Part]) -> bool:
        """Chances without text wait for nothing."""
        if self._tokens and not self._held:
            parts.append(TextDelta("", self._tokens))
            self._tokens = ()
        return False

    def _think(self, parts: list[Part]) -> bool:
        self._tokens = ()
        low = self._held.lower()
        at = low.find(self._end)
        if at >= 0:
            if at:
                parts.append(Thought(self._held[:at]))
            self._held = self._held[at + len(self._end) :]
            self._state = _State.BEGINNING
            return True
        safe = len(low) - _overlap(low, self._end)
        if safe:
            parts.append(Thought(self._held[:safe]))
            self._held = self._held[safe:]
        return False

    def _speak(self, parts: list[Part]) -> bool:
        if self._thought:
            return self._release(parts, len(self._held))
        low = self._held.lower()
        begins_line = self._last == "\n"
        if end := _END_LINE.search(low, 0 if begins_line else 1):
            return self._rethink(parts, end)
        line = low.rfind("\n") + 1
        may_end = low[line:] and any(tag.startswith(low[line:]) for tag in _ENDS)
        return self._release(parts, line if may_end and (line or begins_line) else len(low))

    def _rethink(self, parts: list[Part], end: re.Match[str]) -> bool:
        parts += (
            [TextDelta(self._held[: end.start()]), Rethought()] if end.start() else [Rethought()]
        )
        self._held, self._tokens = self._held[end.end() :], ()
        self._thought, self._state = True, _State.BEGINNING
        return True

    def _release(self, parts: list[Part], safe: int) -> bool:
        text, rest = self._held[:safe], self._held[safe:]
        if text or self._tokens:
            parts.append(TextDelta(text, self._tokens))
            self._last = text[-1:] or self._last
        self._held, self._tokens = rest, ()
        return False

    def _let_go(self) -> tuple[str, tuple[TokenChances, ...]]:
        held, tokens = self._held, self._tokens
        self._held, self._tokens = "", ()
        return held, tokens

    def _may_end(self, text: str) -> bool:
        return not self._thought and not _FIRST_SIGNS.isdisjoint(text)


def _overlap(text: str, tag: str) -> int:
    """How many signs at the end of `text` begin `tag`."""
    sizes = range(min(len(text), len(tag) - 1), 0, -1)
    return next((size for size in sizes if text.endswith(tag[:size])), 0)


@dataclass(slots=True)
class Joiner:
    """Puts halves of characters together that a server sent in two pieces."""

    _half: str = ""

    def take(self, text: str) -> str:
        """The text without a half at its end, and with the one kept before."""
        if text.isascii() and not self._half:
            return text
        text, self._half = self._half + text, ""
        if "\ud800" <= text[-1:] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return whole(text)

    def end(self) -> str:
        """A half whose other half never came, shown as such."""
        half, self._half = self._half, ""
        return whole(half)


def whole(text: str) -> str:
    """Text whose halves of characters are shown as such."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
