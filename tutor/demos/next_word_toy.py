"""What followed these words in this text? A probability table, counted."""

from collections import Counter

from msgspec import Struct

from tutor.demos.parts.counts import entropy, longest_match, words
from tutor.screen.bars import counted
from tutor.screen.terminal import Terminal
from tutor.screen.words import Renderable, bold, dim, line, quoted_text, row

SHOWN = 5
BAR = 24


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """A text to learn from, and the beginnings to continue."""

    text: str
    prompts: tuple[str, ...]


def run(settings: Settings, terminal: Terminal) -> None:
    """Show the text, then for each prompt its table of next words."""
    terminal.say(bold("TOY: all that this model knows is the text below; it counts."))
    terminal.say(quoted_text(settings.text.strip()))
    text = words(settings.text)
    for prompt in settings.prompts:
        counts, matched = longest_match([(text, 1)], words(prompt))
        terminal.gap()
        terminal.say(bold(f'after "{prompt}"'), *_table(counts, terminal))
        known = f"{entropy(counts):.2f} bits of entropy over {counted(counts.total(), 'case')}"
        missing = len(words(prompt)) - matched
        lost = f"; only the last {counted(matched, 'word')} occurred" if missing else ""
        terminal.say(dim(known + lost + "."))


def _table(counts: Counter[str], terminal: Terminal) -> list[Renderable]:
    total = counts.total()
    rows = counts.most_common(SHOWN)
    width = max(len(word) for word, _ in rows)
    lines: list[Renderable] = []
    for word, count in rows:
        share = count / total
        bar = "" if terminal.look.plain else "█" * max(1, round(BAR * share))
        lines.append(row(f"  {word:<{width}}  {share:.3f}  {bar}"))
    rest = sum(counts.values()) - sum(count for _, count in rows)
    if rest:
        lines.append(line(f"  {'others':<{width}}  {rest / total:.3f}"))
    return lines
