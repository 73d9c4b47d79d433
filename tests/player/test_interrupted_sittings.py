"""A sitting that is broken off and gone on with says what the same sitting says unbroken.

One learner leaves a screen and comes back to it by the list of steps; the other leaves the tutor,
politely or not, and comes back to it another day. From there on both must read the same, word for
word: what was answered, at which try, what was skipped, what a guess was, how the quiz went.
"""

import random
import re
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.known_courses import short
from tests.player.chair import Chair, PulledPlugError
from tests.player.walking import on_screen, squeeze
from tests.progress.deeds import Clock
from tutor.course.model import AnyQuestion, FreeResponse, Number, Question
from tutor.course.outlining import outline
from tutor.judging.answers import right_line, wrong_lines
from tutor.progress.events import Entered, Passed
from tutor.progress.journal import Journal
from tutor.review.counting import Waiting
from tutor.screen.course_view import home as home_view
from tutor.screen.question_view import asked_text
from tutor.screen.terminal import Look
from tutor.screen.words import as_text
from tutor.standing import standings

COURSE = short()
RULE = re.compile("─{20,}\n")
WELCOME = re.compile("Welcome back: .*?\n\n", re.DOTALL)
"""What only who comes back is told."""
BAR = re.compile(r"(?:^.* · .*\n)+", re.MULTILINE)
KINDS = {
    "Enter start": "announced",
    "practise what I missed": "missed",
    "Enter next line": "worked",
    "Enter continue": "rest",
    "hand in": "prose",
    "h hint": "question",
    "s skip": "guess",
    "? help": "rubric",
}
"""What the bar of keys says of the screen; the first that fits."""
WAYS = (":q", EOFError(), KeyboardInterrupt(), PulledPlugError())
"""How a learner breaks off."""
MOST_LINES = 150
"""No sitting takes more lines than this to come to its end."""


class Draws(random.Random):
    """Chance that hangs on what is in the journal only: both learners are dealt the same cards."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home = home

    def getrandbits(self, k: int) -> int:
        with Journal.open(self.home / "journal.sqlite3", Clock()) as journal:
            deeds = [e for e in journal.events() if not isinstance(e.deed, Entered | Passed)]
        return random.Random(len(deeds)).getrandbits(k)


class Sitting:
    """A learner who acts as told, and reads."""

    def __init__(self, home: Path, *, breaks_off: bool) -> None:
        self.home, self.breaks_off = home, breaks_off
        self.clock = Clock()
        self.head = self.asked = self.bar = ""
        """The latest screen on which something began, its head, and the latest bar of keys."""
        self.is_back = False
        """Gone back in the quiz, to what is settled."""
        self.said = self.sit_down()

    def sit_down(self) -> str:
        """Take a chair at the lesson, and read up to the first prompt."""
        rng = Draws(self.home)
        self.chair = Chair(self.home, COURSE, clock=self.clock, rng=rng, width=100)
        return self.read(self.chair.prompt())

    def type(self, line: str) -> str:
        """Type a line; returns what was said."""
        return self.read(self.chair.type(line))

    def read(self, said: str) -> str:
        """Take in what was said."""
        said = WELCOME.sub("", said)
        self.said = said
        if RULE.search(said):
            before, self.asked = RULE.split(said)[-2:]
            self.head = before.rstrip("\n").rsplit("\n", 1)[-1]
        if bars := BAR.findall(said):
            self.bar = bars[-1]
        return said

    @property
    def kind(self) -> str:
        """What kind of prompt the tutor waits at."""
        if "how sure are you?" in self.said:
            return "confidence"
        if self.said.rstrip(" >\n").endswith("Enter to go on:"):
            return "dial"
        return next(kind for words, kind in KINDS.items() if words in self.bar)

    @property
    def is_over(self) -> bool:
        """Tell whether the quiz has come to its result."""
        return " result: " in self.said

    def act(self, act: str | int) -> str:
        """Do something; returns what came of it."""
        if isinstance(act, int) and self.kind in ("worked", "guess", "question", "prose", "rest"):
            return self.break_off(WAYS[act % len(WAYS)])
        return "".join(map(self.type, self.lines(str(act))))

    def lines(self, act: str) -> tuple[str, ...]:
        """What to type for it at the prompt as it is."""
        match self.kind, act:
            case "missed", _:
                return ("m",)
            case "dial", _:
                return ("",)
            case (("announced" | "worked" | "rest" | "guess" | "question" | "prose"), "list"):
                return (":l", "")
            case "rest", "back" if "b back" in self.bar:
                self.is_back = "Quiz" in self.head or "Practice" in self.head
                return ("b",)
            case (("question" | "rest"), "same") if "mine means the same" in self.bar:
                return (":=",)
            case "rest", "again" if "answer again" in self.bar:
                return ("a",)
            case (("announced" | "worked" | "rest"), _):
                return ("nothing is asked", "") if act == "nonsense" else ("",)
            case "guess", _:
                return ("7", "MOON") if act == "nonsense" else ("1",)
            case "confidence", _:
                return ("none", "") if act == "nonsense" else ("3",)
            case "rubric", _:
                return ("maybe", "2") if act in ("nonsense", "wrong") else ("1",)
            case _:
                return self.lines_at_question(act)

    def lines_at_question(self, act: str) -> tuple[str, ...]:
        """What to type where something is asked."""
        self.is_back = False
        match act, self.question():
            case (("hint" | "skip"), _):
                return (f":{act[0]}",)
            case "note", _:
                return (":n look here",)
            case (("wrong" | "nonsense"), FreeResponse()):
                return ("A line of mine",)
            case _, FreeResponse():
                return ("My view", ":done")
            case "nonsense", _:
                return ("?!",)
            case "wrong", question:
                return (next(wrong_lines(on_screen(question, self.asked))),)
            case _, question:
                return (right_line(on_screen(question, self.asked)),)

    def question(self) -> AnyQuestion:
        """The question on the screen."""
        flat = squeeze(self.asked)
        lesson = COURSE.lessons[0]
        among_steps = [step for step in lesson.steps if isinstance(step, Question)]
        return next(q for q in (*among_steps, *lesson.quiz) if squeeze(opening(q)) in flat)

    def break_off(self, way: str | BaseException) -> str:
        """Leave the screen, or the tutor, and come back to where there is something to do."""
        settled = self.kind == "rest" and "question" in self.head
        if settled and self.is_back:
            return self.type("")
        if not self.breaks_off:
            lines = ("",) if settled else (":l", "")
            said = [self.type(line) for line in lines][-1]
        else:
            self.chair.leave(way)
            said = self.sit_down()
            if self.kind == "announced":
                said = self.type("")
        return RULE.split(said)[-1]

    def at_home(self) -> str:
        """What the home screen says in the end."""
        with Journal.open(self.home / "journal.sqlite3", Clock()) as journal:
            standing = standings(outline(COURSE), journal.lessons(COURSE.id))
        return "".join(map(as_text, home_view(outline(COURSE), standing, Waiting(), Look(), 200)))


def opening(question: AnyQuestion) -> str:
    """A question's first words, up to the first that is drawn."""
    prompt = asked_text(question, Look())
    return prompt.split("{")[0] if isinstance(question, Number) else prompt


Acts = list[str | int]
acts: st.SearchStrategy[Acts] = st.lists(
    st.sampled_from(
        ["right", "wrong", "hint", "skip", "nonsense", "note", "back", "list", "again", "same"]
    )
    | st.integers(0, 3),
    max_size=50,
)


def sit(acts: Acts, *, breaks_off: bool) -> list[str]:
    """Act as told, then rightly to the end of the quiz; returns all that was said."""
    with tempfile.TemporaryDirectory() as home:
        sitting = Sitting(Path(home), breaks_off=breaks_off)
        said = [sitting.act(act) for act in acts if not sitting.is_over]
        while not sitting.is_over:
            said.append(sitting.act("right"))
            assert len(said) < MOST_LINES
        sitting.chair.leave("")
        return [*said, sitting.at_home()]


@settings(max_examples=25, deadline=None)
@given(acts)
@example(["right"] * 12 + ["skip", 0, "skip", 1, "wrong", 2, "hint", "hint", "hint", 3])
def test_a_sitting_broken_off_says_of_the_past_what_an_unbroken_one_says(acts: Acts) -> None:
    unbroken, broken = sit(acts, breaks_off=False), sit(acts, breaks_off=True)
    assert broken == unbroken
