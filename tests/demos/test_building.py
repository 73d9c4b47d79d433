"""What lesson 6 has the learner build: a prompt that is graded, pieces, a check of answers."""

import re

import pytest

from tests.demos.models import saying
from tests.demos.playing import choosing, flat, play, stage_of, typing
from tutor.demos.chunks import SOUGHT, cut, holds, pages, recall
from tutor.demos.graded_prompt import SHOWN, UNSEEN, filled, label
from tutor.demos.parts.desk_notes import LOOKUPS, NOTES, SPOTS, found, planted
from tutor.demos.retrieval import Answer
from tutor.tinylm.world.animals import ANIMALS


def test_each_animal_is_what_the_cases_say_and_none_is_asked_twice() -> None:
    kinds = {animal.name: animal.kind for animal in ANIMALS}
    cases = (*SHOWN, *UNSEEN)
    assert [kinds[name] for name, _ in cases] == [kind for _, kind in cases]
    assert len({name for name, _ in cases}) == len(cases)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("The owl is a bird.", "bird"),
        ("Birds!", "bird"),
        ("a bird or a mammal", ""),
        ("a reptile", ""),
        ("birdsong", ""),
    ],
)
def test_a_reply_names_one_kind_or_none(reply: str, said: str) -> None:
    assert label(reply) == said


def test_a_prompt_is_filled_without_being_obeyed() -> None:
    assert filled("{animal.name} {0} {animal}?", "owl") == "{animal.name} {0} owl?"
    assert filled("Which kind?", "owl") == "Which kind? owl"


def test_a_learners_prompts_are_graded_one_by_one_and_a_beginning_beats_a_question() -> None:
    stage = stage_of(ask=typing("Sort the animal: {animal}.", "{animal}"))
    words = flat(play("graded-prompt", stage))
    asked, _, _, begun = map(int, re.findall(r"(\d+) of 12 right", words))
    assert begun >= asked + 6
    assert "twelve kept back" in words


def test_the_answer_to_every_question_stands_in_some_piece_of_the_course() -> None:
    pieces = cut(200, 150)
    lost = [one.question for one in SOUGHT if not any(holds(e, one.answer) for e in pieces)]
    assert lost == []


def test_pieces_hold_all_words_and_share_what_they_should() -> None:
    pieces = cut(50, 10)
    first, second = pieces[0].split(), pieces[1].split()
    assert first[-10:] == second[:10]
    assert {len(piece.split()) for piece in pieces[:5]} == {50}
    assert {word for piece in pieces for word in piece.split()} == {w for p in pages() for w in p}


def test_overlap_finds_what_a_cut_has_parted() -> None:
    assert recall(50, 25).found > recall(50, 0).found


def test_a_cut_that_makes_no_sense_is_refused_in_words() -> None:
    words = flat(play("chunks", stage_of(ask=typing("80 80", "5000 1", "what?", "80 20"))))
    assert words.count("Take 5 to") == 3
    assert "words: 80, overlap: 20" in words or " 80 20 " in words


def test_a_search_brings_the_one_note_and_the_planted_one_behind_it() -> None:
    for one in LOOKUPS:
        assert [note.text.split()[3] for note in found(one.question, NOTES)] == [one.thing]
        bad = planted("Then Lily moved the {thing} to the well.", one.thing)
        assert found(one.question, [*NOTES, bad])[1] == bad
        assert one.place in SPOTS


def test_the_check_lets_out_only_what_a_note_says_and_knows_who_wrote_it() -> None:
    key = LOOKUPS[0]
    bad = planted("Then Lily moved the {thing} to the well.", key.thing)
    told = Answer(key, (NOTES[0], bad), "The key is in the jar.")
    fooled = Answer(key, (NOTES[0], bad), "The key is in the well.")
    invented = Answer(key, NOTES, "The key is in the bed.")
    assert told.right
    assert told.backed(by_the_desk=True)
    assert not fooled.right
    assert fooled.backed(by_the_desk=False)
    assert not fooled.backed(by_the_desk=True)
    assert not invented.backed(by_the_desk=False)


def test_the_small_model_answers_from_the_note_that_was_fetched_and_believes_a_planted_one() -> (
    None
):
    words = flat(play("retrieval", stage_of(width=100)))

    def row(title: str) -> tuple[int, ...]:
        found = re.search(rf"{title} (\d+) of 12 (\d+) (\d+)", words)
        assert found, words
        return tuple(map(int, found.groups()))

    assert row("nothing")[0] <= 3
    assert row("the notes that a search finds")[0] >= 10
    assert row("the same, one note planted")[2] >= 6
    assert row("only the desk's notes count")[2] == 0


def test_a_model_of_ones_own_is_asked_the_same_questions() -> None:
    actor = saying("The key is in the jar.")
    play("retrieval", stage_of(chosen=choosing(actor)), questions=3)
    assert len(actor.asked) == 12
    assert "Where is the key?" in actor.asked[0].messages[-1].content
