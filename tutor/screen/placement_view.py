"""Placement in words: what is coming, and what the answers say."""

from collections.abc import Sequence

from tutor.screen.words import Renderable, bold, line

GOES_ON = "You began this today: it goes on with what you have answered."
LEFT_OUT = "Left out. What you answered comes back in reviews; {} learn takes any lesson."


def start(most: int, enough: int) -> list[Renderable]:
    """What is coming, and by which rule."""
    said = f"At most {most} questions, hard to guess, from lessons that you have not begun."
    rule = f"Who gets {enough} of {enough} right at the first try may leave the lesson out."
    kept = "A miss is no loss: you take the lesson. Quit at any time; every answer is kept."
    return [bold("Placement"), line(f"{said} {rule} {kept}")]


def evidence(
    rows: Sequence[tuple[str, int, int]], known: Sequence[str], called: str
) -> list[Renderable]:
    """What was shown of each lesson, and what may be left out."""
    parts: list[Renderable] = [bold("What you have shown")]
    parts += [line(f"  {title}: {right} of {asked}") for title, right, asked in rows]
    if not known:
        return [*parts, line(f"No lesson is to be left out. To begin: {called}")]
    return [*parts, line(f"You may leave out: {'; '.join(known)}. Enter does, q does not.")]
