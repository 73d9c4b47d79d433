"""The lab sheet: what was changed, what was expected, what happened; an entry for each try."""

from dataclasses import dataclass
from enum import Enum

from tutor.looking.laboratory import Reading
from tutor.looking.panes.changed import effects, names
from tutor.looking.panes.style import bare

SAME = 0.02
"""A chance that moves by less than this stays as it was."""


class Way(Enum):
    """Where a chance goes."""

    FALLS = "falls"
    STAYS = "stays"
    RISES = "rises"


@dataclass(frozen=True, slots=True)
class Try:
    """One change, with the chance that was followed before it and after."""

    text: str
    model: str
    before: str
    """What was changed already, in words."""
    after: str
    followed: str
    expected: Way
    was: float
    now: float
    effects: tuple[str, ...]

    @property
    def happened(self) -> Way:
        """Where the chance went."""
        return way(self.was, self.now)

    @property
    def told(self) -> str:
        """What was expected and what happened, in a sentence."""
        hit = (
            "As you expected"
            if self.happened is self.expected
            else f"You said: {self.expected.value}"
        )
        return f"{hit}. “{self.followed}” {self.happened.value}: {self.was:.1%} → {self.now:.1%}."


def way(was: float, now: float) -> Way:
    """Where a chance went."""
    if abs(now - was) < SAME:
        return Way.STAYS
    return Way.RISES if now > was else Way.FALLS


def question(reading: Reading) -> str:
    """What is asked before a change."""
    wanted, (_, now) = bare(reading.label(reading.wanted)), reading.chances
    return (
        f"Lab sheet: what will the chance of “{wanted}” ({now:.1%}) do?"
        " ↓ fall · → stay · ↑ rise · Esc: change nothing"
    )


def tried(before: Reading, after: Reading, expected: Way) -> Try:
    """What came of a change; the token that was followed before it is followed on."""
    (_, was), token = before.chances, before.wanted
    now = after.chance_of(token)
    return Try(
        text=before.sight.text,
        model=before.speaker.title,
        before=names(before),
        after=names(after),
        followed=bare(before.label(token)),
        expected=expected,
        was=was,
        now=now,
        effects=tuple(effects(after)) if after.sight.changed else (),
    )


def rows(one: Try) -> list[tuple[str, str]]:
    """A try for the notebook."""
    return [
        ("model", one.model),
        ("text", one.text),
        ("before", one.before or "nothing changed"),
        ("changed", one.after or "everything back"),
        ("followed", one.followed),
        ("expected", one.expected.value),
        ("happened", f"{one.happened.value}, {one.was:.1%} to {one.now:.1%}"),
        *(("", effect) for effect in one.effects[1:]),
    ]
