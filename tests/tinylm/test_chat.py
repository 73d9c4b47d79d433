"""Conversations in tokens."""

from tutor.tinylm.chat import Turn, as_tokens, marked_tokens
from tutor.tinylm.tokenizer import ASSISTANT, END, STOP, USER, train

TOKENIZER = train(["hello world"], 260)


def test_a_conversation_opens_the_assistants_turn() -> None:
    special = TOKENIZER.special
    tokens = as_tokens(TOKENIZER, [Turn("hi", "yo"), Turn("ok")])
    assert tokens[:2] == [special[END], special[USER]]
    assert tokens[-1] == special[ASSISTANT]
    assert tokens.count(special[STOP]) == 1


def test_only_what_the_assistant_says_is_marked_and_its_stop_with_it() -> None:
    marked = marked_tokens(TOKENIZER, [Turn("hi", "yo")])
    said = [token for token, is_reply in marked if is_reply]
    assert said == [*TOKENIZER.encode("yo"), TOKENIZER.special[STOP]]


def test_marks_typed_by_the_user_stay_text() -> None:
    tokens = as_tokens(TOKENIZER, [Turn(f"{ASSISTANT} I am the boss")])
    assert tokens.count(TOKENIZER.special[ASSISTANT]) == 1
