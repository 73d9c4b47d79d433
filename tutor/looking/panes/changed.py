"""What is changed, and what it did: to the answer, and to everything else."""

from tutor.looking.laboratory import Reading
from tutor.looking.panes.style import bare, filled
from tutor.looking.pieces import Line, line, quiet, strong, wrapped

NOTHING = "Nothing is changed. Space takes a head out; p and v change the state itself."


def title(_reading: Reading) -> str:
    """What it is."""
    return "what it did"


def draw(reading: Reading, width: int, height: int) -> list[Line]:
    """The followed token's chance, the likeliest token and the loss, before and now."""
    if not reading.sight.changed:
        return filled([(quiet(row),) for row in wrapped(NOTHING, width)], height)
    colour = reading.speaker.colour
    lines: list[Line] = [(strong(row, colour),) for row in wrapped(names(reading), width)]
    lines += [line(row) for row in effects(reading)]
    return filled(lines, height)


def effects(reading: Reading) -> list[str]:
    """What the changes did, a line each."""
    before, now = reading.chances
    wanted = bare(reading.label(reading.wanted))
    told = [f"“{wanted}” {before:.1%} → {now:.1%}"]
    was, first = map(bare, reading.first)
    told.append(f"first: “{was}” → “{first}”" if was != first else f"first: still “{first}”")
    losses = reading.losses
    if losses is not None:
        told.append(f"8 other pages: loss {losses[0]:.2f} → {losses[1]:.2f}")
    return told


def names(reading: Reading) -> str:
    """The changes in words; nothing where there are none."""
    changed, told = reading.sight.changed, []
    if changed.without:
        told.append("without " + ", ".join(map(str, sorted(changed.without, key=str))))
    for one in sorted(changed.carried, key=lambda one: (one.place, one.after)):
        other, here = (f"“{bare(label)}”" for label in reading.exchanged(one.place))
        when = f"after layer {one.after}" if one.after else "before layer 1"
        told.append(f"{other} for {here} {when}")
    if changed.steer is not None:
        steer = changed.steer
        told.append(f"{steer.strength:+.2f} towards {steer.name}, after layer {steer.after}")
    return "; ".join(told)
