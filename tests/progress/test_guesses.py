"""Guesses at demos beside those of prediction steps: told apart, in old journals and new."""

from pathlib import Path

from tutor.progress.events import Place, Predicted
from tutor.progress.exchange import export_events, import_events
from tutor.progress.journal import Journal
from tutor.progress.lesson_progress import Guess


def place(step: str, question: str = "", content: str = "") -> Place:
    return Place(course="short", lesson="one", step=step, question=question, content=content)


def test_several_guesses_in_one_step_do_not_push_each_other_out(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite3") as journal:
        journal.record(place("guess"), Predicted(raw="2"))
        journal.record(place("live", "which-word", "aa"), Predicted(raw="mat"))
        journal.record(place("live", "which-word", "bb"), Predicted(raw="moon"))
        kept = journal.lesson("short", "one").predictions
        words = {name: guess.words for name, guess in kept.items()}
        assert words == {"guess": "2", "live/which-word/aa": "mat", "live/which-word/bb": "moon"}
        journal.rebuild()
        assert journal.lesson("short", "one").predictions == kept
        assert journal.faults() == []


def test_guesses_at_demos_travel_in_an_export(tmp_path: Path) -> None:
    outside = Place(course="", lesson="", step="next-token", question="which", content="aa")
    with Journal.open(tmp_path / "one.sqlite3") as journal:
        journal.record(outside, Predicted(raw="The cat"))
        assert export_events(journal, tmp_path / "events.jsonl") == 1
        assert journal.rebuild() == 0, "no lesson was touched"
    with Journal.open(tmp_path / "two.sqlite3") as other:
        assert import_events(other, tmp_path / "events.jsonl").added == 1
        kept = Guess(words="The cat", content="aa")
        assert other.lesson("", "").predictions == {"next-token/which/aa": kept}
        assert other.lessons("short") == {}
