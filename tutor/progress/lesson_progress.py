"""Where a learner stands in a lesson, as it is stored; tutor.progress.folding computes it."""

from msgspec import Struct

NAME, RULE = "progress", 7
"""How it is called in the file, and the version of the rule by which it follows from events."""


class Guess(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A guess before the facts."""

    words: str
    """A digit in journals that are older than guesses in words."""
    content: str = ""
    """The hash of the question as it stood; empty in those journals."""


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """How one asking of a question went."""

    raw: str = ""
    """The first reply."""
    said: str = ""
    """What it meant, in the words then on the screen; empty where it says so itself."""
    last: str = ""
    """The latest reply."""
    last_said: str = ""
    seed: int = 0
    tries: int = 0
    first_right: bool = False
    found: bool = False
    """Answered right at some try, without having seen the answer."""
    score: float = 0.0
    """Of the first try, between 0 and 1."""
    hints: int = 0
    revealed: bool = False
    skipped: bool = False
    vouched: bool = False
    """A reply that was judged wrong counts as right, by the learner's own word."""
    assessed: bool = False
    confidence: int | None = None
    content: str = ""

    @property
    def known(self) -> bool:
        """Right at the first try, the answer unseen."""
        return self.first_right and not self.revealed

    @property
    def settled(self) -> bool:
        """Nothing is left to ask: found, or seen."""
        return self.found or self.revealed or self.assessed


class Run(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One run of the quiz."""

    sitting: str
    items: tuple[str, ...]
    practice: bool = False
    answers: dict[str, Item] = {}

    @property
    def next(self) -> str | None:
        """The first item that is not settled."""
        for item in self.items:
            if item not in self.answers or not self.answers[item].settled:
                return item
        return None

    @property
    def right(self) -> int:
        """How many items were known."""
        return sum(self.answers[i].known for i in self.items if i in self.answers)


class Tally(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What all askings of one question add up to."""

    answers: int = 0
    first_tries: int = 0
    first_right: int = 0
    content: str = ""


class LessonProgress(Struct, kw_only=True, omit_defaults=True):
    """Where the learner stands in one lesson."""

    position: str = ""
    """The step last shown; "" before the first, or in the quiz."""
    passed: dict[str, bool] = {}
    """Steps that were gone on from, in the order of the first time."""
    items: dict[str, Item] = {}
    """The latest asking of each question among the steps."""
    sittings: dict[str, str] = {}
    """Which asking that was."""
    predictions: dict[str, Guess] = {}
    """Guesses, by `Place.guess`."""
    drafts: dict[str, str] = {}
    """Free responses not yet handed in."""
    tallies: dict[str, Tally] = {}
    runs: dict[str, Run] = {}
    """Runs of the quiz that are under way, by sitting, the latest last."""
    result: Run | None = None
    """The latest run that counts and came to its end."""
    last: Run | None = None
    """The latest run that came to its end, practice included."""
    best: tuple[int, int] = (0, 0)
    """Right answers and items of the best run that counts."""
    skipped: bool = False
    """Left out by the learner, who has shown that they know it."""
    notes: int = 0
    reports: int = 0
    seconds: float = 0.0
    started: str = ""
    latest: str = ""

    @property
    def run(self) -> Run | None:
        """The run of the quiz to go on with."""
        return next(reversed(self.runs.values()), None)

    def item(self, question: str, sitting: str) -> Item:
        """How an asking of a question went so far, among the steps or in a run of the quiz."""
        for run in (self.runs.get(sitting), self.last, self.result):
            if run is not None and run.sitting == sitting:
                return run.answers.get(question) or Item()
        known = self.sittings.get(question) == sitting
        return self.items[question] if known else Item()
