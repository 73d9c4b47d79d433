"""What was asked once was paid once: a run that stops loses nothing, and counts nothing twice."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec import structs

from tests.demos.models import Actor, bad_actors, saying
from tests.demos.playing import flat, stage_of
from tutor.bench.figures import Outcome
from tutor.bench.model import Case, Check, Label, Regex, Schema
from tutor.bench.patience import Examiner
from tutor.bench.reading import BenchError, example_file, read_bench
from tutor.bench.results import open_results
from tutor.bench.running import Running
from tutor.cli.bench import Wanted, measure
from tutor.cli.room import Room
from tutor.errors import NeedsPersonError, NoAnswerError, ProviderError, TutorError
from tutor.providers.presets import Price
from tutor.providers.talk import (
    Card,
    Done,
    Ending,
    Event,
    Events,
    Provider,
    Request,
    TextDelta,
    Tier,
    Usage,
)
from tutor.screen.terminal import terminal_to_text
from tutor.stage.spending import Models, Purse

FILE = """\
title: Letters
prompts:
  loud: "LOUD {input}"
  soft: "soft {input}"
checks:
  - {kind: contains}
cases:
  - {input: aa, expected: a}
  - {input: bb, expected: b}
  - {input: cc, expected: c}
"""


def asked_of(request: Request) -> str:
    return request.messages[-1].content


def echo(request: Request) -> Iterator[Event]:
    """Says again what it hears under LOUD, and x under anything else."""
    said = asked_of(request)
    yield TextDelta(said if "LOUD" in said else "x")
    yield Done(Ending.STOP, Usage(10, 5))


@dataclass
class Bench:
    """A benchmark of the learner's own, and a model that they chose."""

    folder: Path
    actor: Provider
    price: Price | None = None
    budget: int = 50_000
    wanted: dict[str, object] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "mine.yaml"

    @property
    def results(self) -> Path:
        return self.folder / "mine.results.jsonl"

    def run(self, text: str = FILE, **wanted: object) -> str:
        """All that is said, and the exit code or the error at its end."""
        self.file.write_text(text)
        room = Room(plain=True)
        room.terminal = terminal_to_text(100)
        purse = Purse(self.budget)
        room.models = Models(lambda: self.actor, lambda _one: self.price, purse=purse)
        usual = Wanted(self.file, (), (), None, None, again=False, yes=False, as_json=False)
        known = {name: getattr(usual, name) for name in Wanted.__dataclass_fields__}
        try:
            code = measure(room, Wanted(**(known | wanted)))
            end = f"[exit {int(code)}]"
        except TutorError as error:
            end = f"[{type(error).__name__}: {error.message} {error.hint}]"
        return flat(room.terminal.text() + end)


def test_two_prompts_are_graded_and_compared(tmp_path: Path) -> None:
    said = Bench(tmp_path, Actor(echo)).run()
    assert "loud 3 of 3 0.44 to 1.00" in said
    assert "Better with loud: 3. Better with soft: 0. Alike: 0." in said
    assert "p = 0.250" in said
    assert "Not shown." in said
    assert said.endswith("[exit 0]")


def test_a_second_run_asks_nothing(tmp_path: Path) -> None:
    actor = Actor(echo)
    bench = Bench(tmp_path, actor)
    first = bench.run()
    assert len(actor.asked) == 6
    second = bench.run()
    assert len(actor.asked) == 6
    assert "6 kept from before, 0 to ask" in second
    assert first.split("How good")[1] == second.split("How good")[1]


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    def until_the_fifth(request: Request) -> Iterator[Event]:
        if len(actor.asked) == 5:
            raise KeyboardInterrupt
        yield from echo(request)

    actor = Actor(until_the_fifth)
    bench = Bench(tmp_path, actor)
    said = bench.run()
    assert "what was answered is kept" in said
    assert "Counted: the first 2 of 3 cases." in said
    assert said.endswith("[exit 130]")
    actor.says = echo
    assert "4 kept from before, 2 to ask" in bench.run()
    assert len(actor.asked) == 5 + 2


def test_a_second_run_at_the_same_time_asks_nothing_and_says_why(tmp_path: Path) -> None:
    second = Actor(echo)

    def meanwhile(request: Request) -> Iterator[Event]:
        said.append(Bench(tmp_path, second).run())
        yield from echo(request)

    said: list[str] = []
    assert Bench(tmp_path, Actor(meanwhile)).run().endswith("[exit 0]")
    assert "another tutor bench is at work on" in said[0]
    assert second.asked == []
    assert "6 kept from before" in Bench(tmp_path, second).run()


def test_a_prompt_that_changed_is_asked_alone(tmp_path: Path) -> None:
    actor = Actor(echo)
    bench = Bench(tmp_path, actor)
    bench.run()
    bench.run(FILE.replace("soft {input}", "LOUD soft {input}"))
    assert [asked_of(one)[:9] for one in actor.asked[6:]] == ["LOUD soft"] * 3


def test_a_check_that_changed_grades_what_is_there(tmp_path: Path) -> None:
    actor = Actor(echo)
    bench = Bench(tmp_path, actor)
    bench.run()
    said = bench.run(FILE.replace("{kind: contains}", "{kind: equals, text: x}"))
    assert len(actor.asked) == 6
    assert "Better with loud: 0. Better with soft: 3." in said


def test_all_is_asked_anew_where_that_is_wanted(tmp_path: Path) -> None:
    actor = Actor(echo)
    bench = Bench(tmp_path, actor)
    bench.run()
    bench.run(again=True)
    assert len(actor.asked) == 12
    bench.run()
    assert len(actor.asked) == 12


@pytest.mark.parametrize("name", ["cut", "silent", "blank", "line dropped", "unreachable"])
def test_what_is_no_whole_reply_is_neither_counted_nor_kept(tmp_path: Path, name: str) -> None:
    actor = bad_actors()[name]
    bench = Bench(tmp_path, actor)
    said = bench.run()
    assert "[NoAnswerError" in said
    assert "How good" not in said
    assert len(actor.asked) == 1
    assert bench.results.read_text() == ""


def test_a_line_cut_by_a_crash_costs_that_line(tmp_path: Path) -> None:
    actor = Actor(echo)
    bench = Bench(tmp_path, actor)
    bench.run()
    whole = bench.results.read_bytes()
    bench.results.write_bytes(whole[:-20])
    said = bench.run()
    assert len(actor.asked) == 7
    assert "1 line of that file cannot be read" in said
    lines = bench.results.read_bytes().splitlines()
    assert lines[:6] == [*whole.splitlines()[:5], whole.splitlines()[5][:-19]]
    assert json.loads(lines[6])["reply"] == "x"


def test_nothing_is_asked_where_replies_cannot_be_kept(tmp_path: Path) -> None:
    actor = Actor(echo)
    said = Bench(tmp_path, actor).run(results=tmp_path / "nowhere" / "r.jsonl")
    assert "cannot be kept" in said
    assert "--results" in said
    assert actor.asked == []


def test_a_file_that_holds_something_else_stays_as_it_is(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(FILE, encoding="utf-8")
    with pytest.raises(TutorError, match="holds no reply"):
        open_results(mine)
    assert mine.read_text(encoding="utf-8") == FILE


def test_a_device_that_never_ends_is_not_read() -> None:
    with pytest.raises(TutorError, match="is no file"):
        open_results(Path("/dev/zero"))


def test_a_first_reply_cut_by_a_crash_does_not_stop_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"key":"12')
    assert open_results(path).unread == 1


def test_repeats_are_no_new_cases(tmp_path: Path) -> None:
    actor = Actor(echo)
    said = Bench(tmp_path, actor).run(repeats=4)
    assert len(actor.asked) == 24
    assert "loud 12 of 12 0.44 to 1.00" in said  # three cases, not twelve
    assert "Better with loud: 3." in said


def test_a_reply_cannot_take_over_the_screen(tmp_path: Path) -> None:
    said = Bench(tmp_path, bad_actors()["escapes"]).run(
        FILE.replace("{kind: contains}", "{kind: equals, text: no}")
    )
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "[bold]billing[/bold]" in said


def test_half_a_letter_in_a_reply_stops_nothing(tmp_path: Path) -> None:
    said = Bench(tmp_path, saying("a b c \ud83d")).run()
    assert said.endswith("[exit 0]")
    assert "Alike: 3" in said


def watch(running: Running, outcome: Outcome) -> None:
    running.replies(outcome)


def test_the_largest_file_is_done_in_a_time_that_grows_with_it(tmp_path: Path) -> None:
    bench = read_bench(example_file("village"))
    cases = tuple(Case(input=f"n{number}", expected="n") for number in range(2000))
    bench = structs.replace(bench, cases=cases, models=())
    results = open_results(tmp_path / "r.jsonl")
    running = Running(bench, {"chosen": Actor(echo)}, results, stage_of(), str, watch)
    began = time.process_time()
    running.run()
    assert len(running.outcomes) == 2000
    assert time.process_time() - began < 15  # each case once more over all cases: minutes


def test_programs_get_every_reply_and_its_grade(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Bench(tmp_path, Actor(echo)).run(as_json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["pairs"]["better"] == {"loud": 3, "soft": 0}
    assert [side["passed"] for side in data["sides"]] == [3, 0]
    given = data["replies"][0]["given"]
    assert given["soft"] == [{"reply": "x", "passed": False, "why": "lacks 'a'"}]


def test_two_models_are_compared_on_one_prompt(tmp_path: Path) -> None:
    said = Bench(tmp_path, Actor(echo)).run(models=("chosen", "raw"), prompts=("loud",))
    assert "Better with chosen: " in said
    assert "built-in base" in said


@dataclass
class Far:
    """A model that costs money."""

    asked: int = 0

    @property
    def card(self) -> Card:
        return Card("far", "far-large", Tier.HOSTED)

    def stream(self, request: Request) -> Events:
        self.asked += 1
        yield from echo(request)


def test_a_host_is_asked_only_after_a_yes(tmp_path: Path) -> None:
    far = Far()
    bench = Bench(tmp_path, far, Price(1, 2))
    said = bench.run()
    assert "6 calls, at most" in said
    assert "estimated cost: at most $" in said
    assert "[NeedsPersonError" in said
    assert far.asked == 0
    assert NeedsPersonError.exit == 2


def test_what_a_host_really_took_is_told(tmp_path: Path) -> None:
    far = Far()
    said = Bench(tmp_path, far, Price(1, 2)).run(yes=True)
    assert far.asked == 6
    assert "Really used: 6 calls, 60 tokens read, 30 written; about $0.00012." in said


def test_what_is_kept_costs_nothing(tmp_path: Path) -> None:
    far = Far()
    bench = Bench(tmp_path, far, Price(1, 2))
    bench.run(yes=True)
    said = bench.run()  # nobody says yes, and nobody needs to
    assert "costs money" not in said
    assert said.endswith("[exit 0]")
    assert "3 calls, at most" in bench.run(FILE.replace("soft {input}", "softly {input}"))


def test_a_run_beyond_the_budget_asks_nothing(tmp_path: Path) -> None:
    far = Far()
    said = Bench(tmp_path, far, budget=100).run(yes=True)
    assert "[ProviderError: Not asked" in said
    assert far.asked == 0
    assert issubclass(NoAnswerError, ProviderError)


ENDLESS = "(.+)+$x"


@pytest.mark.parametrize(
    "check",
    [
        Regex(pattern=ENDLESS),
        Label(labels={"yes": "y", "no": ENDLESS}),
        Schema(schema={"type": "string", "pattern": ENDLESS}),
    ],
)
def test_a_pattern_without_end_is_ended_and_named(tmp_path: Path, check: Check) -> None:
    bench = read_bench(example_file("village"))
    bench = structs.replace(bench, checks=(check,))
    examiner, reply = Examiner(seconds=0.5), json.dumps("a" * 60)
    with pytest.raises(BenchError, match=r"case 2: the check  (regex|label|schema)"):
        examiner.grade(bench, 1, reply)
    soft = structs.replace(bench, checks=(Regex(pattern="a+"),))
    assert examiner.grade(soft, 1, reply).passed
    examiner.end()
