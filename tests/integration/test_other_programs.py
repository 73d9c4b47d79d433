"""What other programs make of an export: Anki's own package, and a foreign reader of GIFT."""

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.known_courses import shipped, short
from tutor.course.model import Course, Option, SingleChoice
from tutor.exchange.anki import package
from tutor.exchange.gift import gift
from tutor.exchange.items import items

SHORT = short()
OURS = shipped()
NOW = 1_795_000_000.0
READER = """
const {parse} = require("gift-pegjs");
console.log(JSON.stringify(parse(require("fs").readFileSync(0, "utf8"))));
"""
IMPORTER = """
import json, sys
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

collection = Collection(sys.argv[1])
told = []
for path in sys.argv[2:]:
    options = ImportAnkiPackageOptions(merge_notetypes=True)
    request = ImportAnkiPackageRequest(package_path=path, options=options)
    log = collection.import_anki_package(request).log
    told.append({name: len(getattr(log, name)) for name in ("new", "updated", "duplicate")})
notes = [collection.get_note(note) for note in collection.find_notes("")]
words, sound = collection.fix_integrity()
print(json.dumps({
    "told": told,
    "sound": sound,
    "questions": {note["Id"]: note["Question"] for note in notes},
    "types": sorted({note.note_type()["name"] for note in notes}),
    "decks": sorted(deck.name for deck in collection.decks.all_names_and_ids()),
}))
"""


@pytest.fixture(scope="session")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has Anki's own package, in an environment of its own."""
    folder = tmp_path_factory.mktemp("anki")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "pip"), "-q", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "anki"], check=True)
    return folder / "bin" / "python"


@pytest.fixture(scope="session")
def gift_reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where Node finds gift-pegjs."""
    folder = tmp_path_factory.mktemp("gift")
    npm = shutil.which("npm")
    assert npm is not None, "this test needs Node and npm: apt-get install npm"
    install = [npm, "install", "--silent", "--ignore-scripts", "gift-pegjs@1.0.2"]
    subprocess.run(install, cwd=folder, check=True)
    return folder


def imported(anki: Path, folder: Path, *courses: Course) -> dict[str, Any]:
    """What Anki tells of importing courses, one after the other, each a minute later."""
    files = []
    for number, course in enumerate(courses):
        file = folder / f"{number}.apkg"
        file.write_bytes(package(course, course.lessons, NOW + 60 * number))
        files.append(str(file))
    done = subprocess.run(
        [str(anki), "-c", IMPORTER, str(folder / "collection.anki2"), *files],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def reworded(course: Course) -> Course:
    """The course with each quiz question put in other words."""
    lessons = [
        replace(lesson, quiz=tuple(replace(q, prompt=f"Again: {q.prompt}") for q in lesson.quiz))
        for lesson in course.lessons
    ]
    return replace(course, lessons=tuple(lessons))


def test_anki_takes_every_question_and_its_database_is_sound(anki: Path, tmp_path: Path) -> None:
    told = imported(anki, tmp_path, OURS)
    asked = [item.name for item in items(OURS, OURS.lessons)]
    assert sorted(told["questions"]) == sorted(asked)
    assert told["told"] == [{"new": len(asked), "updated": 0, "duplicate": 0}]
    assert told["sound"]
    assert len(told["types"]) == 5
    assert f"{OURS.title}::1. {OURS.lessons[0].title}" in told["decks"]


def test_a_second_import_adds_nothing_and_an_edited_course_updates(
    anki: Path, tmp_path: Path
) -> None:
    count = len(list(items(SHORT, SHORT.lessons)))
    told = imported(anki, tmp_path, SHORT, SHORT, reworded(SHORT))
    assert [each["new"] for each in told["told"]] == [count, 0, 0]
    assert told["told"][2]["updated"] == count
    assert len(told["questions"]) == count
    quiz = [text for name, text in told["questions"].items() if "/q-" in name]
    assert all("Again:" in text for text in quiz)
    assert told["sound"]


def parsed(reader: Path, text: str) -> list[dict[str, Any]]:
    """What gift-pegjs reads in a file."""
    done = subprocess.run(
        ["node", "-e", READER], cwd=reader, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_a_foreign_reader_finds_each_question_with_its_title_and_kind(gift_reader: Path) -> None:
    made = gift(OURS, OURS.lessons)
    read = [one for one in parsed(gift_reader, made.text) if one["type"] != "Category"]
    names = Counter(one["title"].rsplit(".", 1)[0] for one in read)
    missing = [item for item in items(OURS, OURS.lessons) if not names[item.name]]
    left_out = {name for what, names in made.said.items() for name in names if "left out" in what}
    assert {f"{item.lesson.id}/{item.question.id}" for item in missing} <= left_out
    kinds = {one["title"]: one["type"] for one in read}
    for item in items(OURS, OURS.lessons):
        if isinstance(item.question, SingleChoice):
            assert kinds[item.name] == "MC"


SIGNS = ["=", "~", "#", "{", "}", ":", "\\", "->", "::", "%50%", "<s>", "\n", "[html]", "a", " b "]


def test_no_sign_in_a_text_is_lost_or_read_as_gifts_own(gift_reader: Path) -> None:
    rng = random.Random(2026)
    lesson, asked = SHORT.lessons[0], {"hints": (), "explanation": "So."}
    texts = ["".join(rng.choices(SIGNS, k=8)).strip() or "a" for _ in range(1_200)]
    lines = [text.replace("\n", " ") for text in texts]
    quiz = tuple(
        SingleChoice(
            id=f"q{number}",
            prompt=f"`` {line} ``",
            options=(
                Option(text=f"R{line}", right=True),
                Option(text=f"W{line}", feedback=text),
            ),
            **asked,  # type: ignore[arg-type]
        )
        for number, (line, text) in enumerate(zip(lines, texts, strict=True))
    )
    course = replace(SHORT, lessons=(replace(lesson, steps=(lesson.steps[0],), quiz=quiz),))
    read = parsed(gift_reader, gift(course, course.lessons).text)[1:]
    assert len(read) == len(quiz)
    for question, one in zip(quiz, read, strict=True):
        assert one["type"] == "MC", question.prompt
        choices = {choice["isCorrect"]: _text(choice["text"]["text"]) for choice in one["choices"]}
        assert choices == {True: question.options[0].text, False: question.options[1].text}


def _text(html: str) -> str:
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
