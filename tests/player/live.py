"""A course with a live demo in it, and a model of the test's own."""

import re
import shutil
from pathlib import Path

STEP = """\
  - id: live
    kind: demo
    title: What comes next
    demo: {name}
    settings: {settings}
    notice: The bars add up to one.
  - id: check
"""


def course_with(folder: Path, short: Path, name: str, settings: str = "{}") -> Path:
    """The short course whose lesson has one live demo in the place of all that leads up to it."""
    course = folder / "live-course"
    shutil.copytree(short, course)
    text = (course / "one.yaml").read_text(encoding="utf-8")
    head, rest = text.split("  - id: hello\n", 1)
    _, tail = rest.split("  - id: check\n", 1)
    first = "  - id: hello\n    kind: text\n    introduces: [token]\n    text: Hello token.\n"
    step = STEP.format(name=name, settings=settings)
    tail = re.sub(r"  - id: guessed\n.*?(?=  - id: end\n)", "", tail, flags=re.DOTALL)
    (course / "one.yaml").write_text(head + first + step + tail, encoding="utf-8")
    return course
