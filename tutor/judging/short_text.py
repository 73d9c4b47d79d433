"""What a word or two mean: one of the answers, a listed mistake, several things at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tutor.course.model import ShortText, WrongText
from tutor.judging.lexicon import Lexicon
from tutor.judging.typos import edits, meant_by
from tutor.judging.wording import fold, initials, keys, parts

NO_ANSWER = frozenset(
    {"", "idk", "i don t know", "i do not know", "dont know", "don t know", "no idea", "dunno"}
)

NUMERAL = re.compile(
    r"\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Meaning:
    """An answer with a slip in it, a listed mistake, or neither."""

    right: bool
    slip_of: str = ""
    mistake: WrongText | None = None


def meaning(question: ShortText, text: str, lexicon: Lexicon) -> Meaning:
    """Understand one short answer."""
    if fold(text) in map(fold, question.accept):
        return Meaning(right=True)
    mistake = next((w for w in question.wrong if fold(text) in map(fold, w.texts)), None)
    if mistake is None and _is_accepted(question, text, lexicon):
        return Meaning(right=True)
    mistake = mistake or _listed(question, text, lexicon)
    if mistake is not None:
        return Meaning(right=False, mistake=mistake)
    said = parts(text)
    if len(said) > 1:
        return _of_several(question, said, lexicon)
    slip = _slip(question, text, lexicon)
    return Meaning(right=slip is not None, slip_of=slip or "")


def takes_no_number(question: ShortText) -> bool:
    """Tell whether digits alone can only be a slip: no answer, right or wrong, has a number."""
    foreseen = [*question.accept, *(text for wrong in question.wrong for text in wrong.texts)]
    return not any(NUMERAL.search(text) for text in foreseen)


def is_several(question: ShortText, text: str, lexicon: Lexicon) -> bool:
    """Tell whether a line gives a right answer beside one that is none."""
    said = parts(text)
    if len(said) < 2 or fold(text) in map(fold, question.accept):  # noqa: PLR2004
        return False
    if _is_accepted(question, text, lexicon) or _listed(question, text, lexicon):
        return False
    right = [_is_right(question, part, said, lexicon) for part in said]
    return any(right) and not all(right)


def _of_several(question: ShortText, said: list[str], lexicon: Lexicon) -> Meaning:
    """All of several answers are right, or none: the others were asked about."""
    if all(_is_right(question, part, said, lexicon) for part in said):
        return Meaning(right=True)
    listed = (_listed(question, part, lexicon) for part in said)
    return Meaning(right=False, mistake=next(filter(None, listed), None))


def _is_right(question: ShortText, part: str, said: list[str], lexicon: Lexicon) -> bool:
    if meaning(question, part, lexicon).right if len(parts(part)) == 1 else False:
        return True
    others = [one for one in said if one != part and _is_accepted(question, one, lexicon)]
    return any(_abbreviates(part, one) or _abbreviates(one, part) for one in others)


def _abbreviates(short: str, long: str) -> bool:
    return bool(initials(long)) and initials(long) == fold(short).replace(" ", "")


def _is_accepted(question: ShortText, text: str, lexicon: Lexicon) -> bool:
    said = keys(text)
    return any(said & keys(name) for name in names(question, lexicon))


def names(question: ShortText, lexicon: Lexicon) -> tuple[str, ...]:
    """All that the answer is called: the author's list, the glossary's other names, initials.

    A name that the prompt gives away is no answer to it: RAG is not what RAG is short for.
    """
    others = [name for answer in question.accept for name in lexicon.other_names(answer)]
    others += [initials(answer) for answer in question.accept if initials(answer)]
    asked = f" {fold(question.prompt)} "
    kept = [name for name in others if f" {fold(name)} " not in asked]
    listed = {key for wrong in question.wrong for text in wrong.texts for key in keys(text)}
    free = [name for name in kept if not keys(name) & listed]
    return tuple(dict.fromkeys((*question.accept, *free)))


def _listed(question: ShortText, text: str, lexicon: Lexicon) -> WrongText | None:
    """The listed mistake that a text spells, perhaps by another name."""
    said = keys(text)
    for wrong in question.wrong:
        called = (*wrong.texts, *_more(wrong.texts, lexicon))
        if any(said & keys(name) for name in called):
            return wrong
    return None


def _more(texts: Iterable[str], lexicon: Lexicon) -> list[str]:
    return [name for text in texts for name in lexicon.other_names(text)]


def _slip(question: ShortText, text: str, lexicon: Lexicon) -> str | None:
    """The answer that was meant, unless a listed mistake is as near."""
    right = names(question, lexicon)
    meant = meant_by(text, [*right, *map(_plural, right)], lexicon)
    if meant is None:
        return None
    distance = edits(fold(text), fold(meant))
    listed = (fold(wrong) for one in question.wrong for wrong in one.texts)
    if any(edits(fold(text), wrong) <= distance for wrong in listed):
        return None
    return next((name for name in right if meant in (name, _plural(name))), meant)


def _plural(name: str) -> str:
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
