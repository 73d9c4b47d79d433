"""Quizzes between <quiz> and </quiz> in a Markdown page, as mkdocs-quiz 1.7 reads them."""

import re

from tutor.course.contents import UNWRITTEN
from tutor.course.model import Blank, Cloze, MultipleChoice, Option, SingleChoice
from tutor.exchange.found import Found, line

_QUIZ = re.compile(r"<quiz>((?:(?!<quiz>).)*?)(</quiz>|(?=<quiz>)|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(```+|~~~+).*?^[ \t]*\1", re.MULTILINE | re.DOTALL)
_TICK = re.compile(r"[-*]\s*\[([xX ]?)\]\s*(.*)")
_GAP = re.compile(r"\[\[([^\]]+)\]\]")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def read_mkdocs_quiz(text: str, title: str) -> Found:
    """Every quiz of a page; one that stands in a code block is an example, and is left alone."""
    found = Found(title)
    quizzes = list(_QUIZ.finditer(text))
    fences = [match.span() for match in _FENCE.finditer(text)]
    for match in quizzes:
        if not any(start < match.start() and match.end() <= end for start, end in fences):
            _quiz(match[1].strip(), found, is_closed=bool(match[2]))
    return found


def _quiz(body: str, found: Found, *, is_closed: bool) -> None:
    name = found.name(body.split("\n", 1)[0])
    if not is_closed:
        found.lose(name, "left out: its <quiz> is not closed")
        return
    if _IMAGE.search(body):
        found.lose(name, "pictures are left out")
        body = _IMAGE.sub("", body)
    if _GAP.search(body):
        _fill_in(body, name, found)
    else:
        _choose(body.split("\n"), name, found)


def _fill_in(body: str, name: str, found: Found) -> None:
    asked, _, after = body.partition("\n---\n")
    blanks = [Blank(accept=(line(gap),), feedback=UNWRITTEN) for gap in _GAP.findall(asked)]
    fields = {"prompt": _GAP.sub("____", asked).strip(), "blanks": tuple(blanks)}
    found.add(Cloze, name, {**fields, "explanation": after.strip() or UNWRITTEN})


def _choose(lines: list[str], name: str, found: Found) -> None:
    first = next((i for i, one in enumerate(lines) if _TICK.match(one.strip())), len(lines))
    options: list[tuple[bool, str, list[str]]] = []
    after: list[str] = []
    for one in lines[first:]:
        if after:
            after.append(one)
        elif tick := _TICK.match(one.strip()):
            options.append((tick[1].lower() == "x", line(tick[2]), []))
        elif one.lstrip().startswith(">"):
            options[-1][2].append(one.strip().removeprefix(">").strip())
        elif one.strip():
            after.append(one)
    made = [Option(text=t, right=right, feedback="\n".join(said)) for right, t, said in options]
    kind = SingleChoice if sum(option.right for option in made) == 1 else MultipleChoice
    if not any(option.right for option in made):
        found.lose(name, "no option is marked right: mark one, or none is")
    explanation = "\n".join(after).strip() or UNWRITTEN
    fields = {"prompt": "\n".join(lines[:first]).strip(), "options": tuple(made)}
    found.add(kind, name, {**fields, "explanation": explanation})
