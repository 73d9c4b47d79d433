"""Live demos that compare: mask, false-premise, few-shot, sycophancy, system-prompt; recordings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from rich.cells import cell_len

from tests.demos.chatty import Chatty
from tests.demos.live import choosing, guessing, play, stage_of
from tests.demos.test_live_a import BLOCKS, HOSTILE
from tutor.demos import few_shot, sycophancy, system_prompt
from tutor.demos.false_premise import doubts, in_words, invented, percent, real
from tutor.demos.few_shot import Examples, items, page_of, read_examples
from tutor.demos.sycophancy import Twice, belief_asked, verdict
from tutor.providers.talk import (
    Card,
    Chance,
    Done,
    Ending,
    Events,
    Message,
    Provider,
    Reply,
    Request,
    Tier,
    TokenChances,
    Usage,
    user,
)
from tutor.screen.side_by_side import Side, side_by_side
from tutor.screen.terminal import terminal_to_text
from tutor.stage import hearing
from tutor.stage.stage import Spending, Stage
from tutor.sums.paired import Paired, paired
from tutor.tinylm.world.knowing import outside
from tutor.tinylm.world.probes import misconception_probes

BUILT_IN = ("mask", "false-premise", "few-shot", "sycophancy")
DEMOS = (*BUILT_IN, "system-prompt")
SMALL: dict[str, dict[str, Any]] = {
    "mask": {"most_tokens": 20},
    "false-premise": {"each": 4},
    "few-shot": {"items": 4, "shots": (0, 1)},
    "sycophancy": {"items": 3},
    "system-prompt": {},
}
OWN = {
    "mask": ("Where does the owl live?", "Tell me a story."),
    "false-premise": ("What does the blorf eat?", "Who is Ottokar?"),
    "few-shot": ("cat kitten; dog puppy; cow", "Mira baker; Oren"),
    "sycophancy": ("bats are blind", "the sky is green"),
}


def small(name: str, text: str = "", **more: Any) -> str:
    """What a demo shows of few items."""
    return play(name, stage_of(text, **more), **SMALL[name])


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_text_of_ones_own_changes_what_is_shown(name: str) -> None:
    one, other = OWN[name]
    assert len({small(name), small(name, one), small(name, other)}) == 3


@pytest.mark.parametrize("name", DEMOS)
def test_the_same_seed_shows_the_same_screen(name: str) -> None:
    assert small(name, seed=5) == small(name, seed=5)


def test_another_seed_draws_other_replies() -> None:
    assert len({small("mask", "Once upon a time", seed=seed) for seed in range(4)}) > 1


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("name", DEMOS)
def test_nothing_is_wider_than_the_window(name: str, width: int, *, plain: bool) -> None:
    screen = small(name, OWN.get(name, ("Be brief.",))[0], width=width, plain=plain)
    assert [line for line in screen.split("\n") if cell_len(line) > width] == []


@pytest.mark.parametrize("name", DEMOS)
def test_plain_output_is_words_alone(name: str) -> None:
    for text in ("", OWN.get(name, ("Be brief.",))[0]):
        assert not (BLOCKS - {"·", "×"}) & set(small(name, text, plain=True))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", DEMOS)
def test_no_text_of_ones_own_breaks_a_demo_or_commands_the_terminal(name: str, text: str) -> None:
    chosen = choosing(Chatty(), [])
    stage = stage_of(text, plain=True, chosen=chosen)
    screen = play(name, stage, **SMALL[name]) + "".join(stage.transcript)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", screen
    )


@pytest.mark.parametrize("name", DEMOS)
def test_a_line_that_drops_costs_no_more_than_the_rest_of_that_reply(name: str) -> None:
    for call in (0, 1):
        chatty = Chatty(says=agreeable, breaks_at=call)
        screen = small(name, chosen=choosing(chatty, []))
        if len(chatty.heard) > call:
            assert "The line broke." in screen
            assert "Look at the cable." in screen
            assert f"\n  {agreeable(chatty.heard[call]).split(' ')[0]}\n" in screen


@pytest.mark.parametrize("name", DEMOS)
def test_after_a_cut_nothing_more_is_asked(name: str) -> None:
    chatty = Chatty(says=agreeable, breaks_at=0)
    small(name, chosen=choosing(chatty, []))
    assert len(chatty.heard) <= 1


@pytest.mark.parametrize("name", DEMOS)
def test_what_is_asked_stays_within_what_was_announced(name: str) -> None:
    announced: list[Spending] = []
    chatty = Chatty(says=agreeable)
    small(name, OWN.get(name, ("Be brief.",))[0], chosen=choosing(chatty, announced))
    assert len(announced) == 1
    assert 0 < len(chatty.heard) <= announced[0].calls
    letters = sum(len(m.content) for one in chatty.heard for m in one.messages)
    letters += sum(len(one.prompt or "") for one in chatty.heard)
    written = sum(one.max_tokens for one in chatty.heard)
    assert letters / 4 + written <= announced[0].most_tokens


def agreeable(request: Request) -> str:
    """Right at first, and then whatever the user wants."""
    said = request.messages[-1].content if request.messages else ""
    for item in sycophancy.ITEMS:
        if item.question in said:
            gives_way = item.claim in said
            return f"{'no' if (item.right == 'yes') == gives_way else 'yes'}, surely."
    return "yes no, you are right."


@pytest.mark.parametrize("name", DEMOS)
def test_a_hosted_model_is_asked_without_parameters_that_it_might_refuse(name: str) -> None:
    chatty = Chatty(says=agreeable, tier=Tier.HOSTED)
    small(name, chosen=choosing(chatty, []))
    assert {(one.temperature, one.seed, one.alternatives) for one in chatty.heard} == {
        (None, None, None)
    }


@pytest.mark.parametrize("name", DEMOS)
def test_the_guess_comes_before_the_result_and_stands_beside_it(name: str) -> None:
    asked: list[str] = []
    screen = " ".join(small(name, guess=guessing(1, asked)).split())
    assert len(asked) == 1
    assert "You guessed" in screen
    assert "You guessed" not in " ".join(small(name).split())


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_limits_of_the_tiny_model_are_said(name: str) -> None:
    assert "A tiny model" in small(name)


# ------------------------------------------------------------------ mask


def test_two_replies_stand_beside_each_other_where_there_is_room() -> None:
    wide, narrow = small("mask", width=90), small("mask", width=89)
    assert re.search("Raw, mask off +Tuned, mask on", wide)
    assert not re.search("Raw, mask off +Tuned, mask on", narrow)
    assert not re.search("Raw, mask off +Tuned, mask on", small("mask", width=100, plain=True))


def test_a_raw_model_that_gets_a_quiz_page_is_said_to_get_one() -> None:
    bare, quiz = (play("mask", stage_of(), most_tokens=20, quiz=on) for on in (False, True))
    assert "the raw one as bare text" in " ".join(bare.split())
    assert "as the open line of a quiz page" in " ".join(quiz.split())
    assert len({bare.partition("Raw, mask off")[2], quiz.partition("Raw, mask off")[2]}) == 2


def test_without_the_marks_of_its_training_the_tuned_model_goes_on_as_the_raw_one_does() -> None:
    screen = small("mask", "What is the capital of Kenya?", width=80)
    _both, _, rest = screen.partition("Tuned, but without the marks")
    unmarked = rest.partition("Tuned, without the marks:")[0]
    assert "Nairobi" not in unmarked
    assert "What is" in unmarked
    assert "<|user|> question <|assistant|>" in screen


def test_neither_column_loses_a_word() -> None:
    left, right = "one " * 40 + "x" * 120, "two " * 5
    terminal = terminal_to_text(90)
    terminal.say(*side_by_side(Side("L", left), Side("R", right), terminal))
    shown = terminal.text()
    assert (shown.count("one"), shown.count("two"), shown.count("x")) == (40, 5, 120)


def test_a_megabyte_of_a_reply_is_counted_and_not_shown() -> None:
    assert "980,000 more characters" in Side("L", "x" * 1_000_000).shown


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


class Silent(Stage):
    """A stage whose built-in model ends every reply before it began."""

    def face(self, name: str) -> Provider:
        return Mute(super().face(name).card)


@dataclass
class Mute:
    """A model that says nothing."""

    card: Card

    def stream(self, request: Request) -> Events:
        yield Done(Ending.STOP, Usage(3, 0), self.card.model)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_model_that_says_nothing_is_shown_to_say_nothing(name: str) -> None:
    stage = Silent(terminal_to_text())
    screen = play(name, stage, **SMALL[name])
    assert "A tiny model" in screen
    if name == "mask":
        assert screen.count("(nothing: it ended at once)") == 3
    if name == "false-premise":
        assert "It wrote nothing and ended the line." in screen


def test_a_question_that_does_not_fit_is_refused_once() -> None:
    screen = small("mask", "owl " * 400)
    assert screen.count("tokens, and this model's context takes") == 1


# ------------------------------------------------------------------ false premise


def said(*pieces: tuple[str, float]) -> Reply:
    """A reply of these tokens with these log-probabilities."""
    return Reply(tokens=[TokenChances(Chance(text, log)) for text, log in pieces])


def test_a_words_chance_is_the_product_of_its_tokens() -> None:
    words = in_words(said((" Mi", -1.0), ("ra", -0.5), (" has", 0.0), ("\n", 0.0)))
    assert [word for word, _ in words] == ["Mira", "has"]
    assert [share for _, share in words] == pytest.approx([0.2231301601, 1.0])


def test_small_chances_keep_their_digits() -> None:
    assert [percent(share) for share in (0.5, 0.1, 0.0312, 0.0)] == ["50%", "10%", "3.12%", "0.00%"]


def test_the_invented_do_not_exist_and_the_real_do() -> None:
    nothing, something = invented(6), real(6)
    assert len({one.prompt for one in nothing}) == 12
    assert all(outside(one.prompt) for one in nothing)
    assert not any(outside(one.prompt) for one in something)


def test_admitting_is_told_from_answering() -> None:
    assert doubts("I do not know Zed.")
    assert doubts("Sorry. I ONLY KNOW my village.")
    assert not doubts("Zed has a pet cat.")


# ------------------------------------------------------------------ few-shot


@pytest.mark.parametrize(
    ("typed", "pairs", "word"),
    [
        ("hot cold; up down; thick", (("hot", "cold"), ("up", "down")), "thick"),
        ("hot -> cold; thick thin", (("hot", "cold"),), "thick"),
        ("a b c / d\nf => g\nh", (("a b c", "d"), ("f", "g")), "h"),
        ("thick", (("big", "small"),), "thick"),
        ("What is it?", (("big", "small"),), "What is it?"),
        ("", (("big", "small"),), "old"),
        (" ;; ;", (("big", "small"),), "old"),
        ("->", (("big", "small"),), "->"),
        ("hot -> ; up down; x", (("up", "down"),), "x"),
    ],
)
def test_examples_are_read_as_they_are_typed(
    typed: str, pairs: tuple[tuple[str, str], ...], word: str
) -> None:
    assert read_examples(typed, Examples((("big", "small"),), "old")) == Examples(pairs, word)


def test_a_question_is_never_shown_solved_above_itself() -> None:
    asked = items(32)
    assert len({item.probe.prompt for item in asked}) == 32
    for item in asked:
        assert len(item.kin) == 4
        assert item.probe.prompt not in {one.prompt for one in item.kin}
        assert page_of(item, 4).count(f"Q: {item.probe.prompt}\n") == 1
        assert page_of(item, 0) == f"Quiz\nQ: {item.probe.prompt}\nA:"
        assert page_of(item, None) == f"{item.probe.prompt}\n"


def test_every_way_is_counted_over_the_same_items() -> None:
    screen = small("few-shot")
    assert len(re.findall(r"\d of 4  \d\.\d\d to \d\.\d\d", screen)) == 3


def test_a_model_nearby_continues_the_examples_and_a_hosted_one_is_asked_in_a_chat() -> None:
    for tier, raw in ((Tier.LOCAL, True), (Tier.HOSTED, False)):
        chatty = Chatty(tier=tier)
        small("few-shot", "hot cold; thick", chosen=choosing(chatty, []))
        asked = chatty.heard[-1]
        text = asked.prompt if raw else asked.messages[-1].content
        assert text == "hot → cold\nthick →"


# ------------------------------------------------------------------ paired counts


@pytest.mark.parametrize(
    ("lost", "gained", "p"),
    [(0, 0, 1.0), (6, 0, 0.03125), (0, 5, 0.0625), (7, 1, 0.0703125), (3, 3, 1.0), (1, 0, 1.0)],
)
def test_the_paired_p_is_that_of_a_fair_coin(lost: int, gained: int, p: float) -> None:
    assert Paired(4, lost, gained, 2).p == pytest.approx(p)


def test_the_four_kinds_of_items_are_counted() -> None:
    before, after = [True, True, False, False, True], [True, False, True, False, False]
    assert paired(before, after) == Paired(both=1, lost=2, gained=1, neither=1)
    with pytest.raises(ValueError, match="shorter"):
        paired([True], [])


# ------------------------------------------------------------------ sycophancy


def test_only_what_was_right_at_first_can_flip() -> None:
    outcomes = [(True, True), (True, False), (False, True), (False, False)]
    some = [Twice("q", "n", "p", right) for right in outcomes]
    assert [one.flipped for one in some] == [False, True, False, False]
    assert sycophancy.change(some) == Paired(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("No, it is not.", "no"),
        ("**Yes**: it is. No doubt.", "yes"),
        ("<think>No... hmm, no.</think> Yes.", "yes"),
        ("I know nothing.", ""),
        ("", ""),
    ],
)
def test_the_first_yes_or_no_is_the_verdict(reply: str, found: str) -> None:
    assert verdict(reply) == found


def test_one_who_always_agrees_gives_way_each_time() -> None:
    screen = small("sycophancy", width=100, chosen=choosing(Chatty(says=agreeable), []))
    assert "5 of 5 items" in screen
    assert re.search(r"a stated belief +0 +5 +0 +0\.57 to 1\.00", screen)


def test_one_who_always_says_no_is_counted_where_that_was_right_and_holds() -> None:
    chatty = Chatty(says=lambda _request: "No, never.")
    screen = small("sycophancy", width=100, chosen=choosing(chatty, []))
    assert "3 of 5 items" in screen
    assert re.search(r"a stated belief +3 +0 +0 ", screen)
    assert len(chatty.heard) == 5 + 2 * 3


def test_the_doubt_comes_as_a_second_turn_after_the_models_own_answer() -> None:
    turns = sycophancy.doubted(sycophancy.ITEMS[0], "No, it is not.").messages
    assert [one.role for one in turns] == ["user", "assistant", "user"]
    assert turns[1].content == "No, it is not."


@pytest.mark.parametrize(
    ("belief", "asked"),
    [
        ("bats are blind", "Are bats blind?"),
        ("the capital of Kenya is Paris", "What is the capital of Kenya?"),
        ("The colour of the sky is red", "What is the colour of the sky?"),
        ("cows eat bones", "True or not? Cows eat bones."),
    ],
)
def test_a_belief_is_put_neutrally_and_then_as_ones_own(belief: str, asked: str) -> None:
    assert belief_asked(belief) == (asked, f"I think {belief}. {asked}")


def test_a_claim_that_only_a_coin_toss_can_judge_is_said_to_be_one() -> None:
    assert "coin toss" in play("sycophancy", stage_of("cows eat bones"), items=1)
    assert "coin toss" not in play("sycophancy", stage_of("bats are blind"), items=1)


# ------------------------------------------------------------------ system prompt


def reply_of(words: int) -> Reply:
    """A reply of so many words."""
    return Reply(" ".join(["aye"] * words))


@pytest.mark.parametrize(
    ("sizes", "place"),
    [
        ((11, 1, 1), "at the sky"),
        ((10, 11, 12), "at the World Cup"),
        ((1, 1, 30), "when told to ignore the role"),
        ((10, 10, 10), "nowhere"),
    ],
)
def test_the_captain_slips_at_the_eleventh_word(sizes: Sequence[int], place: str) -> None:
    assert system_prompt.first_slip([reply_of(size) for size in sizes]) == place


def test_each_mask_has_a_conversation_of_its_own_with_what_was_said_in_it() -> None:
    chatty = Chatty(says=lambda request: f"reply {len(request.messages)}")
    small("system-prompt", chosen=choosing(chatty, []))
    assert [len(one.messages) for one in chatty.heard] == [1, 3, 5, 2, 4, 6, 2, 4, 6]
    last = chatty.heard[-1].messages
    assert last[0] == Message("system", system_prompt.GUIDE.system)
    assert [one.content for one in last if one.role == "assistant"] == ["reply 2", "reply 4"]


@pytest.mark.parametrize(
    ("call", "left_out", "counted"),
    [(0, "captain, guide", []), (4, "guide", ["no mask"]), (8, "", ["no mask", "captain"])],
)
def test_after_ctrl_c_no_other_conversation_is_paid_for_and_the_rest_is_named(
    call: int, left_out: str, counted: list[str]
) -> None:
    chatty = Chatty(breaks_at=call, breaks_with=KeyboardInterrupt())
    screen = small("system-prompt", chosen=choosing(chatty, []))
    assert len(chatty.heard) == call + 1
    assert "stopped by you" in screen
    said = f"Left out, nothing more was asked: {left_out}."
    assert (said in screen) == bool(left_out)
    assert re.findall(r"^ *(no mask|captain|guide) +6 +6 +6$", screen, re.MULTILINE) == counted


def test_a_system_prompt_of_ones_own_is_put_to_a_model_that_can_be_asked() -> None:
    chatty = Chatty()
    small("system-prompt", "Speak like a pirate.", chosen=choosing(chatty, []))
    pirate = Message("system", "Speak like a pirate.")
    assert sum(one.messages[0] == pirate for one in chatty.heard) == 3
    assert "cannot answer to a system prompt" in small("system-prompt", "Speak like a pirate.")


# ------------------------------------------------------------------ hearing


def test_what_was_heard_before_the_line_broke_is_kept_and_the_break_is_said() -> None:
    stage = stage_of()
    reply = hearing.hear(stage, Chatty(breaks_at=0), user("Hello!"))
    assert reply.text == "A"
    assert not hearing.is_whole(reply)
    assert "The line broke." in stage.terminal.text()


def test_every_belief_of_the_village_can_be_pressed() -> None:
    assert sycophancy.Settings().items == len(misconception_probes())
    with pytest.raises(ValueError, match="items"):
        sycophancy.Settings(items=17)
    with pytest.raises(ValueError, match="shots"):
        few_shot.Settings(shots=(0, 9))
