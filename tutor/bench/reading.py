"""A benchmark file to the model: every problem at once, each with its place and fix."""

from pathlib import Path

from tutor.bench.model import Bench
from tutor.bench.rules import broken
from tutor.course.problems import gathered
from tutor.course.reading import read_document
from tutor.errors import TutorError

EXAMPLES = {
    "village": "two prompts for the built-in model, on its own village: runs at once",
    "claims": "true or not? for the built-in model, where the better prompt only reaches chance",
    "tickets": "two prompts that sort support tickets, for a model that you chose",
}


class BenchError(TutorError):
    """A benchmark file cannot be used; who wrote it can mend it."""


def read_bench(path: Path) -> Bench:
    """Read one; BenchError with everything that is wrong with it."""
    if not path.exists():
        raise BenchError(
            f"there is no file {path}",
            hint=f"to begin with one: tutor bench {path} --example village",
        )
    document = read_document(path, Bench)
    if isinstance(document.value, Bench):
        for place, message, fix in broken(document.value):
            document.complain(place, message, fix)
    if document.problems or not isinstance(document.value, Bench):
        hint = f"mend the lines above, then: tutor bench {path}"
        raise BenchError(gathered("this benchmark", document.problems), hint=hint)
    return document.value


def example_file(name: str) -> Path:
    """Where a benchmark that came with the tutor lies, by its name in `EXAMPLES`."""
    return Path(__file__).parent / "examples" / f"{name}.yaml"


def example(name: str) -> Bench:
    """One that came with the tutor."""
    return read_bench(example_file(name))
