"""What happened, as it is kept for ever: one frozen record a deed, never changed, never deleted."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Whole = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""A whole number that every reader of JSON keeps whole."""


class Deed(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="deed", gc=False):
    """The base of what a learner can do. Renaming one, or a field, breaks old journals."""


class Entered(Deed, frozen=True, kw_only=True, tag="entered"):
    """A step came on the screen."""


class Passed(Deed, frozen=True, kw_only=True, tag="passed"):
    """The learner went on from a step."""

    seconds: float = 0.0


class Predicted(Deed, frozen=True, kw_only=True, tag="predicted"):
    """A guess before the facts."""

    raw: str
    """In words, whatever was typed; a digit in journals older than that."""
    seconds: float = 0.0


class Answered(Deed, frozen=True, kw_only=True, tag="answered"):
    """A reply to a question, with its verdict."""

    sitting: str
    """One asking of a question, or one run of a quiz."""
    seed: Whole
    shown: tuple[Whole, ...] = ()
    """The order in which options or items stood on the screen, as indices into the lesson's."""
    raw: str
    """The line as it was typed."""
    said: str = ""
    """What it meant, in the words then on the screen; empty where it says so itself."""
    right: bool
    score: float
    attempt: Whole
    """1 for the first try, which is the one that counts."""
    hints: Whole = 0
    revealed: bool = False
    """True when the answer had been seen before."""
    confidence: Whole | None = None
    """How sure the learner was, in percent."""
    misconception: str = ""
    seconds: float = 0.0


class Drafted(Deed, frozen=True, kw_only=True, tag="drafted"):
    """A free response that was begun and not yet handed in."""

    raw: str


class Assessed(Deed, frozen=True, kw_only=True, tag="assessed"):
    """The learner's own judgement of a free response, criterion by criterion."""

    sitting: str
    met: tuple[bool, ...]
    right: bool
    score: float


class Hinted(Deed, frozen=True, kw_only=True, tag="hinted"):
    """A hint was shown: 1 is the first."""

    sitting: str
    number: Whole


class Revealed(Deed, frozen=True, kw_only=True, tag="revealed"):
    """The answer was shown before it was found: after the last hint, or by skipping."""

    sitting: str
    skipped: bool


class Vouched(Deed, frozen=True, kw_only=True, tag="vouched"):
    """The learner says that a reply judged wrong means the same as the answer.

    From then on that reply counts as if it had been judged right when it was given.
    """

    sitting: str
    attempt: Whole
    """Which reply of this asking: 1 is the first."""
    raw: str
    """The reply, for whoever mends the question."""


class QuizOpened(Deed, frozen=True, kw_only=True, tag="quiz-opened"):
    """A run of the quiz began; or went on with fewer items, some having left the lesson."""

    sitting: str
    items: tuple[str, ...]
    practice: bool = False
    """True for a run over what was missed: it does not count as the quiz's result."""


class QuizClosed(Deed, frozen=True, kw_only=True, tag="quiz-closed"):
    """A run of the quiz came to its end."""

    sitting: str


class Noted(Deed, frozen=True, kw_only=True, tag="noted"):
    """A note of the learner's own."""

    text: str


class Reported(Deed, frozen=True, kw_only=True, tag="reported"):
    """The learner finds a question wrong or unclear. Sent only if they let their notes go."""

    text: str


class Reset(Deed, frozen=True, kw_only=True, tag="reset"):
    """A lesson starts anew; what went before is kept, and no longer counts."""


class Buried(Deed, frozen=True, kw_only=True, tag="buried"):
    """The learner puts a question off until tomorrow: it is not due on the day of this event."""


class Suspended(Deed, frozen=True, kw_only=True, tag="suspended"):
    """The learner wants a question asked no more; from here on it is never due."""


class Resumed(Deed, frozen=True, kw_only=True, tag="resumed"):
    """The learner takes a suspended question back; it is due when its memory says so."""


class Skipped(Deed, frozen=True, kw_only=True, tag="skipped"):
    """The learner leaves a lesson out, having shown that they know it: home goes on behind it."""


class HowSure(Deed, frozen=True, kw_only=True, tag="how-sure"):
    """The learner ends the question how sure they are of an answer, or wants it back."""

    wanted: bool


WantedDepth: TypeAlias = Literal["ask", "show", "skip"]
"""Whether deeper steps are offered, come by themselves, or are passed over in silence."""


class Depth(Deed, frozen=True, kw_only=True, tag="depth"):
    """The learner says what becomes of deeper steps."""

    wanted: WantedDepth


class Undone(Deed, frozen=True, kw_only=True, tag="undone"):
    """An earlier event no longer counts."""

    event: str


AnyDeed: TypeAlias = (
    Entered
    | Passed
    | Predicted
    | Answered
    | Drafted
    | Assessed
    | Hinted
    | Revealed
    | Vouched
    | QuizOpened
    | QuizClosed
    | Noted
    | Reported
    | Reset
    | Buried
    | Suspended
    | Resumed
    | Skipped
    | HowSure
    | Depth
    | Undone
)


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where in a course something happened. `content` is the hash of the question as it stood."""

    course: str
    lesson: str
    step: str = ""
    question: str = ""
    content: str = ""

    @property
    def guess(self) -> str:
        """The name of a guess made here: a step's own, or one of several that a demo asks for."""
        if self.question in ("", self.step):
            return self.step
        return "/".join(filter(None, (self.step, self.question, self.content)))


class Event(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """One line of the journal."""

    id: str
    """UUID4."""
    installation: str
    """UUID4 of the journal that wrote it."""
    at: str
    """UTC, ISO 8601 with microseconds and Z, so that text order is time order."""
    rank: str = ""
    """When clocks disagree: the time that it is ordered by in place of `at`; else empty."""
    offset: Whole
    """Minutes that local time was ahead of UTC."""
    place: Place
    deed: AnyDeed

    @property
    def moment(self) -> tuple[str, str]:
        """What events are ordered by, on any machine: time, then id."""
        return self.rank or self.at, self.id
