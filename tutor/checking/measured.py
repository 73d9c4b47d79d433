"""The measures of lessons as a table: a row each measure, a column each lesson."""

from collections.abc import Callable, Sequence

from tutor.checking.measures import KINDS, Measures

ROWS: tuple[tuple[str, Callable[[Measures], str]], ...] = (
    ("main path, minutes", lambda m: str(m.minutes)),
    ("deeper, minutes", lambda m: str(m.deeper_minutes)),
    ("quiz, minutes", lambda m: str(m.quiz_minutes)),
    ("main path, steps", lambda m: str(m.steps)),
    ("deeper, steps", lambda m: str(m.deeper_steps)),
    *((f"  {kind}", lambda m, kind=kind: str(m.kinds.get(kind, 0))) for kind in KINDS),
    ("only read, share", lambda m: f"{m.passive_share:.0%}"),
    ("only read, in a row", lambda m: str(m.passive_run)),
    ("first step acts", lambda m: "yes" if m.first_step_acts else "no"),
    ("words", lambda m: f"{m.words:,}"),
    ("deeper, words", lambda m: f"{m.deeper_words:,}"),
    ("words at one go, most", lambda m: str(m.words_in_longest)),
    ("new terms in a step", lambda m: str(m.new_terms)),
    ("reading ease", lambda m: f"{m.reading_ease:.1f}"),
    ("inventory, taught", lambda m: f"{m.taught}/{m.topics}"),
    ("inventory, asked", lambda m: f"{m.asked}/{m.topics}"),
)


def measured_table(found: Sequence[Measures]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows."""
    heads = ["lesson", *(str(number) for number in range(1, len(found) + 1))]
    return heads, [[name, *map(told, found)] for name, told in ROWS]
