"""A review in words: what is coming and why, how it went, when it comes back."""

from collections import Counter
from collections.abc import Sequence

from tutor.review.counting import was_missed
from tutor.review.remembered import Card
from tutor.screen.bars import counted
from tutor.screen.days import ago, ahead
from tutor.screen.words import Renderable, bold, cut, dim, line

PUT_OFF = "It comes back tomorrow."
SUSPENDED = "You will not be asked this again. To bring it back: {} review --suspended"
KEPT = "Quit at any time; every answer is kept."
SHORTEST = 60
"""Letters of a question in a list."""


def start(count: int, minutes: float, *, practice: bool) -> list[Renderable]:
    """What is coming."""
    what = "Practice, the least remembered first" if practice else "Review"
    about = f"{counted(count, 'question')}, about {counted(max(1, round(minutes)), 'minute')}."
    return [bold(what), line(f"{about} {KEPT}")]


def course(title: str) -> list[Renderable]:
    """Whose questions come next, where several courses are reviewed."""
    return [line(), bold(title)]


def nothing_anywhere() -> list[Renderable]:
    """No course has anything due."""
    return [line("Nothing is due in any of your courses.")]


def how_sure(every: int) -> Renderable:
    """Announce that some questions come with another."""
    said = f"About one in {every} asks how sure you are, before the verdict. It changes no mark."
    return dim(said)


def reason(belief: str, card: Card, day: int) -> Renderable:
    """Why a question comes today; `belief` is one that can be chosen in it as well."""
    if belief:
        return dim(
            f'You once chose an answer that says "{belief}". Another question in which it comes up:'
        )
    last = card.memory.last if card.memory else day
    return dim(f"You {'missed' if was_missed(card) else 'knew'} this {ago(day - last)}.")


def result(known: int, count: int, days: Sequence[int]) -> list[Renderable]:
    """How it went, and when the questions come back."""
    if not count:
        return [line("Nothing was answered this time.")]
    parts: list[Renderable] = [bold(f"You knew {known} of {count}.")]
    if days:
        spans = Counter(map(ahead, sorted(days)))  # in order, as they were counted
        parts.append(line("They come back: " + _listed(spans) + "."))
    return parts


def _listed(spans: Counter[str]) -> str:
    if len(spans) == 1 and spans.total() == 1:
        return next(iter(spans))
    return ", ".join(f"{number} {when}" for when, number in spans.items())


def more(count: int, *, practice: bool) -> list[Renderable]:
    """There is more, and no hurry."""
    if practice:
        return [line("m practises some more.")]
    some = "1 more question is" if count == 1 else f"{count} more questions are"
    return [line(f"That is enough for a day. {some} waiting, and can wait: m asks them now.")]


def nothing_due(counts: Sequence[int], more: int, practice: int) -> list[Renderable]:
    """Nothing is due: when the next is, and what can be done meanwhile.

    `counts` are the questions due on each day from today on; `more` waits beyond today's cap.
    """
    if more:
        said = "You have done a day's worth of review."
        return [line(f"{said} Enter asks {counted(more, 'more question')} all the same.")]
    coming = next(((days, count) for days, count in enumerate(counts) if count and days), None)
    if coming is None and not practice:
        said = "Nothing to review yet: a question comes back a day or more after you met it."
        return [line(said)]
    when = f" Next: {counted(coming[1], 'question')}, {ahead(coming[0])}." if coming else ""
    parts: list[Renderable] = [line(f"Nothing is due today.{when}")]
    if practice:
        what = counted(practice, "question")
        parts.append(line(f"Enter practises {what} that you remember least."))
    return parts


def suspended(prompts: Sequence[str]) -> list[Renderable]:
    """Questions that are asked no more, by number."""
    return [
        bold("Asked no more:"),
        *(line(f"{n:>3}  {cut(head, SHORTEST)}") for n, head in enumerate(prompts, 1)),
    ]
