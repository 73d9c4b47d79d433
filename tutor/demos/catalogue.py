"""All demos as a list, and one of them by the name that was typed."""

import ast
import difflib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from tutor.course.model import Course, Demo, Lesson
from tutor.demos import COMPUTED, DEMOS, LIVE, about
from tutor.errors import UnknownNameError

HOMELESS = (
    Demo(
        id="call-cost",
        title="A year of delivery tickets, with a cache",
        demo="call-cost",
        settings={
            "input_tokens": "1500",
            "output_tokens": "400",
            "cached_tokens": "1200",
            "input_price": "3",
            "output_price": "15",
            "cached_price": "0.3",
            "calls": "5200",
        },
        notice="Writing costs most, and the cache saves only on what stays the same.",
    ),
    Demo(
        id="softmax-temperature",
        title="Four words at three temperatures",
        demo="softmax-temperature",
        settings={
            "labels": ("squeals", "rubs", "shudders", "sings"),
            "logits": ("3", "2", "1", "0"),
            "temperatures": ("0.5", "1", "2"),
        },
        notice="The order of the four never changes; how far apart they stand does.",
    ),
    Demo(
        id="bpe-merges",
        title="Making a token list from twenty-eight words",
        demo="bpe-merges",
        settings={
            "words": ("brake 6", "brakes 3", "braking 2", "rubs 4", "bells 5", "belts 8"),
            "merges": "9",
        },
        notice="The first piece made is an s at the end of a word, found by counting alone.",
    ),
    Demo(
        id="next-word-toy",
        title="Counting which word comes next",
        demo="next-word-toy",
        settings={
            "text": "the brake squeals . the brake squeals in the rain . the brake rubs . "
            "the brake shudders . the brake squeals again . the rain cover fits the ox . "
            "the rain cover fits the ox . the rain cover fits the wren . we ship from leeds . "
            "we ship from leeds on monday .",
            "prompts": ("the brake", "the rain cover fits the", "we ship from"),
        },
        notice="It can only count what it has met. A language model computes, and so it has a "
        "table for any text at all.",
    ),
    Demo(
        id="training-examples",
        title="One sentence, cut into exercises",
        demo="training-examples",
        settings={"text": "the rain cover of the wren does not fit the ox"},
        notice="Left of each arrow stands what the network is given, right of it what it has to "
        "tell: always a piece of the sentence itself.",
    ),
    Demo(
        id="loss-perplexity",
        title="Four tokens, one loss",
        demo="loss-perplexity",
        settings={"probabilities": ("0.5", "0.25", "0.5", "0.0625")},
        notice="The bits average 2, and 2 to the power 2 is 4: the same perplexity as by nats.",
    ),
    Demo(
        id="emergence-metric",
        title="One progress, two scores",
        demo="emergence-metric",
        settings={
            "length": "10",
            "accuracies": ("0.5", "0.6", "0.7", "0.8", "0.9", "0.95", "0.99"),
        },
        notice="The share of right tokens climbs evenly. The share of right answers lies near "
        "zero, then shoots up: the same progress, counted in two ways.",
    ),
    Demo(
        id="answer-or-abstain",
        title="When does answering pay?",
        demo="answer-or-abstain",
        settings={
            "thresholds": ("0", "0.75", "0.9"),
            "confidences": ("0.3", "0.6", "0.8", "0.95"),
        },
        notice="With t = 0, the usual test, a guess always pays. With t = 0.9 even 80 % sure is "
        "not enough.",
    ),
    Demo(
        id="majority-vote",
        title="Let them vote",
        demo="majority-vote",
        settings={"probabilities": ("0.4", "0.6", "0.7"), "voters": ("1", "5", "15", "41")},
        notice="Above one half, voting helps; below it, it makes things worse. Draws from one "
        "model share what it has wrong, so expect less.",
    ),
    Demo(
        id="compute-budget",
        title="How large, on how much text?",
        demo="compute-budget",
        settings={"flops": ("3.14e23", "5.76e23", "3.8e25")},
        notice="The first two budgets are those of GPT-3 and of Chinchilla: the same order of "
        "compute, spent on very different sizes.",
    ),
    Demo(
        id="lora-count",
        title="Numbers to train, by rank",
        demo="lora-count",
        settings={"rows": "4096", "columns": "4096", "ranks": ("1", "4", "8", "16", "64")},
        notice="Double the rank, double the numbers. Rank 64 still trains only some 3 % of the "
        "matrix.",
    ),
    Demo(
        id="small-test-sets",
        title="How much can fifty tickets tell?",
        demo="small-test-sets",
        settings={"results": ("42 50", "46 50", "168 200")},
        notice="Four times as many tickets make the interval about half as wide.",
    ),
    Demo(
        id="chain-of-steps",
        title="How often a whole chain goes right",
        demo="chain-of-steps",
        settings={"success": ("0.9", "0.95", "0.99", "0.995"), "steps": ("5", "20", "50")},
        notice="For nine chains of 20 in ten to go right, each step must succeed in more than 99 "
        "of 100 cases.",
    ),
)
"""Computed demos that no shipped lesson shows, with what they are to show."""


class Listed(Struct, frozen=True, kw_only=True):
    """A demo as the list shows it."""

    name: str
    title: str
    line: str
    """What is to be seen, in one sentence."""
    live: bool
    own_text: str
    """What a text of the learner's own is taken for; empty where there is no use for one."""
    lessons: tuple[str, ...]
    """Ids of the lessons that have it."""


def catalogue(course: Course) -> list[Listed]:
    """Every demo, the live ones first."""
    return [
        *(_live(name, course) for name in LIVE),
        *(_computed(name, course) for name in COMPUTED),
    ]


def _live(name: str, course: Course) -> Listed:
    said = about(name)
    return Listed(
        name=name,
        title=said.title,
        line=said.line,
        live=True,
        own_text=said.own_text,
        lessons=_lessons(name, course),
    )


def _computed(name: str, course: Course) -> Listed:
    steps = [step for _, step in steps_with(name, course)] or _at_home(name)
    return Listed(
        name=name,
        title=steps[0].title if steps else name.replace("-", " ").capitalize(),
        line=_first_line(COMPUTED[name]),
        live=False,
        own_text="",
        lessons=_lessons(name, course),
    )


def _first_line(module: str) -> str:
    """What a module says of itself, read without loading it."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _lessons(name: str, course: Course) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lesson.id for lesson, _ in steps_with(name, course)))


def steps_with(name: str, course: Course) -> Iterator[tuple[Lesson, Demo]]:
    """The steps of a course that show a demo, in order."""
    for lesson in course.lessons:
        for step in lesson.steps:
            if isinstance(step, Demo) and step.demo == name:
                yield lesson, step


def _at_home(name: str) -> list[Demo]:
    return [step for step in HOMELESS if step.demo == name]


def known_name(typed: str) -> str:
    """The demo that was meant; UnknownNameError with the nearest names."""
    name = typed.strip().casefold().replace("_", "-").replace(" ", "-")
    if name in DEMOS:
        return name
    near = difflib.get_close_matches(name, DEMOS, n=3)
    hint = f"did you mean: {', '.join(near)}?" if near else "all demos: tutor demo"
    raise UnknownNameError(f"no demo {typed!r}", hint=hint)


def step_for(name: str, course: Course, text: str = "") -> Demo:
    """A demo outside the lessons, as a step: with its own defaults, or with a lesson's settings.

    UnknownNameError for a computed demo that this course does not use: it has nothing to show.
    """
    steps = [step for _, step in steps_with(name, course)] or _at_home(name)
    if name in LIVE:
        said = about(name)
        of_lesson = steps[0].notice if steps and not text else ""
        notice = said.notice or of_lesson
        return Demo(id=name, title=said.title, demo=name, notice=notice)
    if not steps:
        raise UnknownNameError(
            f"no lesson of this course says what {name!r} is to show",
            hint="demos that need no lesson: tutor demo",
        )
    return steps[0]
