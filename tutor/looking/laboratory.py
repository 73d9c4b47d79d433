"""What is to be seen from where the learner looks: computed once, kept as long as it holds."""

import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from tutor.errors import PromptTooLongError, TutorError
from tutor.looking.sight import NOTHING, Changed, Pane, Sight, clipped
from tutor.looking.speakers import MARKS, Speaker
from tutor.screen.pieces import piece_of
from tutor.screen.terminal import Look
from tutor.tinylm.inside import damage
from tutor.tinylm.inside.attribution import Shares, above_average, attribute
from tutor.tinylm.inside.changes import Changes, Patch, Push
from tutor.tinylm.inside.findings import findings
from tutor.tinylm.inside.passing import Seen, likeliest_at_borders, see
from tutor.tinylm.inside.steering import towards_an_answer, towards_not_knowing
from tutor.tinylm.inside.sweeping import partners, patched_everywhere
from tutor.tinylm.model import Array, log_softmax, softmax
from tutor.tinylm.sampling import Sampler, likeliest, probabilities

MOST_TOKENS = 96
"""So many are read at once: more would not fit a screen."""
SHOWN = 40
"""So many next tokens are told of."""
RICH = Look()
ANSWER, NOT_KNOWING, OWN = "an answer", "not knowing", "the other text"
AGAIN = "grow it again, with a smaller rate"
KEPT = 24
"""So many passes are kept, lest a walk back and forth be computed again."""


@dataclass(frozen=True, slots=True)
class Next:
    """A token that may come next."""

    token: int
    label: str
    chance: float
    """With the changes, at temperature 1."""
    before: float
    """The same in the unchanged model."""
    drawn: float
    """Its chance to be drawn at this temperature and top-p."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The likeliest next token at a border and a place, had the model stopped there."""

    label: str
    chance: float


@dataclass(frozen=True, eq=False)
class Reading:
    """All that is to be seen from one sight, each thing computed when it is first looked at."""

    speaker: Speaker
    sight: Sight
    labels: tuple[str, ...]
    """The tokens that are read, to be seen."""
    plain: Seen
    """The pass with nothing changed."""
    seen: Seen

    @property
    def places(self) -> int:
        """How many tokens are read."""
        return len(self.labels)

    @property
    def at(self) -> int:
        """The place whose next token is looked at: the cursor's; the last one in a sweep."""
        return self.places - 1 if self.sight.pane is Pane.PATCH else self.sight.place

    @cached_property
    def wanted(self) -> int:
        """The next token whose chance is followed."""
        token = self.sight.token
        return int(self.plain.scores[self.at].argmax()) if token is None else token

    def label(self, token: int) -> str:
        """A token to be seen."""
        return label(self.speaker, token)

    @cached_property
    def chances(self) -> tuple[float, float]:
        """The followed token's chance before the changes and now."""
        before, now = (softmax(seen.scores[self.at]) for seen in (self.plain, self.seen))
        return float(before[self.wanted]), float(now[self.wanted])

    def chance_of(self, token: int) -> float:
        """A token's chance, with the changes."""
        return float(softmax(self.seen.scores[self.at])[token])

    @cached_property
    def nexts(self) -> list[Next]:
        """The likeliest next tokens, the likeliest first."""
        return [self._next(token) for token, _ in likeliest(self.seen.scores[self.at], SHOWN)]

    @property
    def followed(self) -> Next:
        """The next token that is followed."""
        return self._next(self.wanted)

    def _next(self, token: int) -> Next:
        now, before, drawn = (float(shares[token]) for shares in self._distributions)
        return Next(token, self.label(token), now, before, drawn)

    @cached_property
    def _distributions(self) -> tuple[Array, Array, Array]:
        """Chances (vocabulary,) now, before the changes, and to be drawn."""
        scores = self.seen.scores[self.at]
        sampler = Sampler(self.sight.temperature, top_p=self.sight.top_p)
        before = softmax(self.plain.scores[self.at])
        return softmax(scores), before, probabilities(scores, sampler)

    @cached_property
    def first(self) -> tuple[str, str]:
        """The likeliest next token before the changes, and now."""
        before, now = (int(seen.scores[self.at].argmax()) for seen in (self.plain, self.seen))
        return self.label(before), self.label(now)

    @cached_property
    def bits(self) -> float:
        """How open the next token is: its entropy in bits (Shannon 1948)."""
        scores = self.seen.scores[self.at]
        return -float((softmax(scores) * log_softmax(scores)).sum()) / math.log(2) + 0.0

    @cached_property
    def surprises(self) -> list[float]:
        """How surprised the model was at each token, in bits; marks, which we set, do not count."""
        logs, words = log_softmax(self.seen.scores[:-1]), len(self.speaker.tokenizer.bytes_of)
        told = zip(logs, self.seen.tokens[1:], strict=True)
        bits = (-float(row[n]) / math.log(2) if n < words else 0.0 for row, n in told)
        return [0.0, *bits]

    @cached_property
    def attention(self) -> list[tuple[float, ...]]:
        """How the head under the cursor looks: a row for each token, as far as it may look."""
        head = min(self.sight.column, self.speaker.model.shape.heads - 1)
        rows = self.seen.layers[self.sight.layer].attention[head].tolist()
        return [tuple(row[: place + 1]) for place, row in enumerate(rows)]

    @cached_property
    def favourites(self) -> list[list[tuple[int, float]]]:
        """Where each head looks most from the cursor, with its share: by layer and head."""
        place = self.sight.place
        rows = [layer.attention[:, place] for layer in self.seen.layers]
        return [
            list(zip(row.argmax(-1).tolist(), row.max(-1).tolist(), strict=True)) for row in rows
        ]

    @cached_property
    def cells(self) -> list[list[Cell]]:
        """The lens: a row for each border, a cell for each place."""
        return lens_cells(self.speaker, self.texts, self.sight.changed)

    @cached_property
    def shares(self) -> Shares:
        """What each part adds to the followed token's score."""
        direction = above_average(self.speaker.model, self.wanted)
        return attribute(self.speaker.model, self.seen, self.at, direction)

    @cached_property
    def losses(self) -> tuple[float, float] | None:
        """The loss on the fixed pages before the changes and now; None if they cannot touch it."""
        changed = replace(self.sight.changed, carried=frozenset())
        if not changed:
            return None
        return loss(self.speaker, NOTHING, ()), loss(self.speaker, changed, self._own_texts)

    @cached_property
    def sweep(self) -> "Sweep | None":
        """What the other text's states would do everywhere; None where there is none."""
        if len(self.texts) == 1:
            return None
        alone = replace(self.sight.changed, carried=frozenset())  # each state by itself
        return swept(self.speaker, self.texts, alone)

    def exchanged(self, place: int) -> tuple[str, str]:
        """The other text's token that lends its state to a place, and the token there."""
        here = self.labels[place] if place < self.places else ""
        if len(self.texts) == 1:
            return "", here
        pairs = partners(len(self.texts[0]), len(self.texts[1]))
        partner = pairs[place] if place < len(pairs) else None
        return ("" if partner is None else self.label(self.texts[1][partner])), here

    @property
    def _own_texts(self) -> "Texts":
        """Both texts where a direction is made of them; none where the loss knows none."""
        steer = self.sight.changed.steer
        return self.texts if steer is not None and steer.name == OWN else ()

    @cached_property
    def texts(self) -> "Texts":
        """Both texts in tokens, as directions of the learner's own are made of."""
        return texts_of(self.speaker, self.sight)


@dataclass(frozen=True, slots=True)
class Sweep:
    """The other text's answer, and its chance with one state put in, by border and place."""

    labels: tuple[str, ...]
    """The other text's tokens, each under its partner; empty where there is none."""
    token: int
    answer: str
    before: float
    shares: list[list[float]]


@lru_cache(8192)
def label(speaker: Speaker, token: int) -> str:
    """A token to be seen; a mark by its name."""
    tokenizer = speaker.tokenizer
    if token < len(tokenizer.bytes_of):
        return piece_of(tokenizer, token, RICH)
    return next(MARKS[name] for name, number in tokenizer.special.items() if number == token)


Texts = tuple[tuple[int, ...], ...]
"""The text that is read and, where there is one, the other text: in tokens."""


def texts_of(speaker: Speaker, sight: Sight) -> Texts:
    """Both texts in tokens; what the model wrote belongs to the first. PromptTooLongError."""
    most = min(MOST_TOKENS, speaker.model.shape.context - 1)
    texts = [(*speaker.tokens(sight.text), *sight.said)]
    if sight.other.strip():
        texts.append(tuple(speaker.tokens(sight.other)))
    longest = max(map(len, texts))
    if longest > most:
        said = f"That is {longest} tokens, and this view shows {most}."
        raise PromptTooLongError(said, hint="Leave some of it out.")
    return tuple(texts)


def reading(speaker: Speaker, sight: Sight) -> Reading:
    """What is seen from here, the cursor brought back to where there is something.

    PromptTooLongError where a text has more tokens than the view shows.
    """
    texts, shape = texts_of(speaker, sight), speaker.model.shape
    tokens = texts[0]
    within = replace(
        sight,
        place=clipped(sight.place, len(tokens)),
        layer=clipped(sight.layer, shape.layers),
        column=clipped(sight.column, shape.heads + 1),
        after=clipped(sight.after, shape.layers + 1),
    )
    labels = tuple(label(speaker, token) for token in tokens)
    plain = passed(speaker, texts[:1], NOTHING)
    if not bool((plain.scores == plain.scores).all()):
        raise TutorError("this model's scores are no numbers: its training ran off", hint=AGAIN)
    return Reading(speaker, within, labels, plain, passed(speaker, texts, within.changed))


@lru_cache(KEPT)
def passed(speaker: Speaker, texts: Texts, changed: Changed) -> Seen:
    """The first of the texts read with these changes."""
    return see(speaker.model, texts[0], changes(speaker, texts, changed))


def changes(speaker: Speaker, texts: Texts, changed: Changed) -> Changes:
    """The changes, with the states and directions that they name."""
    patches: list[Patch] = []
    if changed.carried and texts[1:]:
        donor = lent(speaker, texts, changed)
        pairs = partners(len(texts[0]), len(texts[1]))
        for one in sorted(changed.carried, key=lambda one: (one.after, one.place)):
            partner = pairs[one.place] if one.place < len(pairs) else None
            if partner is not None:
                patches.append(Patch(one.after, one.place, donor.stream[one.after, partner]))
    return Changes(changed.without, tuple(patches), pushes(speaker, texts, changed))


def lent(speaker: Speaker, texts: Texts, changed: Changed) -> Seen:
    """The other text's pass, with the same parts out."""
    return passed(speaker, texts[1:], Changed(changed.without))


def pushes(speaker: Speaker, texts: Texts, changed: Changed) -> tuple[Push, ...]:
    """The push at its place, if there is one."""
    steer = changed.steer
    if steer is None:
        return ()
    arrow = direction(speaker, steer.name, texts if steer.name == OWN else ())
    return (Push(steer.after, arrow[steer.after], steer.strength, steer.place, steer.place + 1),)


@lru_cache(KEPT)
def direction(speaker: Speaker, name: str, texts: Texts) -> Array:
    """A direction by its name, at every border: (layers + 1, width)."""
    if name == ANSWER:
        return towards_an_answer(speaker.model, speaker.tokenizer)
    if name == NOT_KNOWING:
        return towards_not_knowing(speaker.model, speaker.tokenizer)
    here, there = (see(speaker.model, text).stream[:, -1] for text in texts)
    arrow: Array = there - here
    return arrow


def directions(speaker: Speaker, sight: Sight) -> list[tuple[str, int, float]]:
    """The directions that there are, each with a layer and a strength at which it works.

    Both were chosen by measuring; the learner's own direction starts in the middle.
    """
    found: list[tuple[str, int, float]] = []
    if speaker.name == "raw":
        found.append((ANSWER, findings().answering.after, findings().answering.strength))
    if speaker.chats:
        denying = findings().not_knowing
        found.append((NOT_KNOWING, denying.after, denying.strength))
    if sight.other.strip():
        found.append((OWN, (speaker.model.shape.layers + 1) // 2, 1.0))
    return found


@lru_cache(KEPT)
def loss(speaker: Speaker, changed: Changed, texts: Texts) -> float:
    """Nats a token on the fixed pages, a push at every place of them."""
    pages = damage.in_tokens(speaker.tokenizer, speaker.model.shape.context)
    made = Changes(changed.without, (), pushes(speaker, texts, changed))
    return damage.loss(speaker.model, pages, made)


@lru_cache(KEPT)
def lens_cells(speaker: Speaker, texts: Texts, changed: Changed) -> list[list[Cell]]:
    """The likeliest token at each border and place, and its chance."""
    best, highest = likeliest_at_borders(speaker.model, passed(speaker, texts, changed))
    return [
        [Cell(label(speaker, token), share) for token, share in zip(tokens, chances, strict=True)]
        for tokens, chances in zip(best.tolist(), highest.tolist(), strict=True)
    ]


@lru_cache(KEPT)
def swept(speaker: Speaker, texts: Texts, changed: Changed) -> Sweep:
    """One state of the other text put in everywhere in turn, beside what else is changed."""
    seen, donor = passed(speaker, texts, changed), lent(speaker, texts, changed)
    token = int(donor.scores[-1].argmax())
    shares = softmax(patched_everywhere(speaker.model, seen, donor))[..., token]
    pairs = partners(len(texts[0]), len(texts[1]))
    named = [label(speaker, texts[1][at]) if at is not None else "" for at in pairs]
    before = float(softmax(seen.scores[-1])[token])
    return Sweep(tuple(named), token, label(speaker, token), before, shares.tolist())
