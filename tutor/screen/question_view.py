"""Questions, verdicts and answers."""

from typing import assert_never

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tutor.course.contents import BLANK
from tutor.course.model import (
    AnyQuestion,
    Bet,
    Cloze,
    Course,
    FreeResponse,
    Matching,
    MultipleChoice,
    Number,
    Option,
    Ordering,
    Question,
    ShortText,
    SingleChoice,
    TrueFalse,
)
from tutor.judging.answers import answer_text, reply_text
from tutor.judging.judge import Verdict
from tutor.judging.presenting import POINTS, Shown
from tutor.judging.quoting import quoted
from tutor.judging.replies import LETTERS
from tutor.screen.joining import Held, held_together
from tutor.screen.step_view import prose
from tutor.screen.terminal import Look

RIGHT_MARK, WRONG_MARK = "✓", "✗"
LINE = "▁" * 4
"""A blank to be filled; underscores would be taken for Markdown."""


def question(shown: Shown, course: Course, look: Look) -> list[RenderableType]:
    """What is asked, what can be chosen, and how to reply."""
    asked = shown.question
    lines: list[RenderableType] = prose(asked_text(asked, look), course, look)
    if isinstance(asked, Matching):
        lines += [Text(""), listed([(LETTERS[i], p.left) for i, p in enumerate(asked.pairs)])]
    if shown.order:
        numbered = [(str(number), label) for number, label in enumerate(shown.labels, 1)]
        lines += [Text(""), listed(numbered)]
    return [*lines, Text(""), Text(how_to_reply(shown), style="dim")]


def asked_text(asked: AnyQuestion, look: Look) -> str:
    """The prompt, in Markdown, its blanks numbered as the answer will name them."""
    if not isinstance(asked, Cloze):
        return asked.prompt
    blanks = iter(range(1, len(asked.blanks) + 1))
    return BLANK.sub(lambda _match: _blank(next(blanks), len(asked.blanks), look), asked.prompt)


def _blank(number: int, count: int, look: Look) -> str:
    if look.plain:
        return f"(blank {number})" if count > 1 else "(blank)"
    return f"({number}){LINE}" if count > 1 else LINE


def listed(rows: list[tuple[str, str]]) -> RenderableType:
    """Lines behind their keys, indented under themselves when they wrap."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="bold cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for key, label in rows:
        table.add_row(key, Text(held_together(label)))
    return Held(Padding(table, (0, 0, 0, 1), expand=False))


def how_to_reply(shown: Shown) -> str:
    """One line on what to type."""
    asked = shown.question
    count = len(shown.order)
    match asked:
        case SingleChoice():
            return f"Type a number from 1 to {count}, then Enter."
        case MultipleChoice():
            return "Type the numbers of all that fit, such as 1 3, then Enter; 0 for none."
        case TrueFalse():
            return "Type 1 or 2, then Enter."
        case Number():
            from tutor.judging.numbers import in_unit

            return f"{f'Type a number {in_unit(asked.unit)}'.strip()}, then Enter."
        case ShortText():
            return "Type a word or two, then Enter."
        case Cloze() if len(asked.blanks) == 1:
            return "Type what fills the blank, then Enter."
        case Cloze():
            return f"Type what fills the {len(asked.blanks)} blanks, with ; between, then Enter."
        case Ordering():
            return f"Type all {count} numbers in order, first to last, then Enter."
        case Matching():
            example = " ".join(f"{LETTERS[i]}{i + 1}" for i in range(len(asked.pairs)))
            return f"Give each letter a number, such as {example}, then Enter."
        case Bet():
            return f"Spread {POINTS} points over 1 to {count}, in that order, then Enter."
        case FreeResponse():
            return "Write as many lines as you like; a line with only :done hands it in."
        case _:
            assert_never(asked)


def on_paper(asked: AnyQuestion) -> str:
    """How to answer where nothing is typed; empty where the question says it all."""
    match asked:
        case MultipleChoice():
            return "Any number of these may be right."
        case Ordering():
            return "Put these in order."
        case Matching():
            return "What goes with what?"
        case Bet():
            return f"Spread {POINTS} points over these, the more the likelier."
        case Number():
            from tutor.judging.numbers import in_unit

            return f"Answer {in_unit(asked.unit)}." if asked.unit else ""
        case SingleChoice() | TrueFalse() | ShortText() | Cloze() | FreeResponse():
            return ""
        case _:
            assert_never(asked)


def in_words(shown: Shown, raw: str, said: str) -> str:
    """An earlier reply: in the words it was kept with, else in those of the question as it is."""
    return said or reply_text(shown, raw)


def verdict(given: Verdict, course: Course, look: Look) -> list[RenderableType]:
    """Right or not yet, in a mark, a word and a colour, with what there is to say."""
    mark = Text()
    if given.right:
        mark.append(f"{RIGHT_MARK} Right.", style="bold green")
    else:
        mark.append(f"{WRONG_MARK} Not yet.", style="bold yellow")
    return [mark, *(prose(given.feedback, course, look) if given.feedback else [])]


def explanation(asked: Question, course: Course, look: Look) -> list[RenderableType]:
    """Why it is so; for a number, how it is worked out."""
    worked = prose(asked.solution, course, look) if isinstance(asked, Number) else []
    return [*worked, *prose(asked.explanation, course, look)]


def answer(shown: Shown, course: Course, look: Look) -> list[RenderableType]:
    """The right answer, and what there is to say to each option."""
    asked = shown.question
    label = "A model answer" if isinstance(asked, FreeResponse) else "The answer"
    lines: list[RenderableType] = [
        Text(f"{label}:", style="bold"),
        *_answer_lines(shown, course, look),
    ]
    match asked:
        case SingleChoice() | MultipleChoice() | Bet():
            return [*lines, *_about_options(shown, asked.options, course, look)]
        case TrueFalse() | Number() | ShortText() | Cloze() | Ordering() | Matching():
            return lines
        case FreeResponse():
            return lines
        case _:
            assert_never(asked)


def _answer_lines(shown: Shown, course: Course, look: Look) -> list[RenderableType]:
    asked = shown.question
    if isinstance(asked, FreeResponse):
        return prose(asked.model, course, look)
    return [Padding(Text(answer_text(asked)), (0, 0, 0, 2), expand=False)]


def _about_options(
    shown: Shown, options: tuple[Option, ...], course: Course, look: Look
) -> list[RenderableType]:
    told = [
        f"{number}\\. {quoted(options[index].text.rstrip('.'))}: {options[index].feedback}"
        for number, index in enumerate(shown.order, 1)
        if options[index].feedback
    ]
    if not told:
        return []
    told_apart = prose("\n\n".join(told), course, look)
    return [Text(""), Text("One by one:", style="bold"), *told_apart, Text("")]
