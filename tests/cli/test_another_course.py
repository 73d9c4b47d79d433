"""A course on bread: its learner hears of dough, and is asked numbers that are drawn."""

import re
from pathlib import Path

import pytest

from tests.running import here as tutor
from tutor.cli.called import in_course
from tutor.errors import Exit

BREAD = Path(__file__).parents[1] / "courses" / "bread"
FOREIGN = re.compile(r"\b(models?|tokens?|language|LLMs?|meet|demos?|AI)\b", re.IGNORECASE)
TO_THE_NUMBER = ["", "2", "", "", ""]
"""Past the opening, the guess and what it leads to; then the text and the guess again."""


@pytest.mark.parametrize(
    "arguments", [[], ["lessons"], ["glossary"], ["progress"], ["show", "1"], ["learn"], ["quiz"]]
)
def test_nobody_is_told_of_models_by_a_course_on_bread(arguments: list[str]) -> None:
    done = tutor(*arguments, TUTOR_COURSE=str(BREAD))
    assert done.returncode == 0, done
    assert not FOREIGN.findall(done.stdout)


def test_home_stays_with_bread_once_the_lesson_is_under_way() -> None:
    tutor("learn", typed="\n2\n", TUTOR_COURSE=str(BREAD))
    said = tutor(TUTOR_COURSE=str(BREAD)).stdout
    assert "You are in lesson 1, What a dough is made of" in said
    assert not FOREIGN.findall(said)


def test_help_speaks_of_models_only_at_the_commands_that_have_to_do_with_them() -> None:
    said = tutor("--help").stdout
    about, commands = said.split("Commands:")
    assert not FOREIGN.findall(about)
    about_models = [line.split()[0] for line in commands.splitlines() if FOREIGN.search(line)]
    assert about_models == ["meet", "look", "train", "demo", "bench", "model"]


def test_a_course_of_ones_own_asks_a_number_that_it_has_drawn() -> None:
    begun = "\n".join([*TO_THE_NUMBER, "1", ""])  # an answer, so that the question is half done
    water, flour = numbers_in(tutor("learn", typed=begun, TUTOR_COURSE=str(BREAD)).stdout)
    assert (water, flour) in {(w, f) for w in (300, 350, 400, 450) for f in (500, 600)}
    wrong = f"{100 * water / (water + flour):.1f}"
    right = f"{100 * water / flour:.1f}"
    said = tutor("learn", typed=f"{wrong}\n{right}\n", TUTOR_COURSE=str(BREAD)).stdout
    assert numbers_in(said) == (water, flour)
    told = " ".join(said.split())
    assert "the share of the whole dough" in told
    assert "Right." in told
    assert f"{water} / {flour} × 100 = {right.removesuffix('.0')} %" in told


def numbers_in(screen: str) -> tuple[int, int]:
    """The grams of water and of flour that the question speaks of."""
    found = re.search(r"holds (\d+) g of water on (\d+) g of flour", " ".join(screen.split()))
    assert found is not None, screen
    return int(found[1]), int(found[2])


@pytest.mark.parametrize(
    "words",
    [
        ["--course", str(BREAD), "lessons"],
        ["lessons", f"--course={BREAD}"],
        ["progress", "--course", str(BREAD), "--json"],
        ["course", "check", "--course", str(BREAD)],
        ["--course", str(BREAD)],
    ],
    ids=" ".join,
)
def test_a_course_may_be_named_before_a_command_or_behind_it(words: list[str]) -> None:
    done = tutor(*words)
    assert done.returncode == 0, done
    assert not FOREIGN.findall(done.stdout)


@pytest.mark.parametrize("words", [["--course", "", "lessons"], ["progress", "--course="]])
def test_an_unset_variable_does_not_stand_for_the_tutors_own_course(words: list[str]) -> None:
    done = tutor(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--course names no course" in done.stderr
    assert "tutor course list" in done.stderr


def test_what_is_said_to_come_back_leads_back_to_the_course_that_was_named(tmp_path: Path) -> None:
    home, course = {"TUTOR_HOME": str(tmp_path)}, f"tutor --course {BREAD}"
    assert f"{course} quiz --placement" in flat(tutor("--course", str(BREAD), **home).stdout)
    left = tutor("--course", str(BREAD), "learn", typed="q\n", **home)
    assert flat(left.stdout).endswith(f"To go on from this very place: {course}")
    left = tutor("learn", typed="q\n", TUTOR_COURSE=str(BREAD), **home)
    assert flat(left.stdout).endswith("To go on from this very place: tutor")


def flat(text: str) -> str:
    return " ".join(text.split())


def hints_of(*words: str) -> list[str]:
    """What a call tells to type, on either stream."""
    done = tutor(*words)
    return re.findall(r"tutor [^\n]*", flat(done.stderr) + "\n" + flat(done.stdout))


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["glossary", "xyzzy"], "glossary"),
        (["show", "xyzzyx"], "lessons"),
        (["progress", "why", "xyzzy"], "progress why"),
        (["ask", ""], 'ask "why is that so?"'),
    ],
)
@pytest.mark.parametrize("behind", [True, False])
def test_a_hint_that_is_typed_as_it_stands_leads_to_the_course_that_was_named(
    words: list[str], command: str, *, behind: bool
) -> None:
    named = ["--course", str(BREAD)]
    said = " ".join(hints_of(*words, *named) if behind else hints_of(*named, *words))
    assert f"tutor --course {BREAD} {command}" in said or "did you mean" in said
    assert f"tutor {command}" not in said
    again = tutor("--course", str(BREAD), *command.partition(" ")[0].split(), *command.split()[1:2])
    assert "no such command" not in again.stderr.casefold()


def test_without_a_named_course_hints_are_as_short_as_they_were() -> None:
    assert in_course("all terms: tutor glossary", ["glossary", "x"]) == "all terms: tutor glossary"
    assert in_course("x: tutor glossary", ["glossary", "--course=a b"]) == (
        "x: tutor --course 'a b' glossary"
    )
    assert in_course("see: tutor model list", ["--course", "a"]) == "see: tutor model list"


def test_progress_tells_how_to_ask_on_about_this_course(tmp_path: Path) -> None:
    home = {"TUTOR_HOME": str(tmp_path)}
    named = ["--course", str(BREAD)]
    begun = "\n".join([*TO_THE_NUMBER, "1", "1", "", ""])
    tutor(*named, "learn", typed=begun, **home)
    said = flat(
        tutor(*named, "progress", **home).stdout + tutor(*named, "progress", "why", **home).stdout
    )
    assert f"tutor --course {BREAD} progress why" in said or "progress why" not in said
    page = tutor(*named, "progress", "--html", "-", **home).stdout
    assert f"tutor --course {BREAD} progress --html" in page


def test_a_course_that_the_environment_names_and_nobody_knows_is_named_with_where_to_look() -> None:
    for words in ([], ["lessons"], ["learn"]):
        done = tutor(*words, TUTOR_COURSE="mine")
        assert "no course 'mine'" in done.stderr
        assert "TUTOR_COURSE" in done.stderr
        assert done.returncode == Exit.USAGE
