"""Models on offer, the chosen one, and what a trial of it showed."""

from collections.abc import Iterator, Sequence

from tutor.providers.choosing import Endpoint
from tutor.providers.offer import Offered
from tutor.providers.presets import Price
from tutor.providers.talk import BROKEN_OFF, NOT_TO_THE_END, Served, Tier
from tutor.providers.trying import MOST_READ, MOST_WRITTEN, QUESTION, Tried
from tutor.screen.streaming import harmless
from tutor.screen.words import Renderable, bold, dim, line

HEADINGS = {
    Tier.BUILT_IN: "Comes with the tutor. Nothing leaves this machine.",
    Tier.LOCAL: "On this machine. Nothing leaves it, nothing to pay.",
    Tier.HOSTED: "Hosts: your own account and key; what you ask goes there.",
}
PREVIEW = 200
UNVERIFIED = {"url": "address", "keys": "name of the key", "model": "model", "price": "price"}


def listing(entries: Sequence[Offered]) -> list[Renderable]:
    """Everything that can be chosen."""
    return list(_listing(entries))


def _listing(entries: Sequence[Offered]) -> Iterator[Renderable]:
    for tier, heading in HEADINGS.items():
        yield bold(heading)
        for entry in entries:
            if entry.tier is tier:
                yield line(f"  {entry.name}: {entry.title}{' [chosen]' if entry.chosen else ''}")
                yield from (dim(f"    {said}") for said in _details(entry))
        yield line()
    if checked := next((e.checked_on for e in entries if e.checked_on), None):
        yield dim(f"Names and prices as of {checked}; tutor model use NAME --model M for others.")
    yield line("To choose: tutor model use NAME. To try it: tutor model test.")


def _details(entry: Offered) -> Iterator[str]:
    if not entry.installed:
        yield "not installed: tutor model install smollm2 (130 MB)"
    elif entry.model:
        yield entry.model
    elif entry.tier is Tier.LOCAL:
        yield f"{entry.url}; name its model with --model"
    if entry.tier is Tier.HOSTED:
        yield price_words(entry.price)
        yield f"key {entry.key}" if entry.key else f"no key: tutor model key {entry.name}"
    if entry.unverified:
        yield f"unverified: {', '.join(UNVERIFIED[one] for one in entry.unverified)}"


def served(there: Sequence[Served]) -> list[Renderable]:
    """The models that a server has, each with its number."""
    said: list[Renderable] = [bold("What the server has")]
    for number, one in enumerate(there, 1):
        size = f" ({harmless(one.size)} weights)" if one.size else ""
        said.append(line(f"  {number}. {harmless(one.name)}{size}"))
    return said


WHICH = line("Type the number of one of them; Ctrl-C leaves.")


def price_words(price: Price | None) -> str:
    """A price for a million tokens; an unknown one is said to be unknown."""
    if price is None:
        return "price unknown"
    return f"${price.read:.2f} in, ${price.written:.2f} out per million tokens"


def now_chosen(entries: Sequence[Offered]) -> list[Renderable]:
    """The chosen one."""
    now = next((entry for entry in entries if entry.chosen), None)
    if now is None:
        return [line("The choice cannot be read. Choose again: tutor model use NAME")]
    said = [bold(f"Chosen: {now.name}. {HEADINGS[now.tier]}"), *map(dim, _details(now))]
    return [*said, line("Others: tutor model list. To try it: tutor model test.")]


def before_a_trial(endpoint: Endpoint, room: int) -> list[Renderable]:
    """What a trial takes, before it is made."""
    written = MOST_WRITTEN + room
    said = f"One call to {endpoint.model} at {endpoint.name}, at most {MOST_READ + written:,}"
    if endpoint.price is None:
        cost = "What that costs is unknown here."
    else:
        cost = f"At most ${endpoint.price.of(MOST_READ, written):.6f}."
    more = "Only if it thinks first and comes to no word, once or twice more, with more room."
    return [line(f"{said} tokens. {cost} {more}")]


def trial(tried: Tried) -> list[Renderable]:
    """What a model turned out to be able to do."""
    return list(_trial(tried))


def _thinking(tried: Tried) -> Iterator[Renderable]:
    """Whether it thinks before it speaks, how much, and what that means for demos."""
    if not tried.room:
        yield line("thinks first: not seen to")
        return
    if tried.usage and tried.usage.thought:
        took = f"{tried.usage.thought:,} tokens by the server's count"
    elif tried.thoughts:
        took = f"{len(tried.thoughts):,} characters of it were shown"
    else:
        took = "unseen"
    yield line(f"thinks first: yes, {took}")
    if tried.thoughts:
        yield dim(f"  it thinks: {harmless(' '.join(tried.thoughts.split()))[:PREVIEW]}")
    yield line(f"so each call is allowed {tried.room:,} tokens more, for thinking")


def _trial(tried: Tried) -> Iterator[Renderable]:
    yield dim(f"asked: {QUESTION}")
    if tried.text.strip():
        yield line(f"it says: {harmless(' '.join(tried.text.split()))}")
    else:
        yield line("it says: nothing")
    yield from _thinking(tried)
    if tried.ending in NOT_TO_THE_END:
        yield dim(f"[{tried.ending.value}]")
    if tried.model:
        yield line(f"model, as it names itself: {harmless(tried.model)}")
    if tried.pieces > 1:
        yield line(f"streams: yes, {tried.pieces} pieces, the first after {tried.first:.1f} s")
    elif tried.ending not in BROKEN_OFF:
        yield line("streams: no, the reply came in one piece")
    if tried.usage:
        yield line(f"counts tokens: {tried.usage.read} read, {tried.usage.written} written")
    elif tried.ending not in BROKEN_OFF:  # the count comes at the end
        yield line("counts tokens: no")
    yield line(f"shows its probabilities: {'yes' if tried.chances else 'no'}")
    for one in tried.adjusted:
        yield line(f"{harmless(one.parameter)}: {harmless(one.why)}")
    if not tried.adjusted:
        yield line("No parameter was refused; some hosts ignore one without a word.")
