"""The first minute: a learner's beginning, and where their guess stands among the chances."""

from tests.demos.playing import flat, play, stage_of, typing


def test_a_guess_of_the_likeliest_word_is_told_to_be_first() -> None:
    stage = stage_of("The capital of Kenya is in the", guess=lambda *_: "zzz")
    assert 'You guessed "zzz". Its first piece' in flat(play("first-words", stage))
    stage = stage_of("Once upon a time", guess=lambda *_: "there")
    assert "place 1 of 3,076" in flat(play("first-words", stage))


def test_only_the_first_word_of_a_long_guess_is_weighed() -> None:
    stage = stage_of("Once upon a time", guess=lambda *_: "there was a king")
    assert 'You guessed "there"' in flat(play("first-words", stage))


def test_who_types_no_beginning_gets_one_and_may_go_on_with_others() -> None:
    shown = flat(play("first-words", stage_of(ask=typing("", "The owl"))))
    assert 'After "Once upon a time there was a"' in shown
    shown = flat(play("first-words", stage_of(ask=typing("The sea", "The owl"))))
    assert 'After "The sea"' in shown
    assert 'After "The owl"' in shown


def test_a_guess_that_begins_with_a_lone_blank_names_it() -> None:
    stage = stage_of("The owl", guess=lambda *_: "3")
    assert "Its first piece, a blank, had" in flat(play("first-words", stage))
