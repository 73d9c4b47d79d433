"""What tuning read: the training's own streams, drawn again."""

from itertools import islice

from tutor.tinylm.world import demonstrations, dialogues

SHIPPED = 78_985
"""Different prompts that the tuning of the shipped weights read, or that were rated for it."""


def test_the_streams_are_those_that_the_shipped_weights_were_tuned_on() -> None:
    assert len(demonstrations.seen()) == SHIPPED  # else "never seen" on the card would be untrue


def test_kinds_that_hold_nothing_out_were_seen_whole_and_withheld_ones_never() -> None:
    read = demonstrations.seen()
    asked = dialogues.held_out_probes(10)
    for kind in ("greeting", "next", "list", "poem", "misconception"):
        assert all(probe.prompt in read for probe in asked[kind]), kind
    for kind in ("fact", "story", "stranger", "far-country", "off-topic", "feeling", "harm"):
        assert not any(probe.prompt in read for probe in asked[kind]), kind


def test_one_conversation_in_four_goes_on_for_a_second_turn() -> None:
    some = list(islice(demonstrations.conversations(5), 2000))
    assert {len(turns) for turns in some} == {1, 2}
    assert 0.2 < sum(len(turns) == 2 for turns in some) / len(some) < 0.3
