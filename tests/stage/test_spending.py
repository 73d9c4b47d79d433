"""Before money is spent it is said how much; nothing is asked without a yes, or beyond a budget."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tutor.errors import MissingKeyError, NoAnswerError, UnknownNameError, UnreachableError
from tutor.providers.presets import Price
from tutor.providers.talk import (
    Card,
    Done,
    Ending,
    Events,
    Request,
    TextDelta,
    Tier,
    Usage,
    collect,
    user,
)
from tutor.screen.terminal import Terminal, terminal_to_text
from tutor.stage.spending import (
    BUDGET,
    Models,
    Purse,
    Spender,
    account,
    announcement,
    budget_from,
    dollars,
)
from tutor.stage.stage import Spending, Stage

HOSTED = Card("far", "far-large", Tier.HOSTED)
NEAR = Card("near", "near-small", Tier.LOCAL)
PRICE = Price(read=1.0, written=4.0)
ASKED = Spending(calls=2, most_tokens=1000)
FAILURE = UnreachableError("Nobody answers.", hint="check the line")


@dataclass
class Parrot:
    """A model of the test's own."""

    card: Card = HOSTED
    usage: Usage | None = field(default_factory=lambda: Usage(10, 5))
    fails_after: int | None = None
    raises: BaseException = FAILURE
    asked: int = 0

    def stream(self, request: Request) -> Events:
        self.asked += 1
        for number, word in enumerate(("Hello", " there")):
            if number == self.fails_after:
                raise self.raises
            yield TextDelta(word)
        yield Done(Ending.STOP, self.usage)


def spender(parrot: Parrot, *, yes: bool, purse: Purse | None = None) -> tuple[Spender, Terminal]:
    terminal = terminal_to_text()
    models = Models(lambda: parrot, lambda _: PRICE, lambda: "2026-11-22", purse or Purse())
    return Spender(terminal, models, lambda: yes), terminal


def test_a_hosted_model_is_asked_only_after_a_yes_and_a_word_on_everything() -> None:
    parrot = Parrot()
    refused, terminal = spender(parrot, yes=False)
    assert refused.choose(ASKED) is None
    said = terminal.text()
    for words in ("far-large", "2 calls", "1,000 tokens", "$0.004", "2026-11-22", "personal data"):
        assert words in said
    assert "Not asked" in said
    agreed, _ = spender(parrot, yes=True)
    assert agreed.choose(ASKED) is not None
    assert parrot.asked == 0, "choosing is not asking"


def test_a_local_model_needs_no_yes_and_says_nothing_of_money() -> None:
    parrot = Parrot(card=NEAR)
    chooser, terminal = spender(parrot, yes=False)
    assert chooser.choose(ASKED) is parrot
    assert terminal.text() == ""


def test_an_unknown_price_is_unknown_and_never_nothing() -> None:
    said = " ".join(announcement(HOSTED, ASKED, None, 50))
    assert "unknown" in said
    assert "$" not in said
    purse = Purse()
    purse.charge(Usage(10, 5), None, guessed=False)
    purse.charge(Usage(10, 5), PRICE, guessed=False)
    assert "cost unknown" in account(purse.used)


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0.0, "$0.00"), (0.000004, "$4e-06"), (0.004, "$0.004"), (1.5, "$1.50"), (12.345, "$12.35")],
)
def test_a_tiny_cost_is_never_shown_as_none(amount: float, said: str) -> None:
    assert dollars(amount) == said


def test_what_was_really_used_is_summed_and_told_once() -> None:
    chooser, terminal = spender(Parrot(), yes=True)
    model = chooser.choose(ASKED)
    assert model is not None
    assert collect(model.stream(user("Hi"))).text == "Hello there"
    collect(model.stream(user("Hi")))
    chooser.tell()
    assert "2 calls, 20 tokens read, 10 written" in terminal.text()
    assert "$6e-05" in terminal.text()
    before = terminal.text()
    chooser.tell()
    assert terminal.text() == before


def test_no_more_calls_are_made_than_were_agreed_to() -> None:
    parrot = Parrot()
    chooser, terminal = spender(parrot, yes=True)
    model = chooser.choose(Spending(calls=1, most_tokens=100))
    assert model is not None
    stage = Stage(terminal)
    assert stage.listen(model, user("Hi")).text == "Hello there"
    with pytest.raises(NoAnswerError, match="more calls than you agreed to"):
        stage.listen(model, user("Hi"))
    assert parrot.asked == 1


def test_a_session_never_goes_beyond_its_budget() -> None:
    purse = Purse(budget=1010)
    parrot = Parrot()
    chooser, terminal = spender(parrot, yes=True, purse=purse)
    model = chooser.choose(ASKED)
    assert model is not None
    collect(model.stream(user("Hi")))
    assert purse.left == 995
    assert chooser.choose(ASKED) is None
    assert "995 are left of this session's 1,010" in " ".join(terminal.text().split())
    assert chooser.choose(Spending(1, 995)) is not None


def test_a_stopped_reply_and_an_uncounted_one_are_counted_by_a_guess() -> None:
    purse = Purse()
    chooser, _ = spender(Parrot(usage=None), yes=True, purse=purse)
    model = chooser.choose(ASKED)
    assert model is not None
    collect(model.stream(user("Hi there")))
    stopped: Iterator[object] = model.stream(user("Hi there"))
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    assert (purse.used.calls, purse.used.uncounted) == (2, 2)
    assert purse.used.tokens > 0
    assert "our guess for 2" in account(purse.used)


@pytest.mark.parametrize(("after", "charged"), [(0, 0), (1, 1)])
def test_a_call_that_failed_before_the_first_word_costs_nothing(after: int, charged: int) -> None:
    purse = Purse()
    chooser, _ = spender(Parrot(fails_after=after), yes=True, purse=purse)
    model = chooser.choose(ASKED)
    assert model is not None
    with pytest.raises(UnreachableError):
        collect(model.stream(user("Hi")))
    assert purse.used.calls == charged


def test_ctrl_c_in_mid_stream_stops_the_reply_keeps_it_and_counts_it() -> None:
    purse = Purse()
    parrot = Parrot(fails_after=1, raises=KeyboardInterrupt())
    chooser, terminal = spender(parrot, yes=True, purse=purse)
    model = chooser.choose(ASKED)
    assert model is not None
    stage = Stage(terminal)
    assert stage.listen(model, user("Hi")).text == "Hello"
    assert "stopped by you" in terminal.text()
    assert "Hello" in stage.transcript[0]
    assert purse.used.calls == 1


def test_a_missing_key_is_said_and_the_demo_goes_on_without() -> None:
    def find() -> None:
        raise MissingKeyError("far needs a key, and there is none.", hint="tutor model key far")

    terminal = terminal_to_text()
    assert Spender(terminal, Models(find), lambda: True).choose(ASKED) is None
    assert "tutor model key far" in terminal.text()


@pytest.mark.parametrize(
    ("said", "budget"),
    [("", BUDGET), ("1000", 1000), ("1_000", 1000), ("0", 0)],
)
def test_the_budget_can_be_set(said: str, budget: int) -> None:
    assert budget_from(said) == budget


@pytest.mark.parametrize("said", ["lots", "-5", "5k", "1e9", "9" * 20])
def test_a_limit_that_cannot_be_read_is_not_taken_for_a_larger_one(said: str) -> None:
    with pytest.raises(UnknownNameError, match="TUTOR_BUDGET_TOKENS"):
        budget_from(said)
