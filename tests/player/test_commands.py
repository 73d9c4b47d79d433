"""What a typed line means: a key, a reply, or neither; and how a key is spelt on the screen."""

import pytest

from tutor.player.commands import (
    LABELS,
    LETTERS,
    WORDS,
    Command,
    Habit,
    Key,
    Unknown,
    bar,
    meant,
    number_typed,
    read_command,
    typed,
)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("", Command(Key.NEXT)),
        ("  \t", Command(Key.NEXT)),
        ("q", Command(Key.QUIT)),
        (" Q ", Command(Key.QUIT)),
        ("QUIT", Command(Key.QUIT)),
        (":q", Command(Key.QUIT)),
        ("exit", Command(Key.QUIT)),
        ("?", Command(Key.HELP)),
        ("g token", Command(Key.GLOSSARY, "token")),
        (":g  base model ", Command(Key.GLOSSARY, "base model")),
        ("n look here", Command(Key.NOTE, "look here")),
        ("w a typo", Command(Key.WRONG, "a typo")),
        ("r The cat", Command(Key.RUN, "The cat")),
        ("back to the start", None),
        ("q 2", None),
        ("s s", None),
        ("done", None),
        ("edit", None),
        (":done", Command(Key.DONE)),
        (":edit", Command(Key.EDIT)),
        ("2", None),
        ("the cat", None),
        (":", Unknown(":")),
        (":xyzzy now", Unknown(":xyzzy now")),
        (":2", Unknown(":2")),
        ("::q", Unknown("::q")),
    ],
)
def test_where_numbers_are_typed_a_letter_is_a_key(line: str, read: object) -> None:
    assert read_command(line, free_text=False) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("", None),
        ("   ", None),
        ("q", Habit(Key.QUIT)),
        (" Skip ", Habit(Key.SKIP)),
        ("?", Command(Key.HELP)),
        ("=", Habit(Key.SAME)),
        ("done", Habit(Key.DONE)),
        ("g token", None),
        ("the hint", None),
        ("back to front", None),
        ("33", None),
        (":s", Command(Key.SKIP)),
        (":=", Command(Key.SAME)),
        (":n why?", Command(Key.NOTE, "why?")),
        (":nonsense", Unknown(":nonsense")),
    ],
)
def test_where_words_are_the_answer_no_word_is_obeyed_without_its_colon(
    line: str, read: object
) -> None:
    assert read_command(line, free_text=True) == read


@pytest.mark.parametrize("key", Key)
def test_what_the_screen_says_to_type_is_understood_as_that_key(key: Key) -> None:
    for free_text in (False, True):
        if free_text and key is Key.NEXT:
            continue  # an empty line is asked about where words are the answer
        said = typed(key, free_text=free_text)
        line = "" if said == "Enter" else said
        read = read_command(line, free_text=free_text)
        assert isinstance(read, Command)
        assert meant(read, (key,)).key is key


def test_every_key_has_a_label_and_every_word_is_told_from_the_letters() -> None:
    assert set(LABELS) == set(Key)
    assert not set(WORDS) & {key.value for key in Key}
    letters = [key.value for key in Key if key not in LETTERS]
    assert len(letters) == len(set(letters))


def test_a_letter_shared_by_two_keys_means_the_one_that_the_screen_has() -> None:
    pressed = Command(Key.SKIP, "here")
    assert meant(pressed, (Key.SAVE, Key.QUIT)) == Command(Key.SAVE, "here")
    assert meant(pressed, (Key.SKIP, Key.QUIT)) == pressed
    assert meant(Command(Key.MISSED), (Key.MORE,)) == Command(Key.MORE)


def test_the_bar_says_what_enter_does_here_and_where_a_colon_is_needed() -> None:
    keys = (Key.NEXT, Key.SKIP, Key.DONE)
    assert bar(keys) == [("Enter", "continue"), ("s", "skip"), (":done", "hand in")]
    assert bar(keys, free_text=True, said={Key.NEXT: "start"}) == [
        ("Enter", "start"), (":s", "skip"), (":done", "hand in"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("3", 3),
        ("03", 3),
        ("0", None),
        ("4", None),
        ("-1", None),
        ("1.0", None),
        ("²", None),
        ("one", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_only_a_number_that_stands_on_the_screen_is_one(text: str, number: int | None) -> None:
    assert number_typed(text, 3) == number
