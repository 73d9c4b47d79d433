"""Each check of the course checker, tripped by a small bad example; and the shipped course."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.judging.samples import ASKED, wrong
from tests.known_courses import short
from tutor.checking.check import CHECKS, check_course
from tutor.course.model import (
    Course,
    MultipleChoice,
    Option,
    Question,
    SingleChoice,
    Topic,
    TrueFalse,
)
from tutor.course.reading import read_course

ROOT = Path(__file__).parents[2]
SHORT = ROOT / "tests" / "courses" / "short"
LESSON = (SHORT / "one.yaml").read_text(encoding="utf-8")

judged = "answers_are_judged_as_meant"
spelled = "answers_are_understood_as_people_write_them"
demos = "demos_understand_their_settings"
feedback = "wrong_options_have_feedback"
hints = "hints_are_two_and_keep_the_answer"
figures = "figures_can_be_shown_anywhere"
survive = "words_survive_rendering"
doing = "there_is_something_to_do"
unwritten = "nothing_is_left_unwritten"
braces = "braces_stand_for_something"
drafts = "drafts_are_signed"
form = "form_does_not_tell"
counts = "the_number_of_right_options_does_not_tell"
terms = "terms_are_introduced_before_use"
topics = "topics_are_taught_and_asked"
aims = "objectives_are_asked_about"


def copy_with(folder: Path, old: str, new: str) -> Path:
    """The short course with one passage changed."""
    for path in SHORT.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    assert old in LESSON
    (folder / "one.yaml").write_text(LESSON.replace(old, new, 1), encoding="utf-8")
    return folder


def findings(course: Course) -> list[tuple[str, str]]:
    return [
        (check.__name__, message)
        for check in CHECKS
        for lesson in course.lessons
        for _, message, _ in check(course, lesson)
    ]


def test_the_example_is_sound_before_it_is_spoilt() -> None:
    assert findings(short()) == []


@pytest.mark.parametrize(
    ("check", "old", "new", "message"),
    [
        (drafts, "kind: truefalse", "kind: truefalse\n    draft: true", "nobody has signed this"),
        (braces, "A token is always", "A {token} is always", "{token} stands for nothing"),
        (braces, "{fact:price}", "{facts:price}", "{facts:price} stands for nothing"),
        (braces, "Mostly *mat*.", "It is {part}.", "{part} stands for nothing"),
        (judged, "[certainty]", "[Probability!]", "the wrong answer 'Probability!' is accepted"),
        (judged, "tolerance: 0.01", "tolerance: 100", "is accepted"),
        (
            judged,
            "feedback: That is the rest.}",
            "feedback: The rest.}\n      - {value: 95, feedback: Other., tolerance: 60}",
            "gets another's feedback",
        ),
        (
            judged,
            "- {value: 100 - 100 * part / whole",
            "- {value: part, feedback: Half.}\n      - {value: 100 - 100 * part / whole",
            "the wrong answer '5.0' is accepted where part is 5, whole is 100",
        ),
        (
            judged,
            "- {value: 100 - 100 * part / whole",
            "- {value: 100 - part / 2, feedback: Half.}\n      - {value: 100 - 100 * part / whole",
            "the wrong answer '97.5' gets another's feedback where part is 5, whole is 200",
        ),
        (
            judged,
            "- {texts: [certainty]",
            "- {texts: [certainty], feedback: No.}\n      - {texts: [Certainty]",
            "the wrong answer 'Certainty' gets another's feedback",
        ),
        (spelled, 'unit: "%"', "unit: 1/s", "is not understood"),
        (judged, "tolerance: 0.01", "tolerance: 9", "which is no answer, is accepted"),
        (demos, "demo: majority-vote", "demo: mind-reading", "no demo 'mind-reading'"),
        (demos, "voters: [1, 5]", "voters: many", "voters"),
        (demos, ", voters: [1, 5]", "", "voters"),
        (demos, "voters:", "speed: fast, voters:", "speed"),
        (feedback, ", feedback: Rarer.", "", "this wrong option has no feedback"),
        (feedback, "feedback: Never seen.", "feedback: Rarer.", "stands at another option too"),
        (hints, "[Divide., Times a hundred.]", "[Divide.]", "1 hint"),
        (hints, "[Divide., Times a hundred.]", "[Divide., Divide.]", "both hints are the same"),
        (hints, "Starts with p.", "It is the Probability.", "this hint gives the answer"),
        (hints, "Starts with p.", "Or its likelihood.", "this hint gives the answer"),
        (hints, "How many numbers?", "A score for every token!", "this hint gives the answer"),
        (hints, "Times a hundred.", "'It is {answer} percent.'", "this hint gives the answer"),
        (hints, "[Divide., ", '["Look: {answer}.", ', "this hint gives the answer"),
        (figures, "      | box |\n", f"      | box | {'x' * 52}\n", "60 columns wide"),
        (figures, "| box |", "| 🜚🜚🜚 |", "no stand-in of one column for '🜚'"),
        (figures, "| box |", "| b … |", "no stand-in of one column for '…'"),
        (figures, "A box with the word box in it.", "A box.", "this says too little"),
        (survive, "and so does <s>; [INST]", "and so does [a *b*]", "'[a *b*]' is lost"),
        (
            doing,
            "points: [Tok",
            "section: Third\n    points: [Tok",
            "nothing to do in this",
        ),
        (doing, "    section: Second half\n", "    section: Second\n", ""),
        (
            doing,
            "  - id: picture\n",
            "  - id: picture\n    section: Why\n",
            "nothing to do in this",
        ),
        (doing, "It costs {fact:price}.", "And so on. " * 60, "words at once"),
        (doing, "    stop: true\n", "", "no good stopping point"),
        (unwritten, "Mat, two times in three.", "To be written.", "still to be written"),
        (
            form,
            "a score for every token",
            f"a score for every {'single ' * 5}token",
            "far the long",
        ),
        (terms, "introduces: [token]", "glosses: [token]", "'token' is taught here"),
        (terms, "introduces: [token]", "covers: []", "'token' is not introduced yet"),
    ],
)
def test_a_fault_trips_its_own_check_and_no_other(
    tmp_path: Path, check: str, old: str, new: str, message: str
) -> None:
    found = findings(read_course(copy_with(tmp_path, old, new)))
    if not message:  # a harmless change
        assert found == []
        return
    assert {name for name, _ in found} == {check}
    assert any(message in said for _, said in found), found


def test_the_course_that_authors_copy_is_sound() -> None:
    problems, summary = check_course(ROOT / "tests" / "courses" / "bread")
    assert problems == []
    assert summary == "1 lesson, 2 questions, 1 term: no problems"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("accept: [probability]", 'accept: [half, a half, "1/2", "50 %", the half]'),
        ('unit: "%"', "unit: per cent\n    unit_also: [parts of a hundred, hundredths]"),
        ('unit: "%"', "unit: m/s²"),
        ('unit: "%"', "unit: mW"),
    ],
)
def test_nothing_is_made_of_an_answer_that_nobody_would_type(
    tmp_path: Path, old: str, new: str
) -> None:
    assert check_course(copy_with(tmp_path, old, new))[0] == []


def test_an_answer_with_three_decimals_is_no_fault_though_a_learner_is_asked(
    tmp_path: Path,
) -> None:
    old = """{part: [5, 10, 20], whole: [100, 200]}
    answer: 100 * part / whole
    unit: "%"
    tolerance: 0.01"""
    new = old.replace("[5, 10, 20]", "[47.088]").replace("0.01", "4\n    decimals: 0")
    course = copy_with(tmp_path, old, new.replace("[100, 200]", "[100]"))
    assert check_course(course)[0] == []


def test_a_right_answer_that_is_taken_for_a_listed_mistake_is_told_with_that(
    tmp_path: Path,
) -> None:
    problems, _ = check_course(copy_with(tmp_path, "[certainty]", "[it is likelihood, certainty]"))
    assert "it is taken for 'it is likelihood / certainty', which is listed as wrong" in {
        problem.fix.partition(":")[0] for problem in problems
    }


def test_a_fault_is_reported_at_its_line(tmp_path: Path) -> None:
    problems, summary = check_course(copy_with(tmp_path, "Starts with p.", "Is it probability?"))
    (problem,) = problems
    assert "Is it probability?" in problem.text
    assert problem.path.endswith("one.yaml")
    assert summary == "1 lesson, 10 questions, 1 term: 1 problem"


def test_text_that_ends_in_a_comment_is_told_with_what_to_do(tmp_path: Path) -> None:
    problems, _ = check_course(copy_with(tmp_path, "Starts with p.]", "Starts # with p.\n      ]"))
    (problem,) = problems
    assert problem.message == "a comment cuts this text off at #"
    assert problem.text.strip().startswith("hints: [Between 0 and 1., Starts # with")


def test_a_comment_behind_a_number_a_word_in_quotes_or_on_its_own_line_cuts_nothing(
    tmp_path: Path,
) -> None:
    kept = "tolerance: 0.01  # rounding\n    # and no more"
    assert check_course(copy_with(tmp_path, "tolerance: 0.01", kept))[0] == []
    quoted = "hints: ['Between 0 and 1.', 'Starts with p.']  # one each"
    told = copy_with(tmp_path, "hints: [Between 0 and 1., Starts with p.]", quoted)
    assert check_course(told)[0] == []


def test_a_course_that_cannot_be_read_is_checked_no_further(tmp_path: Path) -> None:
    problems, summary = check_course(copy_with(tmp_path, "kind: figure", "kind: figur"))
    assert len(problems) == 1
    assert "the course cannot be read" in summary


def test_a_wrong_option_without_feedback_is_found_twice(tmp_path: Path) -> None:
    course = read_course(copy_with(tmp_path, ", feedback: Nothing is looked up.", ""))
    assert {name for name, _ in findings(course)} == {feedback, judged}


def single(right: str, *others: str, at: int = 0, shuffle: bool = True) -> SingleChoice:
    options = [wrong(text) for text in others]
    options.insert(at, Option(text=right, right=True))
    return SingleChoice(options=tuple(options), shuffle=shuffle, **{**ASKED, "hints": ("A", "B")})


def statement(*, answer: bool) -> TrueFalse:
    asked = {**ASKED, "hints": ("A", "B")}
    return TrueFalse(answer=answer, feedback="No.", **asked)


def several(right: str, other: str) -> MultipleChoice:
    options = (Option(text=right, right=True), wrong(other))
    return MultipleChoice(options=options, **{**ASKED, "hints": ("A", "B")})


LONGEST = [single("12345", "1234", "123")] * 2 + [single("123", "12345", "1")] * 2
SHORTEST = [single("12", "1234", "123")] * 2 + [single("123", "12345", "1")] * 2
SAME_PLACE = [single("12", "123", "1", at=1, shuffle=False)] * 3
ALL_TRUE = [statement(answer=True)] * 4


@pytest.mark.parametrize(
    ("quiz", "message"),
    [
        (LONGEST, "the right option is the longest in 2 of 4 questions"),
        (SHORTEST, "the right option is the shortest in 2 of 4 questions"),
        (LONGEST[1:], ""),
        ([*SAME_PLACE, single("12", "123", "1", shuffle=False)], "mostly stand in the same place"),
        ([*SAME_PLACE, single("12", "123", "1", at=1)], ""),
        (SAME_PLACE, ""),
        (ALL_TRUE, "4 of 4 statements are true"),
        ([*ALL_TRUE[1:], statement(answer=False)], ""),
        ([statement(answer=False)] * 5, "0 of 5 statements are true"),
        ([several("123456789", "123")] * 2, "right options are longer"),
        ([several("1234", "1235")] * 2, ""),
    ],
)
def test_a_habit_that_gives_right_options_away_is_found(quiz: list[Any], message: str) -> None:
    course = short()
    check = next(check for check in CHECKS if check.__name__ == form)
    steps = tuple(s for s in course.lessons[0].steps if not isinstance(s, Question))
    lesson = replace(course.lessons[0], steps=steps, quiz=tuple(quiz))
    said = [message for _, message, _ in check(course, lesson)]
    assert said == [] if not message else any(message in one for one in said), said


@pytest.mark.parametrize(
    ("rights", "message"),
    [
        ((2, 2, 2, 1), "2 of 4 options are right in 3 of 4 questions"),
        ((2, 2, 1, 3), ""),
        ((2, 2, 2), ""),
        ((4, 4, 4, 4, 1), "4 of 4 options are right in 4 of 5 questions"),
    ],
)
def test_choosing_always_as_many_options_must_not_pay(
    rights: tuple[int, ...], message: str
) -> None:
    course = short()
    check = next(check for check in CHECKS if check.__name__ == counts)
    quiz = tuple(
        MultipleChoice(
            options=tuple(Option(text=str(n), right=n < right, feedback=f"{n}") for n in range(4)),
            **{**ASKED, "hints": ("A", "B")},
        )
        for right in rights
    )
    first = replace(course.lessons[0], quiz=quiz[:1])
    second = replace(course.lessons[0], id="second", quiz=quiz[1:])
    both = replace(course, lessons=(first, second))
    said = [message for lesson in both.lessons for _, message, _ in check(both, lesson)]
    assert said == ([message] if message else [])


def test_terms_of_earlier_lessons_are_known(tmp_path: Path) -> None:
    course = short()
    first = course.lessons[0]
    step = replace(first.steps[0], introduces=(), sources=())
    later = replace(first, id="later", steps=(step, *first.steps[1:]))
    check = next(check for check in CHECKS if check.__name__ == terms)
    both = replace(course, lessons=(first, later))
    assert list(check(both, later)) == []
    swapped = replace(course, lessons=(later, first))
    assert [message for _, message, _ in check(swapped, later)] == ["'token' is not introduced yet"]


@pytest.mark.parametrize(
    ("covering", "documents", "missing"),
    [
        ([], ("B",), ["is not taught", "is not asked about"]),
        (["hello"], ("B",), ["is not asked about"]),
        (["check"], ("B",), ["is not taught"]),
        (["guess", "check"], ("B",), ["is not taught"]),
        (["hello", "guess"], ("B",), ["is not asked about"]),
        (["hello", "check"], ("B",), []),
        (["hello"], (), []),
    ],
)
def test_a_topic_left_out_is_found(
    covering: list[str], documents: tuple[str, ...], missing: list[str]
) -> None:
    course = short()
    steps = tuple(
        replace(step, covers=("T1",)) if step.id in covering else step
        for step in course.lessons[0].steps
    )
    ours = Topic(id="T1", lesson="one", text="Tokens", documents=documents)
    later = Topic(id="T2", lesson="two", text="Nothing yet", documents=("B",))
    lesson = replace(course.lessons[0], steps=steps)
    found = findings(replace(course, lessons=(lesson,), topics=(ours, later)))
    assert found == [(topics, f"T1 {what}: Tokens") for what in missing]


def test_a_question_that_serves_no_objective_is_found() -> None:
    course = short()
    lesson = course.lessons[0]
    served = replace(lesson, quiz=tuple(replace(q, covers=("kinds",)) for q in lesson.quiz))
    first = next(step.id for step in lesson.steps if isinstance(step, Question))
    found = findings(replace(course, lessons=(served,)))
    assert (aims, f"{first} serves no objective of any lesson") in found
    assert all(name == aims and "serves no objective" in said for name, said in found)


def test_an_objective_that_one_question_asks_about_is_found() -> None:
    course = short()
    lesson = course.lessons[0]
    topic = Topic(id="T1", lesson="one", objective="kinds", text="Kinds")
    steps = tuple(replace(step, covers=()) for step in lesson.steps)
    quiz = (replace(lesson.quiz[0], covers=("T1",)), *lesson.quiz[1:])
    found = findings(
        replace(course, lessons=(replace(lesson, steps=steps, quiz=quiz),), topics=(topic,))
    )
    assert (aims, "1 question on this objective, 2 needed") in found


def test_every_check_has_an_example() -> None:
    named = {
        judged,
        spelled,
        demos,
        feedback,
        hints,
        figures,
        survive,
        doing,
        unwritten,
        braces,
        drafts,
        form,
        counts,
        terms,
        topics,
        aims,
    }
    assert {check.__name__ for check in CHECKS} == named | {"lessons_keep_their_limits"}


def test_the_shipped_lessons_have_no_problems() -> None:
    problems, summary = check_course(ROOT / "lessons")
    assert [str(problem) for problem in problems] == []
    assert summary.endswith("no problems")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A token is always a word.", "A `{token}` or { token } is always a word."),
        ("A token is always a word.", '"In ```{a} {b:c}``` a token is always a word."'),
        ("kind: truefalse", "kind: truefalse\n    draft: true\n    signed: Ada Brook, 2026-11-27"),
        ("[certainty]", '["{certainty}"]'),
    ],
)
def test_literal_braces_and_signed_drafts_can_be_written(
    tmp_path: Path, old: str, new: str
) -> None:
    assert findings(read_course(copy_with(tmp_path, old, new))) == []
