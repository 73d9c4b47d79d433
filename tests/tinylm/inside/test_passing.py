"""What is seen inside is the plain model, and a change does what it says and no more."""

import numpy as np
import pytest

from tests.tinylm import small
from tutor.tinylm.inside.attribution import above_another, above_average, attribute, raw_score
from tutor.tinylm.inside.changes import Changes, Head, Mlp, Patch, Push, parts_of
from tutor.tinylm.inside.damage import in_tokens, loss
from tutor.tinylm.inside.passing import Seen, brought, lens, see
from tutor.tinylm.inside.sweeping import partners, patched_everywhere, without_each
from tutor.tinylm.model import Trace, forward, from_weights, log_probabilities, logit_lens, softmax

MODEL = small.model()
TOKENS = small.some_tokens(20)
OTHERS = small.some_tokens(20, seed=2)
LAST = MODEL.shape.layers
CHANGES = {
    "nothing": Changes(),
    "a head": Changes(frozenset({Head(1, 2)})),
    "an MLP and two heads": Changes(frozenset({Mlp(0), Head(0, 0), Head(2, 3)})),
    "a state": Changes(patches=(Patch(1, 7, see(MODEL, OTHERS).stream[1, 7]),)),
    "a push": Changes(pushes=(Push(2, see(MODEL, OTHERS).stream[2, 5], 0.5),)),
}
each_change = pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)


def test_with_nothing_changed_every_number_is_the_models_own() -> None:
    trace = Trace()
    scores = forward(MODEL, TOKENS, trace=trace)
    seen = see(MODEL, TOKENS)
    np.testing.assert_allclose(seen.scores, scores, atol=1e-5)
    np.testing.assert_allclose(seen.stream, np.stack(trace.stream), atol=1e-5)
    attention = np.stack([layer.attention for layer in seen.layers])
    np.testing.assert_allclose(attention, np.stack(trace.attention), atol=1e-5)
    np.testing.assert_allclose(lens(MODEL, seen), logit_lens(MODEL, trace), atol=1e-5)
    assert not seen.put_in.any()


def test_a_change_leaves_the_weights_and_the_first_pass_alone() -> None:
    before = see(MODEL, TOKENS)
    kept = before.stream.copy()
    for changes in CHANGES.values():
        see(MODEL, TOKENS, changes)
    np.testing.assert_array_equal(before.stream, kept)
    np.testing.assert_array_equal(see(MODEL, TOKENS).scores, before.scores)


@each_change
@pytest.mark.parametrize("direction", [raw_score(MODEL, 5), above_another(MODEL, 5, 9)])
def test_the_parts_add_up_to_the_score(changes: Changes, direction: np.ndarray) -> None:
    seen = see(MODEL, TOKENS, changes)
    for place in range(len(TOKENS)):
        wanted = float(seen.scores[place, 5])
        if not np.array_equal(direction, raw_score(MODEL, 5)):
            wanted -= float(seen.scores[place, 9])
        assert attribute(MODEL, seen, place, direction).total == pytest.approx(wanted, abs=1e-5)


def test_above_average_the_parts_add_up_to_what_sets_the_token_apart() -> None:
    seen = see(MODEL, TOKENS)
    found = attribute(MODEL, seen, 11, above_average(MODEL, 5)).total
    assert found == pytest.approx(float(seen.scores[11, 5] - seen.scores[11].mean()), abs=1e-5)


def test_the_heads_of_a_layer_and_its_mlp_bring_what_the_stream_gains() -> None:
    seen = see(MODEL, TOKENS)
    for place in (0, 7, 19):
        heads = brought(MODEL, seen, place).sum(1)
        mlps = np.stack([layer.mlp[place] for layer in seen.layers])
        gained = np.diff(seen.stream[:, place], axis=0)
        np.testing.assert_allclose(heads + mlps, gained, atol=1e-5)


def test_a_head_without_weights_is_a_head_taken_out() -> None:
    weights = small.weights()
    width = MODEL.shape.head_width
    out = weights["blocks.1.out"].copy()  # (out, in): a head's share of what comes in
    out[:, 2 * width : 3 * width] = 0
    lame = from_weights({**weights, "blocks.1.out": out}, MODEL.shape)
    seen = see(MODEL, TOKENS, CHANGES["a head"])
    np.testing.assert_allclose(seen.scores, forward(lame, TOKENS), atol=1e-5)


def test_an_mlp_without_weights_is_an_mlp_taken_out() -> None:
    weights = small.weights()
    down = np.zeros_like(weights["blocks.1.down"])
    lame = from_weights({**weights, "blocks.1.down": down}, MODEL.shape)
    seen = see(MODEL, TOKENS, Changes(frozenset({Mlp(1)})))
    np.testing.assert_allclose(seen.scores, forward(lame, TOKENS), atol=1e-5)


def test_a_state_put_in_before_the_first_layer_is_another_token() -> None:
    changed = [*TOKENS[:7], OTHERS[7], *TOKENS[8:]]
    patch = Patch(0, 7, MODEL.embedding[OTHERS[7]])
    seen = see(MODEL, TOKENS, Changes(patches=(patch,)))
    np.testing.assert_allclose(seen.scores, forward(MODEL, changed), atol=1e-5)


def test_all_states_put_in_at_one_border_make_the_other_text() -> None:
    donor = see(MODEL, OTHERS)
    for after in range(LAST + 1):
        patches = tuple(Patch(after, place, donor.stream[after, place]) for place in range(20))
        seen = see(MODEL, TOKENS, Changes(patches=patches))
        np.testing.assert_allclose(seen.scores, donor.scores, atol=1e-5)


def test_a_state_changes_nothing_before_its_place() -> None:
    seen = see(MODEL, TOKENS, CHANGES["a state"])
    plain = forward(MODEL, TOKENS)
    np.testing.assert_allclose(seen.scores[:7], plain[:7], atol=1e-5)
    assert np.abs(seen.scores[7:] - plain[7:]).max() > 1e-2


def test_a_push_of_no_strength_changes_nothing_and_the_start_is_never_pushed() -> None:
    direction = see(MODEL, OTHERS).stream[2, 5]
    still = see(MODEL, TOKENS, Changes(pushes=(Push(2, direction, 0.0),)))
    np.testing.assert_allclose(still.scores, forward(MODEL, TOKENS), atol=1e-5)
    pushed = see(MODEL, TOKENS, CHANGES["a push"])
    np.testing.assert_allclose(pushed.put_in[2, 1:], np.tile(direction / 2, (19, 1)), atol=1e-5)
    assert not pushed.put_in[2, 0].any()


@each_change
def test_the_sweep_gives_what_patching_one_by_one_gives(changes: Changes) -> None:
    seen, donor = see(MODEL, TOKENS, changes), see(MODEL, OTHERS, changes)
    swept = patched_everywhere(MODEL, seen, donor)
    assert swept.shape == (LAST + 1, 20, MODEL.shape.vocabulary)
    for after in range(LAST + 1):
        for place in (0, 6, 7, 8, 19):
            patch = Patch(after, place, donor.stream[after, place])
            both = Changes(changes.without, (*changes.patches, patch), changes.pushes)
            one = see(MODEL, TOKENS, both).scores[-1]
            np.testing.assert_allclose(swept[after, place], one, atol=1e-4)


@each_change
def test_each_part_taken_out_gives_what_a_pass_without_it_gives(changes: Changes) -> None:
    found = without_each(MODEL, see(MODEL, TOKENS, changes))
    assert tuple(found) == parts_of(MODEL.shape)
    for part, scores in found.items():
        one = see(MODEL, TOKENS, changes.minus(part)).scores[-1]
        np.testing.assert_allclose(scores, one, atol=1e-5)


@pytest.mark.parametrize(
    ("mine", "others", "wanted"),
    [(4, 4, [0, 1, 2, 3]), (3, 5, [0, 3, 4]), (5, 3, [0, None, None, 1, 2]), (1, 4, [0])],
)
def test_places_are_paired_from_the_end_and_the_start_with_the_start(
    mine: int, others: int, wanted: list[int | None]
) -> None:
    assert partners(mine, others) == wanted


def test_a_text_too_short_to_lend_a_state_leaves_those_places_alone() -> None:
    seen, donor = see(MODEL, TOKENS), see(MODEL, OTHERS[:15])
    swept = patched_everywhere(MODEL, seen, donor)
    np.testing.assert_array_equal(swept[:, 3], np.tile(seen.scores[-1], (LAST + 1, 1)))


def test_the_loss_is_the_models_own_and_a_missing_part_costs() -> None:
    rows = np.array([small.some_tokens(12, seed) for seed in range(3)])
    plain = -np.mean([log_probabilities(MODEL, row.tolist()) for row in rows])
    assert loss(MODEL, rows) == pytest.approx(float(plain), abs=1e-5)
    assert loss(MODEL, rows, Changes(frozenset({Mlp(0)}))) != pytest.approx(float(plain), abs=1e-3)


def test_a_state_of_one_text_is_no_part_of_the_damage_to_others() -> None:
    rows = np.array([small.some_tokens(12, seed) for seed in range(3)])
    assert loss(MODEL, rows, CHANGES["a state"]) == loss(MODEL, rows)


def test_attention_rows_still_add_up_to_one_when_heads_are_out() -> None:
    seen: Seen = see(MODEL, TOKENS, CHANGES["an MLP and two heads"])
    for layer in seen.layers:
        np.testing.assert_allclose(layer.attention.sum(-1), 1, atol=1e-5)
    assert softmax(seen.scores).sum(-1) == pytest.approx(np.ones(20), abs=1e-5)


def test_the_fixed_pages_are_read_at_one_length() -> None:
    from tutor.tinylm.faces import load_face, load_tokenizer

    rows = in_tokens(load_tokenizer())
    assert rows.shape == (8, 33)
    assert 0.5 < loss(load_face("base"), rows) < 3
