"""Several tutors on one journal, killed at random moments; then: is all there that was seen?

    python -m tests.progress.chaos --kills 1000

Tutors answer, guess, see demos, take notes and quizzes, import, reset, undo, rebuild, repair, and
write with their clocks set back or their disk full; now and then the journal is damaged. Each is
killed (SIGKILL) at a random moment. Whatever a tutor showed as done, to the first byte of a
verdict, must be an event in the journal afterwards; an import is there whole or not at all.
"""

import argparse
import contextlib
import datetime
import os
import random
import re
import resource
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.progress.deeds import Clock, answered, place
from tutor.cli import app as loaded_app  # what a tutor loads is loaded once, for all of them
from tutor.cli.edge import run
from tutor.player import play as loaded_player
from tutor.progress import exchange, rescue
from tutor.progress.events import Answered, Event, Noted, Predicted
from tutor.progress.journal import Journal
from tutor.progress.moments import utc_text
from tutor.review.folds import FOLDS

LOADED = (loaded_app, loaded_player, exchange)
AT_ONCE = 4
LONGEST = 20.0
"""Seconds after which a tutor that was to be left alone is killed all the same."""
IMPORTED = 40
PROMPT = "> "
COURSE = """\
format: 1
id: chaos
title: Chaos
summary: Nothing is learnt here.
lessons: [one.yaml]
"""
QUESTION = """\
  - id: {name}
    kind: short
    prompt: Which word is the {name} one?
    accept: [probability]
    feedback: Another one.
    hints: [Think., Think again.]
    explanation: It is that one.
"""
LESSON = """\
id: one
title: One
summary: Words.
checked_on: 2026-11-21
objectives: {words: lose no word}
steps:
  - id: guess
    kind: prediction
    prompt: Which word comes first?
    reveal: Some word.
  - id: toy
    kind: demo
    title: Counting words
    demo: next-word-toy
    settings: {text: the cat sat on the mat and the cat sat, prompts: [the cat, sat]}
    notice: The bars add up to one.
"""


def write_course(folder: Path) -> None:
    """A course in which every answer is a word of its own."""
    folder.mkdir()
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    steps = "".join(QUESTION.format(name=f"step-{n}") for n in range(3))
    quiz = "".join(QUESTION.format(name=f"quiz-{n}") for n in range(4))
    (folder / "one.yaml").write_text(f"{LESSON}{steps}quiz:\n{quiz}", encoding="utf-8")


@dataclass
class Ledger:
    """What was seen: what must be in the journal."""

    words: set[tuple[str, str]] = field(default_factory=set)
    """Kinds of deed, and the words in them."""
    ids: set[str] = field(default_factory=set)
    """Events that were said to be kept."""
    files: list[list[str]] = field(default_factory=list)
    """The ids in each file to import: all of them are there, or none."""


@dataclass
class Scene:
    """Where it happens."""

    folder: Path
    rng: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    made: int = 0

    @property
    def path(self) -> Path:
        """The journal."""
        return self.folder / "home" / "journal.sqlite3"

    def word(self) -> str:
        """A word that nobody has typed before."""
        self.made += 1
        return f"zq{self.made}x"

    def export(self) -> Path:
        """A file of events from elsewhere."""
        now = datetime.datetime.now(datetime.UTC)
        early = self.rng.choice([0, 0, 3600, 90_000])
        events = [
            Event(
                id=f"import-{len(self.ledger.files)}-{n}",
                installation="elsewhere",
                at=utc_text(now - datetime.timedelta(seconds=early - n)),
                offset=0,
                place=msgspec.structs.replace(place("one", f"step-{n % 3}"), course="chaos"),
                deed=answered(f"imported {n}"),
            )
            for n in range(IMPORTED)
        ]
        self.ledger.files.append([event.id for event in events])
        file = self.folder / f"import-{len(self.ledger.files)}.jsonl"
        lines = [b'{"llm_tutor_journal":1}', *map(msgspec.json.encode, events)]
        file.write_bytes(b"\n".join(lines) + b"\n")
        return file


class Tutor:
    """A tutor in a process of its own, read and typed at through pipes."""

    def __init__(self, scene: Scene, work: Callable[[], None]) -> None:
        self.scene = scene
        self.typed = ""
        """The word whose verdict is awaited, and the kind of deed that it is in."""
        self.kind = ""
        self.tail = self.bar = ""
        into, self.writing = os.pipe()
        self.reading, out = os.pipe()
        self.process = os.fork()
        if not self.process:
            _become(into, out, work)
        os.close(into)
        os.close(out)
        dies = scene.rng.random() < 0.9
        self.ends = time.monotonic() + (scene.rng.uniform(0.02, 1.5) if dies else LONGEST)
        self.was_killed = False

    def hear(self) -> bool:
        """Read what is there; False at the end."""
        data = os.read(self.reading, 65536)
        self.tail += data.decode(errors="replace")
        self._notice()
        if data and self.tail.endswith(PROMPT):
            self._reply()
        return bool(data)

    def kill(self) -> None:
        """Pull the plug, and read what was on its way to the screen."""
        os.kill(self.process, signal.SIGKILL)
        self.was_killed = True
        while self.hear():
            pass

    def bury(self) -> None:
        """Close what was open."""
        os.waitpid(self.process, 0)
        os.close(self.reading)
        os.close(self.writing)

    def _notice(self) -> None:
        """Enter into the ledger what the screen says was kept."""
        ledger = self.scene.ledger
        if self.typed and self._is_kept():
            ledger.words.add((self.kind, self.typed))
            self.typed = ""
        ledger.ids.update(re.findall(r"^kept (\S+)\n", self.tail, re.MULTILINE))

    def _is_kept(self) -> bool:
        """Tell whether the screen says so of what was typed last."""
        match self.kind:
            case "predicted":
                return f"You guessed: {self.typed}" in self.tail
            case "noted":
                return "Noted." in self.tail
            case _:
                return "Not yet." in self.tail

    def _reply(self) -> None:
        said, self.tail = self.tail, ""
        bars = re.findall(r"^(?:.* · .*\n)+", said, re.MULTILINE)
        self.bar = bars[-1] if bars else self.bar
        self.typed = ""
        line = self._line()
        with contextlib.suppress(BrokenPipeError):
            os.write(self.writing, f"{line}\n".encode())

    def _line(self) -> str:
        roll = self.scene.rng.random()
        if "hint" in self.bar and roll < 0.65:
            return self._word("answered")
        if "hint" in self.bar:
            return ":s" if roll < 0.85 else ":h"
        if "skip" in self.bar and "continue" not in self.bar:
            return self._word("predicted")
        if roll < 0.15:
            return f":n {self._word('noted')}"
        return "l" if roll < 0.2 and "list" in self.bar else ""

    def _word(self, kind: str) -> str:
        self.kind, self.typed = kind, self.scene.word()
        return self.typed


def _become(into: int, out: int, work: Callable[[], None]) -> None:
    """Turn this process into a tutor at the other ends of two pipes."""
    for number, end in enumerate((into, out, out)):
        os.dup2(end, number)
    os.closerange(3, 256)
    sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1)
    try:
        work()
    except SystemExit:
        pass
    finally:
        sys.stdout.flush()
        os._exit(0)


def command(*words: str) -> Callable[[], None]:
    """A command of the tutor."""
    return lambda: run(words)


def writing_with_the_clock_set_back(path: Path, seconds: int) -> Callable[[], None]:
    """A tutor whose clock is wrong."""

    def work() -> None:
        clock = Clock(datetime.datetime.now().astimezone() - datetime.timedelta(seconds=seconds))
        with Journal.open(path, clock, folds=FOLDS) as journal:
            for n in range(200):
                where = msgspec.structs.replace(place("one", f"step-{n % 3}"), course="chaos")
                print(f"kept {journal.record(where, answered('clock')).id}", flush=True)

    return work


def on_a_full_disk(path: Path, room: int, work: Callable[[], None]) -> Callable[[], None]:
    """The same, where no file can grow much beyond what the journal is now."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = (path.stat().st_size if path.exists() else 0) + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        work()

    return limited


def damaging(path: Path, rng: random.Random) -> Callable[[], None]:
    """A spoilt row that never was an answer, or spoilt progress: both call for a repair."""
    names = "id, installation, at, rank, offset, course, lesson, place, deed, kind, checksum"
    spoilt = f"INSERT INTO event ({names}) VALUES (?, '', '', '', 0, '', '', '', '', '', 1)"
    name = f"spoilt-{rng.getrandbits(64)}"
    progress = rng.random() < 0.5

    def work() -> None:
        connection = sqlite3.connect(path, timeout=5)
        with connection:
            if progress:
                connection.execute("UPDATE derived SET state = x'80'")
            else:
                connection.execute(spoilt, (name,))

    return work


def deed(scene: Scene) -> tuple[str, Callable[[], None]]:
    """What the next tutor is up to."""
    rng, path = scene.rng, scene.path
    learning = command(*rng.choice([("learn", "one"), ("quiz", "one"), ("learn", "one")]))
    works: list[tuple[int, str, Callable[[], Callable[[], None]]]] = [
        (10, "answering", lambda: learning),
        (3, "import", lambda: command("progress", "import", str(scene.export()))),
        (1, "reset", lambda: command("progress", "reset", "one", "--yes")),
        (2, "undo", lambda: command("progress", "undo")),
        (1, "rebuild", lambda: command("progress", "rebuild")),
        (4, "repair", lambda: command("progress", "repair")),
        (1, "export", lambda: command("progress", "export", "--force", str(scene.folder / "out"))),
        (3, "clock", lambda: writing_with_the_clock_set_back(path, rng.randint(1, 200_000))),
        (2, "full disk", lambda: on_a_full_disk(path, rng.randint(0, 60_000), learning)),
        (
            1,
            "repair on a full disk",
            lambda: on_a_full_disk(path, 0, command("progress", "repair")),
        ),
        (2, "damage", lambda: damaging(path, rng)),
    ]
    _, name, make = rng.choices(works, [weight for weight, *_ in works])[0]
    return name, make()


def losses(scene: Scene) -> list[str]:
    """What was seen and is not in the journal."""
    with Journal.open(scene.path) as journal:
        events = list(journal.events())
    ids = {event.id for event in events}
    words = {pair for event in events for pair in words_of(event)}
    ledger = scene.ledger
    lost = [f"{kind} {word}" for kind, word in ledger.words - words]
    lost += [f"event {name}" for name in ledger.ids - ids]
    for file in ledger.files:
        if 0 < len(ids & set(file)) < len(file):
            lost.append(f"part of an import: {len(ids & set(file))} of {len(file)}")
    return lost


def words_of(event: Event) -> list[tuple[str, str]]:
    """The kind of a deed with the word that was typed."""
    match event.deed:
        case Answered(raw=raw):
            return [("answered", raw)]
        case Predicted(raw=raw):
            return [("predicted", raw)]
        case Noted(text=text):
            return [("noted", text)]
        case _:
            return []


@dataclass
class Outcome:
    """How it went."""

    kills: Counter[str] = field(default_factory=Counter)
    """By what the tutors were up to."""
    seen: Counter[str] = field(default_factory=Counter)
    events: int = 0
    rescued: int = 0
    """Damaged files that were set aside."""
    lost: list[str] = field(default_factory=list)


def rage(folder: Path, kills: int, seed: int, seconds: float = 3600) -> Outcome:
    """Kill as many tutors, in so many seconds at most, and look what is left."""
    os.environ |= {"TUTOR_HOME": str(folder / "home"), "TUTOR_COURSE": str(folder / "course")}
    write_course(folder / "course")
    scene = Scene(folder, random.Random(seed))
    outcome = Outcome()
    ends = time.monotonic() + seconds
    running: dict[int, tuple[str, Tutor]] = {}
    while time.monotonic() < ends and outcome.kills.total() < kills and not outcome.lost:
        while len(running) < AT_ONCE:
            name, work = deed(scene)
            tutor = Tutor(scene, work)
            running[tutor.reading] = name, tutor
        _attend(running, outcome.kills)
        if outcome.kills.total() % 100 == 99 and not any(t.typed for _, t in running.values()):
            outcome.lost = losses(scene)
    for name, tutor in running.values():
        tutor.kill()
        tutor.bury()
        outcome.kills[name] += 1
    return _look(scene, outcome)


def _attend(running: dict[int, tuple[str, Tutor]], kills: Counter[str]) -> None:
    """Read from whoever speaks, and end those whose time has come."""
    speaking, _, _ = select.select(list(running), [], [], 0.01)
    now = time.monotonic()
    for reading, (name, tutor) in list(running.items()):
        over = reading in speaking and not tutor.hear()
        if not over and now >= tutor.ends:
            tutor.kill()
            kills[name] += 1
            over = True
        if over:
            del running[reading]
            tutor.bury()


def _look(scene: Scene, outcome: Outcome) -> Outcome:
    """Once before a last repair, which has to find all sound after it, and once behind it."""
    outcome.lost += losses(scene)
    rescue.repair(scene.path)
    outcome.lost += losses(scene)
    with Journal.open(scene.path, folds=FOLDS) as journal:
        outcome.lost += journal.faults()
        outcome.events = journal.count()
    outcome.seen = Counter(kind for kind, _ in scene.ledger.words)
    outcome.seen["told by id"] = len(scene.ledger.ids)
    outcome.rescued = len(list(scene.path.parent.glob("journal-old-*.sqlite3")))
    return outcome


def main() -> int:
    """Rage, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    outcome = rage(folder, asked.kills, asked.seed, asked.seconds)
    by_work = ", ".join(f"{name} {count}" for name, count in outcome.kills.most_common())
    print(f"{outcome.kills.total()} kills, seed {asked.seed}: {by_work}")
    seen = ", ".join(f"{kind} {count}" for kind, count in outcome.seen.most_common())
    print(f"seen as kept: {seen}; {outcome.events} events in the journal; lost:")
    print("\n".join(outcome.lost) or "nothing")
    print(f"{outcome.rescued} damaged files were replaced on the way")
    if outcome.lost:
        print(f"all is left in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
