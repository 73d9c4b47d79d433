"""A record that a model claims to have read from an invoice, checked by code alone."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

MAIL = (
    "Invoice 4471 from Brava GmbH, 3 March 2026: 12 chairs at 49.50 EUR, total 594.00 EUR,"
    " due in 30 days."
)
WRITTEN = datetime.date(2026, 3, 3)
DAYS = 30
"""The date of the mail and the days to pay, as a person reads them."""
LONGEST = 20_000
LARGEST = Decimal(10) ** 12
"""What is longer or larger is no invoice of ours."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Number = Decimal | None


class Invoice(Struct, frozen=True, forbid_unknown_fields=True):
    """The record that is asked for; null for what the mail does not say."""

    invoice_no: str | int | None
    vendor: str | None
    date: datetime.date | None
    quantity: int | None
    unit_price: Decimal | None
    total: Decimal | None
    currency: str | None
    due_date: datetime.date | None


def _or_null(kind: str, **more: str) -> dict[str, Any]:
    return {"type": [kind, "null"], **more}


SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "invoice_no": _or_null("string"),
        "vendor": _or_null("string"),
        "date": _or_null("string", format="date"),
        "quantity": _or_null("integer"),
        "unit_price": _or_null("number"),
        "total": _or_null("number"),
        "currency": _or_null("string"),
        "due_date": _or_null("string", format="date"),
    },
    "required": list(Invoice.__struct_fields__),
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it holds, and why or why not."""

    name: str
    passed: bool
    why: str


def checks(reply: str) -> list[Check]:
    """Every check on a reply; nothing beyond the first where no record can be read at all."""
    record, first = read_record(reply)
    if record is None:
        return [first]
    return [first, _fields(record), _sum(record), _due(record), _source(record)]


def read_record(reply: str) -> tuple[dict[str, Any] | None, Check]:
    """The JSON object in a reply, and whether it stands there alone."""
    text = reply.strip()
    if len(text) > LONGEST:
        return None, _json(passed=False, why=f"{len(text):,} characters are no invoice's record.")
    try:
        return _object(text), _json(passed=True, why="Nothing before it, nothing after it.")
    except ValueError as error:
        problem = str(error)
    inside = _first_object(text)
    if inside is None:
        return None, _json(passed=False, why=f"No record can be read: {problem}.")
    why = "Other text stands around it. (The checks below take what is inside.)"
    return inside, _json(passed=False, why=why)


def _json(*, passed: bool, why: str) -> Check:
    return Check("JSON and nothing else", passed, why)


def _object(text: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise ValueError(str(error).rstrip(".") or "it is nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError(f"it is {type(value).__name__}, not an object in braces")  # noqa: TRY004
    return value


def _first_object(text: str) -> dict[str, Any] | None:
    """The first thing in braces that can be read, whatever stands around it."""
    start = text.find("{")
    try:
        _, end = json.JSONDecoder().raw_decode(text, start) if start >= 0 else (None, 0)
        return _object(text[start:end])
    except (ValueError, RecursionError):
        return None


def _fields(record: Mapping[str, Any]) -> Check:
    name = "the eight fields, each of its kind"
    try:
        msgspec.convert(record, Invoice, strict=True)
    except (msgspec.ValidationError, ValueError, ArithmeticError) as error:
        return Check(name, passed=False, why=_in_words(str(error)))
    return Check(name, passed=True, why="All there, none besides.")


def _in_words(problem: str) -> str:
    said, _, place = problem.rstrip(".").partition(" - at `$.")
    said = said.replace("Invalid RFC3339 encoded date", "no ISO date such as 2026-03-03")
    return f"{place.rstrip('`')}: {said}." if place else f"{said}."


def _field(record: Mapping[str, Any], name: str, kind: Any) -> Any:
    """A field as its kind, None where it is absent, null or something else."""
    try:
        return msgspec.convert(record.get(name), kind, strict=False)
    except (msgspec.ValidationError, ValueError, ArithmeticError):
        return None


def _number(record: Mapping[str, Any], name: str) -> Number:
    number: Number = _field(record, name, Decimal)
    if number is None or not number.is_finite() or abs(number) > LARGEST:
        return None
    return number


def _sum(record: Mapping[str, Any]) -> Check:
    name = "quantity × unit price = total"
    count, price, total = (_number(record, it) for it in ("quantity", "unit_price", "total"))
    if count is None or price is None or total is None:
        return Check(name, passed=False, why="One of the three is missing or no number.")
    made = count * price
    sum_ = f"{count} × {_money(price)} = {_money(made)}"
    if made == total:
        return Check(name, passed=True, why=f"{sum_}.")
    return Check(name, passed=False, why=f"{sum_}, but total says {_money(total)}.")


def _money(amount: Decimal) -> str:
    """Two digits after the point, unless it has more."""
    return f"{amount:.2f}" if amount == round(amount, 2) else str(amount)


def _due(record: Mapping[str, Any]) -> Check:
    name = f"date + {DAYS} days = due_date"
    date, due = (_field(record, it, datetime.date) for it in ("date", "due_date"))
    if date is None or due is None:
        return Check(name, passed=False, why="One of the two is missing or no ISO date.")
    try:
        right = date + datetime.timedelta(days=DAYS)
    except OverflowError:
        return Check(name, passed=False, why=f"{date} is beyond the calendar.")
    if due == right:
        return Check(name, passed=True, why=f"{date} + {DAYS} days = {due}.")
    return Check(name, passed=False, why=f"{date} + {DAYS} days = {right}, but it says {due}.")


def _source(record: Mapping[str, Any]) -> Check:
    strange = list(_not_in_mail(record))
    name = "every value stands in the mail"
    if strange:
        return Check(name, passed=False, why=f"These do not: {', '.join(strange)}.")
    return Check(name, passed=True, why="Number, vendor, date, amounts and currency were found.")


def _not_in_mail(record: Mapping[str, Any]) -> Iterator[str]:
    for name in ("invoice_no", "vendor", "currency"):
        value = record.get(name)
        if not isinstance(value, str | int) or not _stands(str(value)):
            yield name
    known = {Decimal(number) for number in _NUMBER.findall(MAIL)}
    yield from (
        it for it in ("quantity", "unit_price", "total") if _number(record, it) not in known
    )
    if _field(record, "date", datetime.date) != WRITTEN:
        yield "date"


def _stands(value: str) -> bool:
    return bool(value.strip()) and bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", MAIL))
