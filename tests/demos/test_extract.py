"""A record read out of a mail, and the checks that code makes."""

import json
from decimal import Decimal

import pytest

from tests.demos.models import Actor, saying
from tests.demos.playing import choosing, flat, play, stage_of
from tutor.demos import extract
from tutor.demos.parts.invoice_checks import MAIL, SCHEMA, Check, Invoice, checks

GOOD = {
    "invoice_no": "4471",
    "vendor": "Brava GmbH",
    "date": "2026-03-03",
    "quantity": 12,
    "unit_price": 49.50,
    "total": 594.00,
    "currency": "EUR",
    "due_date": "2026-04-02",
}


def by_name(found: list[Check]) -> list[bool]:
    return [check.passed for check in found]


@pytest.mark.parametrize(
    ("change", "passes"),
    [
        ({}, [True, True, True, True, True]),
        ({"total": 549.00}, [True, True, False, True, False]),
        ({"quantity": 594, "unit_price": 1}, [True, True, True, True, False]),
        ({"due_date": "2026-04-03"}, [True, True, True, False, True]),
        ({"date": "3 March 2026"}, [True, False, True, False, False]),
        ({"vendor": "Brava"}, [True, True, True, True, True]),
        ({"vendor": "Bravo GmbH"}, [True, True, True, True, False]),
        ({"total": "594.00"}, [True, True, True, True, True]),
        ({"quantity": "a dozen"}, [True, False, False, True, False]),
        ({"tax": 0}, [True, False, True, True, True]),
        ({"currency": None}, [True, True, True, True, False]),
        ({"total": 1e300, "quantity": 10**15}, [True, True, False, True, False]),
    ],
)
def test_each_check_catches_its_own_fault(change: dict[str, object], passes: list[bool]) -> None:
    assert by_name(checks(json.dumps(GOOD | change))) == passes


def test_code_multiplies_and_counts_the_days() -> None:
    whys = " ".join(check.why for check in checks(json.dumps(GOOD)))
    assert "12 × 49.50 = 594.00" in whys
    assert Decimal(12) * Decimal("49.50") == Decimal("594.00")
    assert "2026-03-03 + 30 days = 2026-04-02" in whys


@pytest.mark.parametrize(
    "around", ["Here it is:\n```json\n{}\n```", "{}\n\n{}", "{} Anything else?"]
)
def test_a_record_among_other_text_fails_the_first_check_only(around: str) -> None:
    found = by_name(checks(around.replace("{}", json.dumps(GOOD))))
    assert found == [False, True, True, True, True]


@pytest.mark.parametrize("text", ["", "no", "{", "[]", "null", '"{"', "{'a': 1}", "{" * 9999])
def test_what_holds_no_record_gets_one_failed_check(text: str) -> None:
    assert by_name(checks(text)) == [False]


def test_the_schema_asks_for_what_the_checks_check() -> None:
    assert set(SCHEMA["properties"]) == set(Invoice.__struct_fields__) == set(GOOD)
    assert all(name in extract.ORDER for name in GOOD)
    assert MAIL.endswith("due in 30 days.")


def test_an_own_record_is_checked_live_and_no_model_is_asked() -> None:
    actor = saying("{}")
    right = flat(play("extract", stage_of(json.dumps(GOOD), chosen=choosing(actor))))
    wrong = flat(play("extract", stage_of(json.dumps(GOOD | {"total": 600}))))
    assert "FAIL" not in right
    assert "12 × 49.50 = 594.00, but total says 600.00" in wrong
    assert actor.asked == []


def test_a_chosen_model_is_asked_with_the_schema_and_a_small_one_for_less() -> None:
    large, small = saying(json.dumps(GOOD)), Actor(saying(json.dumps(GOOD)).says, 135_000_000)
    words = flat(play("extract", stage_of(chosen=choosing(large))))
    play("extract", stage_of(chosen=choosing(small)))
    assert "RECORDED" not in words
    assert [request.json_schema is None for request in large.asked] == [True, True, False]
    assert small.asked[0].max_tokens < large.asked[0].max_tokens
