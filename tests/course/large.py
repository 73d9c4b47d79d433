"""A course of any size, and what checking it costs: `python -m tests.course.large --check`."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tutor.course.naming import id_of

SECONDS, MEGABYTES, TIMES = 60.0, 500.0, 2.0
"""What a check of 1,000 lessons with 50,000 questions may take of an idle processor and of memory,
and how much longer than for seven lessons it may take to list them."""

_HEAD = """id: {lesson}
title: Lesson {n}, on a matter of its own
summary: What there is to know of matter {n}.
checked_on: 2026-11-27
objectives: {{all: tell the matters of lesson {n} apart}}
steps:
  - id: start
    kind: text
    section: Start
    introduces: [{term}]
    text: |
      Matter {n} is a thing of its own, and it is called a *{term}*. It is measured in grams and in
      metres, and whoever has seen one knows it again.
  - id: guess
    kind: prediction
    prompt: How heavy is one of them?
    options: [light as a feather, heavy as a stone]
    reveal: As heavy as a stone, and heavier in the rain.
    stop: true
quiz:
"""
_SINGLE = """  - id: q{q}
    kind: single
    prompt: Which of these holds for thing {q} of matter {n}?
    options:
      - {{text: "one tells it in grams, number {q}", right: true}}
      - {{text: "one tells it in litres, case {q}", feedback: "Litres are for what flows {q}."}}
      - text: "one tells it in hours, number {q}"
        feedback: Hours are for what lasts.
        misconception: time is taken for weight
    hints: [Think of scales., What would you put on them?]
    explanation: It has a weight, and weight is told in grams.
"""
_NUMBER = """  - id: q{q}
    kind: number
    prompt: A box holds {{part}} of {{whole}} things of sort {q}. What share is that, in percent?
    parameters: {{part: [5, 10], whole: [100, 200]}}
    answer: 100 * part / whole
    unit: "%"
    tolerance: 0.01
    wrong:
      - {{value: 100 - 100 * part / whole, feedback: That is the rest of the box.}}
    feedback: Divide the part by the whole.
    hints: [Divide., Times a hundred.]
    explanation: A share is a part of the whole.
    solution: 100 × {{part}} / {{whole}} = {{answer}} %
"""
_SHORT = """  - id: q{q}
    kind: short
    prompt: What is thing {q} of matter {n} called?
    accept: [{term}, thing of sort {q}]
    wrong:
      - {{texts: [feather], feedback: A feather is what it was held against.}}
    feedback: Its name stands at the beginning.
    hints: [Look at the start., It has several letters.]
    explanation: It has the name that the lesson gave it.
"""
_TRUE = """  - id: q{q}
    kind: truefalse
    prompt: Thing {q} of matter {n} flows.
    answer: {truth}
    feedback: It has a form of its own, as the lesson says of number {q}.
    hints: [Does it keep its form?, Think of a stone.]
    explanation: What keeps its form does not flow.
"""
_MATCHING = """  - id: q{q}
    kind: matching
    prompt: What is measured in what, for thing {q} of matter {n}?
    pairs:
      - {{left: its weight, right: grams, feedback: Scales show it.}}
      - {{left: its length, right: metres, feedback: A rule shows it.}}
      - {{left: its age, right: years, feedback: A calendar shows it.}}
    hints: [Begin with the scales., Two are told by the lesson.]
    explanation: Weight in grams, length in metres, age in years.
"""
_KINDS = (
    *(_SINGLE, _TRUE, _SINGLE, _NUMBER, _SINGLE, _MATCHING),
    *(_SINGLE, _SHORT, _SINGLE, _SINGLE),
)
"""Kinds as often as the shipped course has them: one number in ten is drawn."""
_SYLLABLES = ["ba", "do", "fe", "gi", "lu", "ma", "ne", "po", "ri", "su", "ta", "vo", "wi", "xe"]


def term_of(number: int) -> str:
    """A made-up word for each lesson."""
    syllables = []
    for _ in range(4):
        number, at = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[at])
    return "".join(syllables)


def write_large(folder: Path, lessons: int, questions: int) -> Path:
    """A course of so many lessons with so many questions each, which has no problems."""
    names = [f"l{number:04}.yaml" for number in range(1, lessons + 1)]
    for number, name in enumerate(names, 1):
        term, lesson = term_of(number), id_of(f"lesson {number}")
        text = _HEAD.format(lesson=lesson, n=number, term=term)
        for q in range(questions):
            truth = "true" if q % 20 < 10 else "false"
            text += _KINDS[q % len(_KINDS)].format(q=q, n=number, term=term, truth=truth)
        (folder / name).write_text(text, encoding="utf-8")
    terms = "".join(
        f"  - {{term: {term_of(n)}, lesson: lesson-{n}, meaning: The thing of lesson {n}.}}\n"
        for n in range(1, lessons + 1)
    )
    (folder / "glossary.yaml").write_text(f"terms:\n{terms}", encoding="utf-8")
    top = f"format: 1\nid: large\ntitle: Large\nsummary: Much.\nlessons: [{', '.join(names)}]\n"
    (folder / "course.yaml").write_text(f"{top}glossary: glossary.yaml\n", encoding="utf-8")
    return folder


def cost(arguments: list[str], home: Path) -> tuple[float, float, str]:
    """Processor seconds and megabytes that a call of the tutor takes, and what it says last."""
    environ = {**os.environ, "TUTOR_HOME": str(home)}
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "tutor", *arguments], stdout=out, stderr=out, env=environ
        )
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
        out.seek(0)
        said = out.read().strip().splitlines()
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000, said[-1] if said else ""


def main() -> None:
    """Measure a course of the size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--check", action="store_true", help="fail where a limit is passed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, small, large = (Path(folder) / name for name in ("home", "small", "large"))
        for path in (small, large):
            path.mkdir()
        write_large(large, asked.lessons, asked.questions)
        write_large(small, 7, asked.questions)
        seconds, megabytes, said = cost(["course", "check", str(large)], home)
        print(f"check: {seconds:.1f} processor seconds, {megabytes:.0f} MB: {said}")
        listing = {}
        for path in (small, large):
            cost(["--course", str(path), "lessons"], home)  # compiled
            times = [cost(["--course", str(path), "lessons"], home)[0] for _ in range(5)]
            listing[path] = min(times)
        more = listing[large] / listing[small]
        print(f"lessons: {listing[large]:.2f} s, {more:.2f} times that of seven lessons")
    if asked.check and (seconds > SECONDS or megabytes > MEGABYTES or more > TIMES):
        sys.exit("a limit is passed")


if __name__ == "__main__":
    main()
