"""`tutor ask`: from the lesson, or not at all; what a model says it rests on is checked."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.player.seat import Seat
from tests.providers.wire_server import good, serving
from tests.running import here as tutor
from tutor.cli.ask import MORE, answer
from tutor.cli.room import Room
from tutor.course.ranking import best, stems
from tutor.course.searching import passages, search
from tutor.errors import UnreachableError
from tutor.player.answering import (
    check,
    found_here,
    ground_for,
    request_for,
    room_for_ground,
    spending_for,
    unfit,
)
from tutor.providers.choosing import ByAddress, choose
from tutor.providers.talk import (
    Card,
    Done,
    Ending,
    Events,
    Message,
    Request,
    TextDelta,
    Tier,
    Usage,
)
from tutor.providers.wires import WireName
from tutor.screen.terminal import terminal_to_text
from tutor.stage.spending import Models

LARGE = Card("near", "near-8b", Tier.LOCAL, 8_000_000_000)
HOSTED = Card("far", "far-large", Tier.HOSTED)


@dataclass
class Scholar:
    card: Card
    says: str
    heard: str = ""
    turns: list[str] = field(default_factory=list)

    def stream(self, request: Request) -> Events:
        self.heard = request.messages[-1].content
        self.turns = [one.role for one in request.messages]
        if not self.says:
            raise UnreachableError("Nobody answers.", hint="check the line")
        yield TextDelta(self.says)
        yield Done(Ending.STOP, Usage(100, 20))


def asked(scholar: Scholar | None, question: str, *, yes: bool = False) -> str:
    room = Room(plain=True)
    room.terminal = terminal_to_text()
    room.models = Models(lambda: scholar)
    answer(room, None, question, [], yes=yes)
    return " ".join(room.terminal.text().split())


def test_without_a_model_the_best_steps_and_terms_are_shown_and_why(short_course: Path) -> None:
    done = tutor("ask", "what", "is", "a", "token?", TUTOR_COURSE=str(short_course))
    assert done.returncode == 0
    assert "No chat model is chosen" in done.stdout
    assert "step 1 (hello)" in done.stdout
    assert "The unit of text" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["ask", "xyzzy"], 0, "has these words"),
        (["ask", ""], 2, "nothing was asked"),
        (["ask", "token", "--lesson", "nowhere"], 2, "no lesson 'nowhere'"),
        (["ask", "[bold]token[/bold] \x1b[31m"], 0, "step 1 (hello)"),
    ],
)
def test_odd_questions_get_a_plain_answer(
    short_course: Path, arguments: list[str], status: int, words: str
) -> None:
    done = tutor(*arguments, TUTOR_COURSE=str(short_course), COLUMNS="60")
    assert done.returncode == status, done
    assert words in " ".join((done.stdout + done.stderr).split())
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines() or [""])) <= 60


def test_a_script_asks_no_hosted_model_without_a_yes(home: Path, short_course: Path) -> None:
    (home / "model.json").write_text(json.dumps({"kind": "preset", "name": "openai"}))
    environ = {"TUTOR_COURSE": str(short_course), "OPENAI_API_KEY": "sk-secret"}
    done = tutor("ask", "what is a token?", **environ)
    assert "Not asked" in done.stdout
    assert "step 1 (hello)" in done.stdout
    assert "sk-secret" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (None, "No chat model"),
        (Card("tiny", "tiny", Tier.LOCAL, 135_000_000), "too small"),
        (LARGE, ""),
        (HOSTED, ""),
        (Card("small", "small", Tier.HOSTED, 999_999_999), "too small"),
    ],
)
def test_only_a_model_that_is_large_enough_is_asked(card: Card | None, words: str) -> None:
    said = unfit(card)
    assert words in said
    assert bool(words) == bool(said)


def test_an_answer_is_given_with_the_steps_it_rests_on() -> None:
    scholar = Scholar(LARGE, "It continues text.\nRESTS ON: [tamed-monster/large]")
    said = asked(scholar, "What does large mean?")
    assert "It continues text." in said
    assert "It says that it rests on:" in said
    assert "(large)" in said
    assert "[tamed-monster/large]" in scholar.heard


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("It does.\nRESTS ON: [no-such-step]", "Not grounded"),
        ("It does.", "Not grounded"),
        ("RESTS ON: [tamed-monster/large] [no-such-step]", "no step of the course: no-such-step"),
        ("NOT IN THE COURSE", "Not in the course, says the model."),
        ("", "Nobody answers."),
    ],
)
def test_a_step_that_is_not_there_is_found_out(says: str, words: str) -> None:
    said = asked(Scholar(LARGE, says), "What does large mean?")
    assert words in said
    assert says or "step" in said, "when the model is down, the lesson itself answers"


def test_a_hosted_model_is_asked_after_a_yes_only() -> None:
    scholar = Scholar(HOSTED, "Yes.\nRESTS ON: [tamed-monster/large]")
    assert "Not asked" in asked(scholar, "What does large mean?")
    assert scholar.heard == ""
    said = asked(scholar, "What does large mean?", yes=True)
    assert "1 call" in said
    assert "Really used: 1 call, 100 tokens read, 20 written" in said


def test_the_ground_holds_no_answers_of_questions() -> None:
    course = Room(plain=True).course
    for lesson in course.lessons:
        steps = {step.id: type(step).__name__ for step in lesson.steps}
        kinds = {steps[one.step] for one in passages(course, lesson)}
        assert kinds <= {"Text", "Figure", "Worked", "Recap", "Demo", "Recall", "Prediction"}
        told = ground_for(course, "why is the model trained", lesson)
        assert told
        assert len(request_for(course, told, "why").messages[1].content) < 30_000
        order = list(steps)
        places = [order.index(one.step) for one in told]
        assert places == sorted(places)


@pytest.mark.parametrize("context", [900, 1200, 2048, 4096, 32_000])
def test_the_ground_fits_into_a_context_that_is_stated(context: int) -> None:
    course = Room(plain=True).course
    question = "how does attention find what a word refers to"
    before = [Message("user", "what is attention"), Message("assistant", "a weighted look back")]
    card = replace(LARGE, context=context)
    letters = room_for_ground(card, course, question, before)
    told = ground_for(course, question, None, letters)
    request = request_for(course, told, question, before)
    assert told
    assert spending_for(request).most_tokens <= context
    assert len(told) >= (3 if context >= 2048 else 1)


@pytest.mark.parametrize(
    ("lesson", "question", "step"),
    [
        (1, "what do the keys and values of attention do", "Attention"),
        (2, "what is perplexity", ""),
        (4, "how is a reward model trained from comparisons", ""),
    ],
)
def test_the_best_step_has_the_rarest_words_of_the_question(
    lesson: int, question: str, step: str
) -> None:
    course = Room(plain=True).course
    found = search(course, question, course.lessons[lesson])
    assert found.passages
    assert found.subject or found.terms
    assert set(stems(question)) & set(stems(found.passages[0].text))
    assert any(step in passage.heading for passage in found.passages[:2])


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    texts = [("", "the model reads text"), ("", "the model guesses"), ("", "a model of an anchor")]
    assert best("model anchor", texts)[0] == 2
    assert best("nothing of it", texts) == []
    assert best("anchors", texts) == [2]


def test_where_another_lesson_has_more_it_is_named() -> None:
    course = Room(plain=True).course
    terminal = terminal_to_text()
    question = "Bradley-Terry reward model comparisons"
    terminal.say(*found_here(course, question, terminal.look, course.lessons[0]))
    assert "has more on it: leave --lesson out" in terminal.text()


def test_ids_count_only_where_the_reply_says_what_it_rests_on() -> None:
    course = Room(plain=True).course
    told = ground_for(course, "large")
    name = told[0].place
    assert check(f"See [{name}] for [that].", told).real == ()
    assert check(f"x\n**RESTS ON:** [{name}]", told).real == (told[0],)
    assert check("It is\nnot in the course.", told).said_not_there


GROUNDED = {
    "open?": "It opened in 1893.\nRESTS ON: [inn]",
    "river?": "Every forty minutes.\nRESTS ON: [ferry]",
    "sign": "NOT IN THE COURSE",
}
"""What a model answers that keeps to a text, by a word of the question."""


@dataclass
class Reader:
    """A model of unknown size behind a loopback server would be one; here it speaks for itself."""

    answers: dict[str, str]
    card: Card = field(default_factory=lambda: Card("near", "near-x", Tier.LOCAL))
    heard: list[str] = field(default_factory=list)

    def stream(self, request: Request) -> Events:
        self.heard.append(request.messages[-1].content)
        question = self.heard[-1].rsplit("Question: ", 1)[1]
        said = next((a for word, a in self.answers.items() if word in question), "I know: 42.")
        yield TextDelta(said)
        yield Done(Ending.STOP, Usage(100, 20))


def asked_of(reader: Reader, *, yes: bool = True, anyway: bool = False) -> str:
    room = Room(plain=True)
    room.terminal = terminal_to_text()
    room.models = Models(lambda: reader)
    answer(room, None, "what is a token?", [], yes=yes, anyway=anyway)
    return " ".join(room.terminal.text().split())


def test_a_model_of_unknown_size_is_tried_on_a_text_and_asked_if_it_keeps_to_it() -> None:
    reader = Reader(GROUNDED)
    said = asked_of(reader)
    assert len(reader.heard) == 4
    assert "Tried on a short text" in said
    assert "I know: 42." in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"open?": "It opened in 1983.\nRESTS ON: [inn]"},
        {"river?": "Every forty minutes.\nRESTS ON: [inn]"},
        {"river?": "Every forty minutes."},
        {"sign": "It was painted by Ada Brook.\nRESTS ON: [inn]"},
        {"open?": ""},
    ],
)
def test_a_model_that_makes_things_up_is_not_asked_unless_it_is_wanted(
    wrong: dict[str, str],
) -> None:
    reader = Reader({**GROUNDED, **wrong})
    said = asked_of(reader)
    assert len(reader.heard) == 3
    assert "made things up" in said
    assert "--anyway" in said
    assert "I know: 42." in asked_of(reader, anyway=True)


def test_no_trial_is_made_without_consent() -> None:
    reader = Reader(GROUNDED)
    assert "was not tried" in asked_of(reader, yes=False)
    assert reader.heard == []


def test_a_trial_is_made_once_and_kept(home: Path, short_course: Path) -> None:
    replies = [good(text) for text in GROUNDED.values()]
    with serving(*replies, good("A piece of text.\nRESTS ON: [hello]")) as server:
        choose(home, ByAddress(server.url, "m", WireName.OPENAI))
        first = tutor("ask", "what is a token?", "--yes", TUTOR_COURSE=str(short_course))
        again = tutor("ask", "what is a token?", TUTOR_COURSE=str(short_course))
    assert "Tried on a short text" in first.stdout, first
    assert "A piece of text." in first.stdout
    assert "Tried on a short text" not in again.stdout
    assert "A piece of text." in again.stdout
    assert len(server.heard) == 5


def test_a_question_that_follows_is_asked_with_what_was_said_before() -> None:
    scholar = Scholar(LARGE, "It continues text.\nRESTS ON: [hello]")
    room = Room(plain=True)
    room.terminal = terminal_to_text()
    room.models = Models(lambda: scholar)
    said: list[Message] = []
    answer(room, None, "what is a token?", said, yes=True)
    assert [one.role for one in said] == ["user", "assistant"]
    answer(room, None, "and why?", said, yes=True)
    assert [one.content for one in said[::2]] == ["what is a token?", "and why?"]
    assert scholar.turns == ["system", "user", "assistant", "user"]


def test_nobody_is_asked_to_go_on_where_nobody_is_there(short_course: Path) -> None:
    done = tutor("ask", "what is a token?", TUTOR_COURSE=str(short_course))
    assert MORE not in done.stdout


def test_a_question_in_mid_lesson_is_answered_and_the_place_is_kept(
    home: Path, short_course: Path
) -> None:
    replies = [good("A piece of text.\nRESTS ON: [hello]"), good("Since it was learnt so.")]
    with serving(*map(good, GROUNDED.values()), *replies) as server:
        choose(home, ByAddress(server.url, "m", WireName.OPENAI))
        seat = Seat(home, "learn", course=short_course)
        before = seat.prompt()
        seat.send("i what is a token?\r")
        seat.wait("Type yes to ask it")
        seat.send("yes\r")
        assert "A piece of text." in seat.wait(MORE)
        seat.send("and why?\r")
        assert "Since it was learnt so." in seat.wait(MORE)
        seat.send("\r")
        seat.prompt()
        seat.leave()
    assert before
    assert len(server.heard) == 5
    assert [turn["role"] for turn in server.heard[-1].body["messages"]][1:] == [
        *("user", "assistant", "user"),
    ]
