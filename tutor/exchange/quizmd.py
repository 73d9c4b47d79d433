"""Quizzes as quizmd 2.4 reads them: a heading a question, options behind hyphens, then fields."""

import re
from dataclasses import dataclass, field

from tutor.course.contents import UNWRITTEN
from tutor.course.model import MultipleChoice, Option, SingleChoice
from tutor.exchange.found import Found, line

_FIELD = re.compile(
    r"(answer|type|time|points|score|hint|explanation|imposters)\s*:\s*(.*)", re.IGNORECASE
)
_OPTION = re.compile(r"\s*-\s+(\S.*)")
_OTHER = re.compile(
    r"# (challenge quiz|reverse quiz|millionaire quiz|chaos|essay question|debug quiz)\b",
    re.IGNORECASE,
)
_LEFT_OUT = ("time", "points", "score", "imposters")


@dataclass
class _Block:
    """A question in its parts."""

    asked: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


def read_quizmd(text: str, title: str) -> Found:
    """Every question of a plain quiz; of the other modes, that they are none."""
    found = Found(title)
    if mode := _OTHER.match(text.lstrip()):
        found.lose(title, f"left out: a {mode[1].lower()} is no plain quiz")
        return found
    head, *blocks = re.split(r"(?m)^##[ \t]+", text)
    found.title = head.strip().removeprefix("# ").split("\n")[0].strip() or title
    for block in blocks:
        heading, _, body = block.partition("\n")
        _question(found.name(heading), _parted(body), found)
    return found


def _parted(body: str) -> _Block:
    block, in_code = _Block(), False
    for one in body.split("\n"):
        in_code ^= one.strip().startswith("```")
        known = None if in_code else _FIELD.fullmatch(one.strip())
        option = None if in_code else _OPTION.fullmatch(one)
        if known:
            block.fields[known[1].lower()] = known[2].strip()
        elif option:
            block.options.append(line(option[1]))
        elif one.strip().lower().rstrip(":") in ("options", "choices"):
            block.asked += [f"- {said}" for said in block.options]
            block.options = []
        elif not block.options:
            block.asked.append(one)
    return block


def _question(name: str, block: _Block, found: Found) -> None:
    numbers = {int(one) for one in re.findall(r"\d+", block.fields.get("answer", ""))}
    options = [Option(text=t, right=n in numbers) for n, t in enumerate(block.options, 1)]
    dropped = [known for known in _LEFT_OUT if known in block.fields]
    if dropped:
        found.lose(name, f"{' and '.join(dropped)} left out")
    hint = block.fields.get("hint", "")
    fields = {
        "prompt": "\n".join(block.asked).strip(),
        "options": tuple(options),
        "hints": (hint,) if hint else (),
        "explanation": block.fields.get("explanation") or UNWRITTEN,
    }
    is_single = block.fields.get("type", "single").lower() != "multiple"
    found.add(SingleChoice if is_single else MultipleChoice, name, fields)
