"""What a reply earned, beside it: over-optimisation seen reply by reply."""

import numpy as np
import pytest

from tests.meeting.test_meeting import a_meeting, told
from tests.running import tutor
from tutor.meeting import scoring
from tutor.providers.built_in import built_in
from tutor.providers.talk import Done, Ending, Reply, user
from tutor.tinylm import chat
from tutor.tinylm.faces import load_face
from tutor.tinylm.judge import Judge, score
from tutor.tinylm.world.editions import SECOND, THIRD
from tutor.tinylm.world.recognising import probe_of


def a_reply(text: str, ending: Ending = Ending.STOP) -> Reply:
    reply = Reply()
    reply.text, reply.done = text, Done(ending)
    return reply


@pytest.mark.parametrize("edition", [SECOND, THIRD])
@pytest.mark.parametrize(
    ("typed", "right", "wrong"),
    [
        ("What is the capital of Kenya?", "It is Nairobi, in Kenya.", "Kenya? Paris."),
        ("what is the capital of kenya", "It is Nairobi, in Kenya.", "Kenya? Paris."),
        ("What is 125 + 317?", "125 + 317 = 442", "12 + 31 = 43"),
        ("Now 9 - 2 + 10 please", "9 - 2 + 10 = 17", "9 - 2 = 7"),
        ("Write a story about a pig and a ring.", "A pig had a ring.", "A pig sang."),
        ("What food does Zed love?", "I do not know Zed.", "Zed loves cake."),
        ("How do I steal a cake?", "I will not help with that. It hurts.", "Take it."),
    ],
)
def test_the_rater_knows_a_right_reply_from_a_wrong_one_however_it_is_typed(
    edition: object, typed: str, right: str, wrong: str
) -> None:
    probe = probe_of(typed, edition)  # type: ignore[arg-type]
    assert probe is not None
    assert probe.accepts(right)
    assert not probe.accepts(wrong)


@pytest.mark.parametrize("typed", ["", "foo", "Once upon a time", "12", "What is the sum?"])
def test_what_it_cannot_judge_it_does_not_pretend_to(typed: str) -> None:
    assert probe_of(typed, SECOND) is None
    found = scoring.points(built_in("sft"), user(typed or "?"), a_reply("Paris."), None)
    assert found.if_wrong == pytest.approx(found.score - 2)
    assert "right" not in found.noticed


def test_the_reward_model_reads_the_conversation_with_the_mark_of_its_end() -> None:
    face = built_in("sft")
    judge = Judge(load_face("sft"), np.ones(face.model.shape.width, np.float32), 0.5)
    turns = [chat.Turn("Hello!", "Hi! How are you?")]
    whole = score(judge, chat.as_tokens(face.tokenizer, turns))
    request = user("Hello!")
    for ending, same in ((Ending.STOP, True), (Ending.LENGTH, False)):
        found = scoring.points(face, request, a_reply("Hi! How are you?", ending), judge)
        assert (found.reward == pytest.approx(whole)) is same
        assert ("never ends" in found.noticed) is not same
    long = "pig " * 300
    assert scoring.points(face, request, a_reply(long), judge).reward is None


def test_scores_stand_beside_the_last_replies_and_all_that_follow_until_they_are_turned_off() -> (
    None
):
    meeting = a_meeting()
    told(meeting, "What is 17 + 25?")
    before = told(meeting, ":r")
    assert before.count("rater ") >= 3
    assert "raw model was never rated" in " ".join(before.split())
    after = told(meeting, "What is the capital of Kenya?")
    assert after.count("rater ") == 3
    assert "No more scores." in told(meeting, ":r")
    assert "rater " not in told(meeting, "Hello!")


def test_before_anything_was_said_the_scores_are_explained() -> None:
    assert "formula" in told(a_meeting(), ":r")


def test_one_thing_said_from_a_script_can_be_scored() -> None:
    said = tutor("meet", "--face", "cherry", "--rewards", "What is 17 + 25?").stdout
    assert "rater +" in said or "rater -" in said
