"""Quizzes of other programs: what they ask arrives, what cannot is named, nothing crashes."""

import datetime
import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.known_courses import shipped
from tests.running import tutor
from tutor.course.model import (
    AnyQuestion,
    Bet,
    Blank,
    Cloze,
    FreeResponse,
    Lesson,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Ordering,
    Pair,
    ShortText,
    SingleChoice,
    Text,
    TrueFalse,
)
from tutor.course.reading import read_course, read_document
from tutor.course.yaml_text import yaml_text
from tutor.exchange.found import Found
from tutor.exchange.gift import gift
from tutor.exchange.gift_reading import read_gift
from tutor.exchange.importing import READERS, Format, read_quiz, write_course
from tutor.exchange.items import items
from tutor.exchange.mkdocs_quiz import read_mkdocs_quiz
from tutor.exchange.quizmd import read_quizmd
from tutor.judging.answers import answer_text
from tutor.judging.presenting import number_of

OURS = shipped()
TODAY = datetime.date(2031, 5, 4)

GIFT = r"""
// a comment
$CATEGORY: Sums/Small

::Two and two:: What is 2 + 2? {
  ~3 # One more.
  =4 # Yes.
  ~%-50%5
  #### Count.
}

Which are even? { ~%50%2 ~%50%4 ~%-100%3 }

::tf::[html]<p>Is <b>1 &lt; 2</b>?</p> {TRUE#No, it is.#Right.}

::n::How many? {#3.5:0.5}

::range::Between? {#1..5}

::slip::Half of 8? {#=4:0 =%0%16:0#Doubled. ~#Halve it.}

::short::Capital of Kenya? {=Nairobi =nairobi city =%0%Mombasa#The port.}

::pairs::Match. {=cat -> meows =dog -> barks = -> neighs}

The sun rises in the {=east ~west} each day.

::essay::Say more. {}

::words::Nothing is asked here.

::signs::A \{set\} is \= to \#1\: a\~b? {T}
"""

MKDOCS = """# A page

<quiz>
What's the best static site generator?
- [x] mkdocs
> You are here.
- [ ] Jekyll
> That is another one.
- [ ] Sphinx

If you entered mkdocs, you've come to the right place!

![cat](https://example.org/cat)
</quiz>

```
<quiz>
An example
- [x] not a quiz
</quiz>
```

<quiz>
Which are fruit?
* [X] apple
* [ ] stone
* [x] pear
</quiz>

<quiz>
The answer is [[42]], and water is [[wet]].

---
Well known.
</quiz>
"""

QUIZMD = """# Hello

## Question 1
What does this print?
```python
- name
Answer: 3
```

- a
- b

Answer: 2
Type: single
Time: 20
Hint: The second.
Explanation: It prints b.

## Pick two
Which?

- list
- banana
- dict

Answer: 1,3
Type: multiple
Explanation: Two of them.
"""


def by_name(found: Found) -> dict[str, AnyQuestion]:
    return {question.id: question for question in found.questions}


def test_each_kind_of_gift_arrives_with_what_is_said_to_it() -> None:
    found = read_gift(GIFT, "sums")
    got = by_name(found)
    two = got["two-and-two"]
    assert isinstance(two, SingleChoice)
    assert [(o.text, o.right, o.feedback) for o in two.options][:2] == [
        ("3", False, "One more."),
        ("4", True, "Yes."),
    ]
    assert two.explanation == "Count."
    even = got["which-are-even"]
    assert isinstance(even, MultipleChoice)
    assert [o.right for o in even.options] == [True, True, False]
    truth, signs = got["tf"], got["signs"]
    assert isinstance(truth, TrueFalse)
    assert (truth.prompt, truth.answer, truth.feedback) == ("Is **1 < 2**?", True, "No, it is.")
    assert signs.prompt == "A {set} is = to #1: a~b?"
    slip, between = got["slip"], got["range"]
    assert isinstance(slip, Number)
    assert isinstance(between, Number)
    assert (slip.answer, slip.wrong[0].value, slip.feedback) == (4.0, 16.0, "Halve it.")
    assert (between.answer, between.tolerance) == (3.0, 2.0)
    short, pairs = got["short"], got["pairs"]
    assert isinstance(short, ShortText)
    assert (short.accept, short.wrong[0].texts) == (("Nairobi", "nairobi city"), ("Mombasa",))
    assert isinstance(pairs, Matching)
    assert [pair.left for pair in pairs.pairs] == ["cat", "dog"]
    assert pairs.extra[0].right == "neighs"
    assert got["the-sun-rises-in-the"].prompt == "The sun rises in the ____ each day."
    assert found.texts == [Text(id="words", text="Nothing is asked here.")]
    assert found.lost == ["essay: left out: an essay needs a model answer and a rubric"]


def test_a_page_of_mkdocs_quiz_arrives_and_its_examples_do_not() -> None:
    found = read_mkdocs_quiz(MKDOCS, "page")
    best, fruit, gaps = found.questions
    assert isinstance(best, SingleChoice)
    assert [o.feedback for o in best.options] == ["You are here.", "That is another one.", ""]
    assert best.explanation.startswith("If you entered mkdocs")
    assert isinstance(fruit, MultipleChoice)
    assert [o.text for o in fruit.options if o.right] == ["apple", "pear"]
    assert isinstance(gaps, Cloze)
    assert gaps.prompt == "The answer is ____, and water is ____."
    assert gaps.blanks[0] == Blank(accept=("42",), feedback="To be written.")
    assert found.lost == ["what-s-the-best-static-site-generator: pictures are left out"]


def test_a_quiz_of_quizmd_arrives_and_code_in_it_stays_code() -> None:
    found = read_quizmd(QUIZMD, "hello")
    prints, pick = found.questions
    assert found.title == "Hello"
    assert isinstance(prints, SingleChoice)
    assert prints.prompt.endswith("- name\nAnswer: 3\n```")
    assert [(o.text, o.right) for o in prints.options] == [("a", False), ("b", True)]
    assert (prints.hints, prints.explanation) == (("The second.",), "It prints b.")
    assert isinstance(pick, MultipleChoice)
    assert found.lost == ["question-1: time left out"]


def test_what_was_imported_reads_plays_and_names_what_is_to_be_written(tmp_path: Path) -> None:
    file = tmp_path / "sums.gift"
    file.write_text(GIFT, encoding="utf-8")
    done = tutor("course", "import", str(file), str(tmp_path / "made"))
    assert done.returncode == 0, done
    assert "note: essay: left out" in done.stderr
    course = read_course(tmp_path / "made")
    assert len(course.lessons[0].quiz) == 10
    checked = tutor("course", "check", str(tmp_path / "made"))
    assert "this is still to be written" in checked.stdout
    assert tutor("quiz", "--course", str(tmp_path / "made"), typed="\n1\n").returncode == 0


@pytest.mark.parametrize("lesson", OURS.lessons, ids=lambda lesson: lesson.id)
def test_our_own_questions_survive_the_way_to_moodle_and_back(lesson: Lesson) -> None:
    """All but essays, bets and orders, which GIFT has no form for."""
    there = gift(OURS, [lesson])
    back = {question.id: question for question in read_gift(there.text, "ours").questions}
    for item in items(OURS, [lesson]):
        question = item.question
        if isinstance(question, FreeResponse | Bet | Ordering | Cloze):
            continue
        found = back[question.id]
        assert type(found) is type(question)
        if isinstance(question, Number):
            assert isinstance(found, Number)
            off = abs(number_of(found.answer) - number_of(question.answer))
            assert off <= max(question.tolerance, 10.0**-question.decimals)
        elif isinstance(question, SingleChoice | MultipleChoice):
            assert isinstance(found, SingleChoice | MultipleChoice)
            ours = {(option.text, option.right) for option in question.options}
            assert {(option.text, option.right) for option in found.options} == ours
        elif isinstance(question, Matching):
            assert isinstance(found, Matching)
            assert [_sides(pair) for pair in found.pairs] == [_sides(p) for p in question.pairs]
        else:
            assert answer_text(found) == answer_text(question)


def _sides(pair: Pair) -> tuple[str, str]:
    return pair.left, pair.right


PIECES_TEXT = """{ } = ~ # #### :: \\ -> %50% // [html] <b> </quiz> <quiz> - > [[d]] --- ## TRUE
1..2
3:x nan é ``` {fact:x} ____ &lt; <script> * &#27; 1e999 - [x] - [ ] Answer: 1,9 Type: $CATEGORY:"""
PIECES = [*PIECES_TEXT.split(), "\n", "\n\n", "\x1b[2J", "\u202e", " ", "\n- [x] a", "\n- o"]
WHOLE = dict(zip(READERS, (GIFT, MKDOCS, QUIZMD), strict=True))


def spoilt(text: str, rng: random.Random) -> str:
    """The same text with a few pieces put in, or cut out."""
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(PIECES) + text[at + rng.choice((0, 0, 1, 20)) :]
    return text


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.value)
def test_no_file_whatever_is_in_it_crashes_a_reader_or_writes_what_does_not_read(
    tmp_path: Path, form: Format
) -> None:
    read = READERS[form]
    written = 0
    for seed in range(600):
        rng = random.Random(f"{form}/{seed}")
        found = read(spoilt(WHOLE[form], rng), "x")
        if found.questions and written < 100:
            written += 1
            write_course(found, tmp_path / str(seed), TODAY)
            document = read_document(tmp_path / str(seed) / "lesson.yaml", Lesson)
            assert document.problems == [], seed
            assert document.value.quiz == tuple(found.questions), seed
    assert written > 50


ODD_LINES = [
    "yes",
    "12:30",
    "[a]",
    "{b}",
    "- c",
    "# d",
    "a # b",
    "'q'",
    '"r"',
    "é: ü",
    "&x",
    "~",
    "1e3",
]


@pytest.mark.parametrize("text", [*ODD_LINES, "a\nb", "a\n\n  b\n", " lead", "x: |\n y", "t \nu"])
def test_a_text_is_written_so_that_it_reads_as_it_was(tmp_path: Path, text: str) -> None:
    lesson = OURS.lessons[0]
    quiz = (
        SingleChoice(
            id="q",
            prompt=text,
            hints=(text,),
            explanation="So.",
            options=(Option(text="a", right=True), Option(text="b", feedback=text)),
        ),
    )
    odd = replace(lesson, steps=(Text(id="t", text=text),), quiz=quiz, reading=())
    (tmp_path / "lesson.yaml").write_text(yaml_text(odd), encoding="utf-8")
    document = read_document(tmp_path / "lesson.yaml", Lesson)
    assert document.value == odd, document.problems


def test_a_file_without_questions_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing here.")
    done = tutor("course", "import", str(tmp_path / "a.txt"), str(tmp_path / "made"))
    assert done.returncode == 1
    assert "no question of the format gift" in done.stderr
    assert not (tmp_path / "made").exists()
    with pytest.raises(Exception, match="No such file"):
        read_quiz(tmp_path / "b.txt")


@pytest.mark.parametrize(
    ("gift", "lost"),
    [
        ("::Q:: Two? {=2 ~3", "q: left out: its { is not closed; a question of GIFT"),
        ("::Q:: Two? {~%70%2 ~%30%two ~3}", "q: partial credit is left out"),
        ("::Q:: Two? {~%50%2 ~%50%two ~3}", None),
    ],
)
def test_what_gift_says_and_we_cannot_hold_is_told(
    tmp_path: Path, gift: str, lost: str | None
) -> None:
    (tmp_path / "a.gift").write_text(f"\ufeff// by hand\r\n{gift}\r\n\r\n::R:: Sun {{T}}", "utf-8")
    found = read_quiz(tmp_path / "a.gift")
    assert [one[: len(lost or "")] for one in found.lost] == ([lost] if lost else [])


def test_a_quiz_that_is_not_closed_is_told_and_takes_no_other_along(tmp_path: Path) -> None:
    quiz = "<quiz>\n{}?\n- [x] Yes\n- [ ] No\n"
    page = "\n".join(
        [quiz.format("First"), quiz.format("Second") + "</quiz>", quiz.format("Third")]
    )
    (tmp_path / "a.md").write_text(page, "utf-8")
    found = read_quiz(tmp_path / "a.md")
    assert [one.prompt for one in found.questions] == ["Second?"]
    closing = "left out: its <quiz> is not closed"
    assert found.lost == [f"first: {closing}", f"third: {closing}"]


def test_a_question_of_which_no_option_is_right_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("<quiz>\nWhich?\n- [ ] One\n- [ ] Two\n</quiz>\n", "utf-8")
    found = read_quiz(tmp_path / "a.md")
    assert found.lost == ["which: no option is marked right: mark one, or none is"]
