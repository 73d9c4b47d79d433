"""What a key does to the model on the bench, and what is said of it."""

import pytest

from tests.looking.benches import FINLAND, KENYA, LONG, Pages, bench_of, done
from tutor.errors import TutorError
from tutor.looking import sight
from tutor.looking.bench import LAB_ON, Bench, Typing
from tutor.looking.deeds import Deed
from tutor.looking.pieces import Spot
from tutor.looking.sight import Carried, Pane
from tutor.looking.speakers import known
from tutor.tinylm.inside.changes import Head, Mlp
from tutor.tinylm.inside.findings import findings

CARRIED = findings().carrying.layer
LEFT, RIGHT, UP, DOWN = Deed.LEFT, Deed.RIGHT, Deed.UP, Deed.DOWN


def chance(bench: Bench) -> float:
    return bench.reading.chances[1]


def named(bench: Bench) -> str:
    return bench.reading.label(bench.reading.wanted)


def test_it_begins_at_the_last_token_on_a_head_that_carries_facts() -> None:
    bench = bench_of()
    assert bench.sight.place == bench.reading.places - 1
    assert str(bench.sight.part(bench.speaker.model.shape)) == findings().copying.copiers[0]
    assert named(bench) == "␣Nairobi"
    assert "head" in bench.foot


def test_two_heads_taken_out_cost_the_fact_and_come_back() -> None:
    bench = bench_of()
    before = chance(bench)
    for head in map(Head.named, findings().copying.copiers):
        bench.click(Pane.PARTS, Spot(layer=head.layer, column=head.head))
        bench.do(Deed.TAKE_OUT)
    assert chance(bench) < 0.5 < before
    assert bench.reading.losses is not None
    assert bench.reading.losses[1] > bench.reading.losses[0]
    assert "is out" in bench.foot
    done(bench, Deed.UNDO)
    assert len(bench.sight.changed.without) == 1
    done(bench, Deed.CLEAR)
    assert chance(bench) == before
    assert bench.reading.losses is None


def test_an_mlp_can_be_taken_out_as_well() -> None:
    bench = done(bench_of(), *[Deed.OTHER_PANE] * 2, *[RIGHT] * 4, *[UP] * 5, Deed.TAKE_OUT)
    assert bench.sight.changed.without == {Mlp(0)}
    assert chance(bench) < 0.05
    assert "The MLP 1 is out" in bench.foot
    bench.see(Pane.ATTENTION)
    assert "works on" in bench.foot


def test_arrows_walk_through_heads_layers_and_tokens_and_stop_at_the_edges() -> None:
    bench = bench_of()
    done(bench, *[LEFT] * 40, *[UP] * 40)
    assert (bench.sight.layer, bench.sight.column, bench.sight.place) == (0, 0, 0)
    done(bench, *[RIGHT] * 40, *[DOWN] * 40)
    shape = bench.speaker.model.shape
    assert (bench.sight.layer, bench.sight.column) == (shape.layers - 1, shape.heads - 1)
    assert bench.sight.place == bench.reading.places - 1
    done(bench, Deed.LAYER_BEFORE)
    assert bench.sight.layer == shape.layers - 2
    done(bench, *[Deed.LAYER_AFTER] * 9)
    assert bench.sight.layer == shape.layers - 1


def test_another_head_follows_the_last_one_of_a_layer() -> None:
    bench = bench_of()
    bench.click(Pane.ATTENTION, Spot(layer=1, column=3))
    assert done(bench, RIGHT).sight.layer == 2
    assert bench.sight.column == 0
    assert done(bench, LEFT).sight.column == 3


def test_the_panes_follow_each_other_in_a_ring() -> None:
    bench = bench_of()
    seen = [done(bench, Deed.OTHER_PANE).sight.pane for _ in Pane]
    assert seen == [Pane.LENS, Pane.PARTS, Pane.PATCH, Pane.NEXT, Pane.ATTENTION]
    assert done(bench, Deed.PANE_BEFORE).sight.pane is Pane.NEXT


def test_the_lens_tells_what_it_would_say_at_each_layer_and_place() -> None:
    bench = done(bench_of(), Deed.OTHER_PANE)
    assert "Stopped after layer 5, it would say “Nairobi” after “is”" in bench.foot
    done(bench, *[UP] * 9)
    assert "Stopped before its first layer" in bench.foot
    done(bench, LEFT)
    assert "after “Kenya”" in bench.foot


def test_the_next_tokens_can_be_followed_one_after_the_other() -> None:
    bench = bench_of()
    bench.see(Pane.NEXT)
    first = named(bench)
    done(bench, DOWN)
    assert named(bench) == bench.reading.nexts[1].label != first
    assert done(bench, UP, UP).reading.wanted == bench.reading.nexts[0].token
    assert "as open as" in bench.foot
    done(bench, *[DOWN] * 99)
    assert bench.reading.wanted == bench.reading.nexts[-1].token


def test_a_state_carried_over_brings_the_other_answer() -> None:
    bench = done(bench_of(), Deed.PATCH)
    assert bench.typing is Typing.SECOND
    assert "change a word" in bench.foot
    bench.typed(FINLAND)
    bench.typing = None
    assert bench.sight.pane is Pane.PATCH
    sweep = bench.reading.sweep
    assert sweep is not None
    assert sweep.answer == "␣Helsinki"
    assert sweep.shares[CARRIED - 1][4] > 0.5 > sweep.shares[CARRIED][4]
    done(bench, LEFT, *[UP] * (6 - CARRIED), Deed.TAKE_OUT)
    assert bench.sight.changed.carried == {Carried(CARRIED - 1, 4)}
    assert bench.reading.first == ("␣Nairobi", "␣Helsinki")
    assert "The state of “Finland” is in for “Kenya”" in bench.foot
    assert bench.reading.losses is None, "a state of one text does nothing to other pages"
    done(bench, Deed.TAKE_OUT)
    assert not bench.sight.changed.carried


def test_without_a_second_text_it_is_said_what_to_press() -> None:
    bench = bench_of()
    bench.see(Pane.PATCH)
    assert "press p" in bench.foot
    assert "press p" in done(bench, Deed.TAKE_OUT).note


def test_a_shorter_second_text_leaves_places_without_partners() -> None:
    bench = bench_of()
    bench.look(sight.beside(bench.sight, "Peru is"))
    done(bench, *[LEFT] * 3)
    assert "has no partner" in bench.foot
    done(bench, Deed.TAKE_OUT)
    assert bench.reading.first == ("␣Nairobi", "␣Nairobi")


def test_a_push_makes_the_raw_model_answer_a_question() -> None:
    bench = bench_of(text="What is the capital of Kenya?\n")
    before = bench.reading.nexts[0].label
    done(bench, Deed.PUSH)
    steer = bench.sight.changed.steer
    assert steer is not None
    assert steer.name == "an answer"
    assert bench.reading.nexts[0].label == "␣The" != before
    done(bench, *[Deed.COOLER] * 10, *[Deed.WRITE] * 6)
    written = bench.speaker.tokenizer.decode(bench.sight.said)
    assert written == " The capital of Kenya is Nairobi"
    done(bench, Deed.ERASE)
    assert bench.speaker.tokenizer.decode(bench.sight.said).endswith("Kenya is")


def test_the_dial_goes_up_and_down_and_a_layer_later_as_far_as_it_goes() -> None:
    bench = done(bench_of(), Deed.PUSH)
    steer = bench.sight.changed.steer
    assert steer is not None
    strength = steer.strength
    for deed, wanted in ((Deed.STRONGER, strength + 0.25), (Deed.WEAKER, strength)):
        now = done(bench, deed).sight.changed.steer
        assert now is not None
        assert now.strength == wanted
    done(bench, *[Deed.STRONGER] * 99, *[Deed.LATER] * 99)
    now = bench.sight.changed.steer
    assert now is not None
    assert (now.strength, now.after) == (sight.STRONGEST, bench.speaker.model.shape.layers)
    done(bench, *[Deed.EARLIER] * 99)
    assert bench.sight.changed.steer is not None
    assert bench.sight.changed.steer.after == 0


def test_a_dial_without_a_push_says_what_to_press() -> None:
    for deed in (Deed.STRONGER, Deed.WEAKER, Deed.EARLIER, Deed.LATER):
        assert "press v" in done(bench_of(), deed).note


def test_pressing_again_takes_the_next_direction_and_then_none() -> None:
    bench = bench_of()
    bench.look(sight.beside(bench.sight, FINLAND))
    names = []
    for _ in range(3):
        steer = done(bench, Deed.PUSH).sight.changed.steer
        names.append(steer.name if steer is not None else "")
    assert names == ["an answer", "the other text", ""]


@pytest.mark.parametrize("model", ["mask", "cherry", "over"])
def test_the_tuned_models_are_pushed_towards_not_knowing(model: str) -> None:
    bench = done(bench_of(model, "What is the capital of Kenya?"), Deed.PUSH)
    steer = bench.sight.changed.steer
    assert steer is not None
    assert steer.name == "not knowing"
    assert bench.reading.losses is not None


def test_temperature_and_top_p_change_what_is_drawn_and_not_the_chances() -> None:
    bench = bench_of(text="Once upon a time there was a")
    chances = [one.chance for one in bench.reading.nexts]
    done(bench, *[Deed.COOLER] * 20)
    assert bench.sight.temperature == 0
    assert [one.drawn for one in bench.reading.nexts[:2]] == [1, 0]
    done(bench, *[Deed.HOTTER] * 10, *[Deed.NARROWER] * 20)
    assert bench.sight.top_p == 0.1
    assert sum(one.drawn > 0 for one in bench.reading.nexts) < 3
    done(bench, *[Deed.WIDER] * 20)
    assert bench.sight.top_p == 1
    assert [one.chance for one in bench.reading.nexts] == chances


def test_the_same_seed_writes_the_same() -> None:
    said = [done(bench_of(text="The"), *[Deed.WRITE] * 8).sight.said for _ in range(2)]
    assert said[0] == said[1] != ()


def test_a_model_that_ends_its_text_says_so() -> None:
    bench = bench_of("mask", "What is the capital of Kenya?")
    done(bench, *[Deed.COOLER] * 10, *[Deed.WRITE] * 20)
    assert "It ends here" in bench.note
    assert "Nairobi" in bench.speaker.tokenizer.decode(bench.sight.said)


def test_typing_computes_at_once_and_can_be_undone() -> None:
    bench = done(bench_of(), Deed.EDIT)
    assert bench.text == KENYA
    bench.typed("The opposite of wet is")
    assert named(bench) == "␣dry"
    bench.typed("One\\ntwo")
    assert "⏎" in bench.reading.labels
    assert bench.text == "One\\ntwo"
    bench.typing = None
    assert done(bench, Deed.UNDO).sight.text == KENYA


def test_a_text_too_long_is_refused_and_what_was_seen_stays() -> None:
    bench = done(bench_of(), Deed.EDIT)
    bench.typed("owl " * 200)
    assert "tokens, and this view shows" in bench.foot
    assert bench.sight.text == KENYA


def test_the_other_models_can_be_looked_into_with_the_same_text() -> None:
    bench = bench_of()
    seen = [done(bench, Deed.MODEL).speaker.name for _ in range(4)]
    assert seen == ["mask", "cherry", "over", "raw"]
    assert bench.sight.text == KENYA
    assert not bench.put_on("mine")


def test_there_is_nothing_to_undo_at_first() -> None:
    assert "nothing to undo" in done(bench_of(), Deed.UNDO).note


def test_the_lab_sheet_asks_first_and_keeps_what_was_expected_and_what_happened() -> None:
    kept: Pages = []
    bench = done(bench_of(kept=kept), Deed.LAB)
    assert bench.note == LAB_ON
    done(bench, Deed.TAKE_OUT)
    assert "what will the chance of “Nairobi”" in bench.foot
    assert not bench.sight.changed, "nothing happens before it is said what is expected"
    done(bench, DOWN)
    assert bench.sight.changed.without
    assert bench.note.startswith("As you expected. “Nairobi” falls")
    title, paragraphs = kept[0]
    assert title == "Lab sheet"
    for words in (
        "text:      The capital of Kenya is",
        "without 4.",
        "expected:  falls",
        "happened:",
    ):
        assert words in paragraphs[0]
    done(bench, Deed.TAKE_OUT, UP)
    assert bench.note.startswith("As you expected. “Nairobi” rises")
    done(bench, Deed.TAKE_OUT, LEFT)
    assert bench.note.startswith("You said: stays. “Nairobi” falls")
    assert len(kept) == 3


def test_whoever_expects_nothing_changes_nothing() -> None:
    kept: Pages = []
    bench = done(bench_of(kept=kept), Deed.LAB, Deed.TAKE_OUT, Deed.LEAVE)
    assert not bench.sight.changed
    assert not bench.left
    assert kept == []
    assert done(bench, Deed.LAB).lab is False


def test_a_notebook_that_cannot_be_written_is_said_and_the_change_stands() -> None:
    bench = bench_of()

    def full(_title: str, _paragraphs: object) -> str:
        raise TutorError("the notebook cannot be written: disk full", hint="make room")

    bench.notebook = full
    done(bench, Deed.LAB, Deed.TAKE_OUT, DOWN)
    assert "disk full" in bench.note
    assert bench.sight.changed.without


def test_an_explanation_goes_with_any_key_which_then_does_nothing_else() -> None:
    bench = done(bench_of(), Deed.EXPLAIN)
    assert bench.explaining
    bench.click(Pane.PARTS, Spot(layer=0))
    assert bench.sight.pane is Pane.ATTENTION
    done(bench, Deed.TAKE_OUT)
    assert not bench.explaining
    assert not bench.sight.changed


@pytest.mark.parametrize(
    "deed", [deed for deed in Deed if deed is not Deed.KEEP], ids=lambda deed: deed.name
)
@pytest.mark.parametrize("pane", Pane, ids=lambda pane: pane.name)
@pytest.mark.parametrize("text", [KENYA, "", LONG], ids=["short", "empty", "long"])
def test_every_deed_is_safe_in_every_pane(deed: Deed, pane: Pane, text: str) -> None:
    bench = bench_of(text=text)
    bench.see(pane)
    done(bench, deed)
    assert bench.foot
    assert 0 <= bench.sight.place < bench.reading.places


def test_a_model_is_known_by_its_name_in_any_case() -> None:
    assert known("MASK") == "mask"
    with pytest.raises(TutorError, match="no model 'gpt'") as caught:
        known("gpt")
    assert "raw, mask, cherry, over, mine" in caught.value.hint


def test_the_part_under_the_cursor_is_a_head_or_the_mlp_behind_them() -> None:
    bench = bench_of()
    shape = bench.speaker.model.shape
    bench.click(Pane.PARTS, Spot(layer=2, column=shape.heads))
    assert bench.sight.part(shape) == Mlp(2)
    bench.click(Pane.PARTS, Spot(column=0))
    assert bench.sight.part(shape) == Head(2, 0)
