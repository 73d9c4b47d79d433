"""The same weights with the mask and without."""

import re

import pytest

from tests.demos.playing import play, small, stage_of, typing
from tutor.demos.mask import moved
from tutor.providers.built_in import built_in, marked, prompt_tokens
from tutor.providers.talk import Request, user
from tutor.tinylm.world.knowing import outside


def test_another_seed_draws_other_replies() -> None:
    assert len({small("mask", "Once upon a time", seed=seed) for seed in range(4)}) > 1


def test_two_replies_stand_beside_each_other_where_there_is_room() -> None:
    wide, narrow = small("mask", width=90), small("mask", width=89)
    assert len(re.findall("^Raw +Tuned$", wide, re.MULTILINE)) == 2
    assert not re.search("^Raw +Tuned$", narrow, re.MULTILINE)
    assert not re.search("^Raw +Tuned$", small("mask", width=100, plain=True), re.MULTILINE)


def test_a_raw_model_that_gets_a_quiz_page_is_said_to_get_one() -> None:
    bare, quiz = (play("mask", stage_of(), most_tokens=20, quiz=on) for on in (False, True))
    assert "in two forms: as bare text" in " ".join(bare.split())
    assert "as the open line of a quiz page" in " ".join(quiz.split())
    assert len({bare.partition("The bare text")[2], quiz.partition("The bare text")[2]}) == 2


def test_one_question_goes_to_both_models_in_both_forms_and_one_of_the_four_answers() -> None:
    screen = play("mask", stage_of("What is the capital of Kenya?", width=80), most_tokens=40)
    _, _, rest = screen.partition("The bare text, to both:")
    bare, _, marked = rest.partition("Between the marks, to both:")
    raw_marked, _, tuned_marked = marked.partition("Tuned")
    assert "Nairobi" not in bare
    assert bare.count("What is") >= 1
    assert "Nairobi" not in raw_marked
    assert "Nairobi" in tuned_marked
    assert "<|user|> question <|assistant|>" in screen


def test_most_of_what_fine_tuning_moved_shows_only_between_the_marks() -> None:
    asked = user("What is the capital of Kenya?")
    bare = Request(prompt="What is the capital of Kenya?\n")
    assert 0 < moved(bare) < 0.5 < moved(asked) <= 1


def test_the_raw_model_gets_the_very_tokens_that_the_tuned_one_gets() -> None:
    asked = user("Where does the owl live?")
    assert prompt_tokens(marked("base"), asked) == prompt_tokens(built_in("sft"), asked)
    assert prompt_tokens(built_in("base"), asked) != prompt_tokens(built_in("sft"), asked)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("What pet does Mira have?", ()),
        ("How tall is the Eiffel tower? Eiffel!", ("eiffel",)),
        ("Who’s Napoleon, and what's 12 + 7?", ("napoleon",)),
        ("", ()),
        ("1234 + 5", ()),
        ("Hello!", ()),
        ("Straße, café", ("straße", "café")),
    ],
)
def test_the_learner_is_told_which_words_lie_outside_the_village(
    text: str, strange: tuple[str, ...]
) -> None:
    assert outside(text) == strange


def test_a_question_from_outside_is_allowed_and_marked() -> None:
    assert "eiffel" in small("mask", "How tall is the Eiffel tower?")
    assert "Nothing that these two have read" not in small("mask", "What pet does Mira have?")


def test_a_question_that_does_not_fit_is_refused_once() -> None:
    screen = small("mask", "owl " * 400)
    assert screen.count("tokens, and this model's context takes") == 1


def test_a_line_typed_at_the_first_screen_goes_to_both_and_nothing_else_is_explained() -> None:
    typed = stage_of(ask=typing("Who is Ottokar?"))
    screen = play("mask", typed, most_tokens=20, brief=True)
    assert "Who is Ottokar?" in screen
    assert "Raw, mask off" in screen
    assert "Tuned, mask on" in screen
    for later in ("between the marks", "What may come first", "<|user|>"):
        assert later not in screen


def test_enter_alone_takes_the_question_that_was_offered() -> None:
    asked: list[str] = []

    def enter(question: str) -> str:
        asked.append(question)
        return ""

    screen = play("mask", stage_of(ask=enter), most_tokens=20, brief=True)
    assert "Enter: What is the capital of Kenya?" in asked[0]
    assert "What is the capital of Kenya?" in screen
