"""Live demos on the built-in model: next-token, be-the-model, tokens, temperature, attention."""

import itertools
import math
from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from tests.demos.live import Tight, choosing, guessing, play, stage_of, typing
from tutor.catalogue.registry import demonstration
from tutor.demos import attention, be_the_model, temperature, tokens
from tutor.demos.next_token import Settings as NextToken
from tutor.demos.parts.next_tokens import every_chance, next_scores
from tutor.demos.parts.pieces import pieces_of
from tutor.providers.built_in import built_in
from tutor.providers.talk import Chance
from tutor.providers.terms import Letter, Terms
from tutor.screen import encoding
from tutor.screen.chances_view import bar, chances_view, entropy_line, entropy_of
from tutor.screen.heat_view import heat_view, links, row_view
from tutor.screen.pieces_view import as_bytes, fitted, pieces_view, visible
from tutor.screen.terminal import Look
from tutor.stage.stage import Spending
from tutor.sums.information import entropy, softmax
from tutor.tinylm.faces import load_tokenizer
from tutor.tinylm.sampling import Sampler

DEMOS = ("next-token", "be-the-model", "tokens", "temperature", "attention")
OWN = {
    "next-token": ("The dog", "The sea"),
    "be-the-model": ("The dog barks.", "The sea is blue."),
    "tokens": ("lantern", "strawberry jam"),
    "temperature": ("The dog", "The sea"),
    "attention": ("The dog saw the dog.", "The sea is blue."),
}
HOSTILE = {
    "an escape sequence": "\x1b[31mred\x1b]0;title\x07 text",
    "emoji": "\N{ROBOT FACE} \N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}",
    "blanks": "  \t ",
    "controls alone": "\x00\x1b\x07",
    "half a character": "caf\udcc3",
    "a lone surrogate": "a\ud800b",
    "from right to left": "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd",
    "combining marks": "e\u0301\u0301\u0301 \u0928\u092e\u0938\u094d\u0924\u0947",
    "markup": "[bold]x[/bold] <s> <think> `` ``` **",
    "a mark of the tokenizer": "<|document|><|end|>",
    "one letter": "x",
    "digits": "9" * 400,
    "lines": "one\n\ntwo\r\nthree\n",
    "many words": "owl " * 200,
    "ten thousand characters": "ab cd " * 1667,
    "ten thousand letters": "q" * 10_000,
}
BLOCKS = set("█▓▒░▌▏│␣⏎·─×")
RICH, PLAIN = Look(), Look(plain=True)


@pytest.mark.parametrize("name", DEMOS)
def test_a_text_of_ones_own_changes_what_is_shown(name: str) -> None:
    one, other = (play(name, stage_of(text)) for text in OWN[name])
    assert one != other
    assert play(name, stage_of()) not in (one, other)


@pytest.mark.parametrize("name", DEMOS)
def test_the_same_seed_shows_the_same_screen(name: str) -> None:
    assert play(name, stage_of(seed=5)) == play(name, stage_of(seed=5))


@pytest.mark.parametrize("name", ["next-token", "temperature"])
def test_another_seed_draws_other_tokens(name: str) -> None:
    screens = {play(name, stage_of("Once upon a time", seed=seed)) for seed in range(4)}
    assert len(screens) > 1


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("name", DEMOS)
@pytest.mark.parametrize("width", [40, 60, 100])
def test_nothing_is_wider_than_the_window(name: str, width: int, *, plain: bool) -> None:
    for text in ("", OWN[name][0]):
        screen = play(name, stage_of(text, width=width, plain=plain))
        assert [row for row in screen.splitlines() if cell_len(row) > width] == []


@pytest.mark.parametrize("name", DEMOS)
def test_a_terminal_of_ascii_alone_still_shows_bars_and_shades_in_line(name: str) -> None:
    encoding.register()
    screen = play(name, stage_of(OWN[name][0]))
    plainest = screen.encode("ascii", encoding.HANDLER).decode()
    assert [row for row in plainest.splitlines() if "#" in row and len(row) > 60] == []
    assert plainest.count("?") == screen.count("?")


@pytest.mark.parametrize("name", DEMOS)
def test_a_screen_reader_hears_words_instead_of_bars(name: str) -> None:
    for text in ("", OWN[name][0]):
        assert not BLOCKS & set(play(name, stage_of(text, plain=True)))


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", DEMOS)
def test_no_text_of_ones_own_breaks_a_demo(name: str, kind: str) -> None:
    stage = stage_of(HOSTILE[kind])
    shown = play(name, stage)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert shown.strip()
    assert "\x1b" not in "".join(stage.transcript)
    if kind.startswith("ten thousand"):
        assert "10,0" in shown
        assert "a demo takes 2,000" in shown


@pytest.mark.parametrize("name", ["next-token", "be-the-model", "temperature", "attention"])
def test_a_text_beyond_the_context_is_refused_in_plain_words(name: str) -> None:
    assert "this model's context takes" in play(name, stage_of("owl, " * 150))


@pytest.mark.parametrize("name", DEMOS)
def test_the_same_holds_for_what_is_typed_later(name: str) -> None:
    shown = play(name, stage_of(ask=typing("owl " * 2000, *HOSTILE.values())))
    assert "\x1b" not in shown


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_leaves_something_for_the_notebook(name: str) -> None:
    stage = stage_of(OWN[name][0])
    play(name, stage)
    assert stage.transcript
    assert name in stage.transcript[0]


@pytest.mark.parametrize("name", [name for name in DEMOS if name != "tokens"])
def test_where_the_small_model_speaks_its_limits_are_said(name: str) -> None:
    assert built_in("base").card.limits.split()[2] in play(name, stage_of())


@pytest.mark.parametrize("name", DEMOS)
def test_a_guess_is_asked_for_and_comes_back_beside_the_result(name: str) -> None:
    asked: list[str] = []
    assert "You guessed" in play(name, stage_of(guess=guessing(0, asked)))
    assert len(asked) == 1


@pytest.mark.parametrize("name", DEMOS)
def test_a_lesson_cannot_set_what_makes_no_sense(name: str) -> None:
    wrong: dict[str, dict[str, object]] = {
        "next-token": {"prompts": ()},
        "be-the-model": {"bets": ("50 50",)},
        "tokens": {"word": ""},
        "temperature": {"top_p": 0.0},
        "attention": {"layer": -1},
    }
    with pytest.raises(ValueError, match=r"give|bets|does not lie"):
        demonstration(name).settings(**wrong[name])


# --- what the numbers must be ---


@pytest.mark.parametrize(
    ("shares", "bits"),
    [
        ((1.0,), 0.0),
        ((0.5, 0.5), 1.0),
        ((0.5, 0.25, 0.25), 1.5),
        ((0.25,) * 4, 2.0),
        (softmax((3, 2, 1, 0), 0.5), 0.657),
        (softmax((3, 2, 1, 0), 2), 1.796),
    ],
)
def test_entropy_is_what_one_computes_by_hand(shares: Sequence[float], bits: float) -> None:
    assert entropy(shares) == pytest.approx(bits, abs=5e-4)
    found, whole = entropy_of([Chance("x", math.log(share)) for share in shares])
    assert found == pytest.approx(bits, abs=5e-4)
    assert whole


def test_where_only_the_likeliest_are_known_the_entropy_is_a_least() -> None:
    known = [Chance("a", math.log(0.5)), Chance("b", math.log(0.25))]
    assert entropy_of(known)[0] == pytest.approx(1.5)
    assert "at least 1.50 bits" in entropy_line(known).plain


@pytest.mark.parametrize("text", ["The cat", "2 + 2 =", "x" * 50])
@pytest.mark.parametrize(
    "sampler",
    [
        Sampler(),
        Sampler(temperature=0),
        Sampler(temperature=0.3),
        Sampler(temperature=2),
        Sampler(top_k=5),
        Sampler(top_p=0.5),
        Sampler(temperature=1.5, top_k=50, top_p=0.9),
    ],
)
def test_chances_add_up_to_one_under_every_rule(text: str, sampler: Sampler) -> None:
    base = built_in("base")
    scores = next_scores(base, text)
    after = temperature.reshape(base, scores, sampler)
    assert sum(one.probability for one in after.chances) == pytest.approx(1, abs=1e-4)
    assert len(after.chances) <= after.kept <= len(scores)
    assert sorted(after.chances, key=lambda one: -one.log_probability) == list(after.chances)


def test_a_rule_says_how_many_tokens_it_removed() -> None:
    base = built_in("base")
    scores = next_scores(base, "The cat")
    before = every_chance(base, scores)
    cut = temperature.reshape(base, scores, Sampler(top_k=5))
    assert cut.kept == 5
    assert cut.lost == pytest.approx(sum(one.probability for one in before[5:]), abs=1e-4)
    assert f"{len(scores) - 5:,} of {len(scores):,}" in play("temperature", stage_of())
    cold = temperature.reshape(base, scores, Sampler(temperature=0.05))
    assert (cold.kept, cold.lost) == (len(scores), 0)  # too rare to be drawn is not forbidden


@pytest.mark.parametrize(
    ("typed", "sampler"),
    [
        ("0.7 40 0.9", Sampler(temperature=0.7, top_k=40, top_p=0.9)),
        ("0.7, 40, 0.9", Sampler(temperature=0.7, top_k=40, top_p=0.9)),
        ("2", Sampler(temperature=2)),
        ("0", Sampler(temperature=0)),
        ("warm", None),
        ("9", None),
        ("1 -1", None),
        ("1 5 0", None),
        ("nan", None),
        ("1 inf", None),
        ("1 2 0.5 3", None),
        ("", None),
    ],
)
def test_rules_are_typed_as_three_numbers(typed: str, sampler: Sampler | None) -> None:
    assert temperature.read_rules(typed) == sampler


def test_a_typed_rule_is_tried_and_a_wrong_one_explained() -> None:
    shown = play("temperature", stage_of(ask=typing("warm", "0.5 3")))
    assert "Three numbers are wanted" in shown
    assert "temperature 0.5, top-k 3" in shown


def test_a_bet_of_nothing_costs_as_much_as_a_tenth_of_a_point_and_the_screen_says_so() -> None:
    assert be_the_model.loss(0) == be_the_model.loss(0.1) == pytest.approx(6.9078, abs=1e-4)
    assert be_the_model.perplexity([-math.log(p) for p in (0.5, 0.25, 0.8, 0.1)]) == pytest.approx(
        3.1623, abs=1e-4
    )
    assert "counts as 0.1" in " ".join(play("be-the-model", stage_of()).split())


def test_the_bets_of_a_learner_make_their_score() -> None:
    rounds = ("The sky is | blue | red", "Grass is | green | black")
    even = ("50 50", "50 50")

    def score(*bets: str) -> str:
        return play("be-the-model", stage_of(ask=typing(*bets)), rounds=rounds, bets=even)

    careful, bold = score("50 50", "50 50"), score("99 1", "1 99")
    assert "2.00" in careful
    assert careful != bold
    assert "example" not in careful


def test_without_anybody_the_bets_are_called_examples() -> None:
    shown = play("be-the-model", stage_of())
    assert "example bets" in shown
    assert "6 words" in shown


@pytest.mark.parametrize(
    ("typed", "bet"),
    [
        ("70 10 10 10", (70, 10, 10, 10)),
        ("7, 1, 1, 1", (70, 10, 10, 10)),
        ("0 0 0 5", (0, 0, 0, 100)),
        ("0 0 0 0", None),
        ("70 10 10", None),
        ("-1 50 50 1", None),
        ("nan 1 1 1", None),
        ("inf 1 1 1", None),
        ("all on red", None),
    ],
)
def test_points_are_scaled_to_a_hundred(typed: str, bet: tuple[float, ...] | None) -> None:
    read = be_the_model.read_bet(typed, 4)
    assert read == (bet if bet is None else pytest.approx(bet))


def test_the_models_bets_are_its_chances_for_these_words_alone() -> None:
    base = built_in("base")
    one = be_the_model.read_round("The sky is | blue | red | wet")
    bets = be_the_model.model_bets(base, one)
    logs = [be_the_model.log_chance(base, one.before, word) for word in one.words]
    assert sum(bets) == pytest.approx(100)
    assert bets[0] / bets[1] == pytest.approx(math.exp(logs[0] - logs[1]), rel=1e-3)


@pytest.mark.parametrize("word", [" strawberry", "unbelievable", "x", "é\N{ROBOT FACE}", "zzzz"])
def test_merges_lead_from_the_bytes_to_the_tokens_one_pair_at_a_time(word: str) -> None:
    tokenizer = load_tokenizer()
    steps = tokens.merge_steps(tokenizer, word)
    assert steps[0] == list(word.encode())
    assert tokenizer.decode_bytes(steps[-1]).decode() == word
    assert all(len(after) < len(before) for before, after in itertools.pairwise(steps))
    assert all(tokenizer.decode(step) == word for step in steps)
    if word.isascii():  # one piece of the tokenizer
        assert steps[-1] == tokenizer.encode(word)


def test_every_token_of_a_text_is_shown_between_its_boundaries() -> None:
    tokenizer = load_tokenizer()
    text = "The strawberry, 42\n"
    pieces = pieces_of(tokenizer, tokenizer.encode(text), RICH)
    assert "".join(pieces) == "The␣strawberry,␣42⏎"
    shown = pieces_view(pieces, RICH, 60).plain
    assert shown.count("│") == len(pieces) - 1


def test_a_part_of_a_character_is_shown_as_its_bytes() -> None:
    shown = play("tokens", stage_of("\N{ROBOT FACE}"))
    assert "<F0>" in shown
    assert "1 character, 4 bytes, 4 tokens." in shown


def test_counts_of_other_vocabularies_are_dated_and_named() -> None:
    shown = " ".join(play("tokens", stage_of()).split())
    assert "November 2026" in shown
    assert "English" in shown
    for count in ("180", "54", "44", "38"):
        assert count in shown


# --- attention ---


def test_nobody_looks_ahead_and_each_row_adds_up_to_one() -> None:
    seen = attention.look_inside(built_in("base"), "The cat sat.", stage_of())
    for one in seen.heads:
        for place, row in enumerate(attention.weights_of(seen, one)):
            assert len(row) == place + 1
            assert sum(row) == pytest.approx(1, abs=1e-4)
            assert seen.trace.attention[one.layer - 1][one.head - 1][place, place + 1 :].sum() == 0
        assert all(0 <= share <= 1.0001 for share in one.shares)


def test_all_heads_are_summed_up_and_the_named_one_is_drawn() -> None:
    shape = built_in("base").model.shape
    shown = play("attention", stage_of(), layer=2, head=3)
    assert f"All {shape.layers * shape.heads} heads" in shown
    assert "Layer 2, head 3" in shown
    assert "no explanation" in shown


def test_one_walks_from_row_to_head_to_text() -> None:
    lines = ("1", "1 2", "99", "99 99", "9" * 5000, "9" * 1000, "  ", "The dog is brown.")
    shown = play("attention", stage_of(ask=typing(*lines)))
    assert "1 The looks at" in shown
    assert "Layer 1, head 2" in shown
    assert "Rows go from 0" in shown
    assert "dog" in shown


def test_a_map_too_wide_for_the_window_says_what_it_leaves_out() -> None:
    names = [f"w{n}" for n in range(70)]
    weights = [[1 / (n + 1)] * (n + 1) for n in range(70)]
    drawn = heat_view(names, weights, RICH, 60)
    assert "Only the last" in drawn[0].plain
    assert max(cell_len(row.plain) for row in drawn) <= 60
    assert sum(row.plain.startswith("  ") and " w" in row.plain for row in drawn) < 70


def test_a_heat_map_shades_by_weight_and_speaks_in_plain_output() -> None:
    names, weights = ["a", "b", "c"], [[1.0], [0.9, 0.1], [0.03, 0.3, 0.67]]
    drawn = [row.plain for row in heat_view(names, weights, RICH, 60)]
    assert drawn[1].split() == ["0", "a", "█"]
    assert drawn[2].split() == ["1", "b", "█", "░"]
    assert drawn[3].split() == ["2", "c", "·", "▒", "▓"]
    spoken = heat_view(names, weights, PLAIN, 60)[2].plain
    assert spoken == "2 c looks at: 2 c 0.67, 1 b 0.30, 0 a 0.03."
    assert "0.670" in row_view(names, 2, weights[2], RICH)[1].plain


def test_the_strongest_link_is_named_even_where_all_are_weak() -> None:
    assert links([1 / 1000] * 1000) == [(0, 0.001)]


# --- the views that others share ---


@pytest.mark.parametrize(
    ("token", "shown", "spoken"),
    [
        (" the", "␣the", "(space) the"),
        ("\n", "⏎", "(new line)"),
        ("\n\n", "⏎⏎", "(2 times new line)"),
        ("a\tb", "a⇥b", "a (tab) b"),
        ("\x1b[31m", "<1B>[31m", "<1B>[31m"),
        ("\u202e", "<202E>", "<202E>"),
        ("\u0301", "◌\u0301", "\u0301"),
        ("[/b]", "[/b]", "[/b]"),
    ],
)
def test_a_token_is_visible_whatever_it_holds(token: str, shown: str, spoken: str) -> None:
    assert visible(token, RICH) == shown
    assert visible(token, PLAIN) == spoken


def test_chances_stand_as_bars_of_one_scale_with_what_is_left() -> None:
    chances = [Chance(" yes", math.log(0.5)), Chance("\n", math.log(0.25))]
    rows = [row.plain for row in chances_view(chances, RICH, 60)]
    assert rows[0].split() == ["␣yes", "50.0%", "█" * 15]
    assert rows[1].split()[1] == "25.0%"
    assert rows[2].split()[:3] == ["all", "others", "25.0%"]
    assert chances_view(chances, PLAIN, 60)[0].plain == "(space) yes: 50.0%"
    assert [bar(share, 10) for share in (0, 0.001, 0.05, 1)] == ["", "▏", "▌", "█" * 10]


def test_a_long_token_is_cut_and_a_wide_one_counted_in_cells() -> None:
    assert fitted("abcdef", 4) == "abc…"
    assert cell_len(fitted("日本語テキスト", 6)) == 6
    assert as_bytes(b"\xe0\xa4") == "<E0 A4>"
    wide = [Chance("日本語" * 20, math.log(0.9))]
    for width in (20, 40, 60):
        assert all(cell_len(row.plain) <= width for row in chances_view(wide, RICH, width))


# --- a model of the learner's own ---


def test_a_model_that_tells_no_chances_is_sampled_and_that_is_said() -> None:
    seen: list[Spending] = []
    shown = play("next-token", stage_of(chosen=choosing(Tight(), seen)), samples=3)
    assert "SAMPLED: 3 replies" in " ".join(shown.split())
    assert "no log-probabilities" in " ".join(shown.split())
    assert seen[0].calls == len(NextToken().prompts) * 4
    assert seen[0].most_tokens > seen[0].calls


def test_a_refused_temperature_is_a_finding_and_not_an_error() -> None:
    seen: list[Spending] = []
    stage = stage_of(chosen=choosing(Tight(), seen))
    shown = " ".join(play("temperature", stage, calls=3).split())
    assert "did not take the temperature" in shown
    assert "at its own setting" in shown
    assert seen[0].calls == 6


def test_only_a_temperature_left_out_counts_as_refused() -> None:
    refusing, letter = Terms(refused={"temperature"}), Letter("")
    refusing.put(letter, "temperature", 0.2)
    assert [temperature.is_refusal(one) for one in letter.adjusted] == [True]
    capped, other = Terms(most={"temperature": 1.0}), Letter("")
    capped.put(other, "temperature", 1.2)
    unseen = capped.unseen(other)
    assert [temperature.is_refusal(one) for one in (*other.adjusted, *unseen)] == [False, False]


def test_a_model_that_obeys_is_compared_cool_and_warm() -> None:
    stage = stage_of("Tell me a story.", chosen=choosing(built_in("sft"), []))
    shown = " ".join(play("temperature", stage, calls=3).split())
    assert "temperature 0.2: " in shown
    assert "temperature 1.2: " in shown
    assert "when warm" in shown
