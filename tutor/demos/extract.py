"""Structured output: a model fills in a record, and code decides what of it to believe."""

import datetime
from collections.abc import Sequence

from msgspec import Struct

from tutor.demos.parts.invoice_checks import DAYS, MAIL, SCHEMA, WRITTEN, Check, checks
from tutor.providers.talk import Provider, Request, user
from tutor.screen.words import bold, dim, line
from tutor.stage.contract import Live
from tutor.stage.hearing import listen_on, spending
from tutor.stage.passages import flat, passage
from tutor.stage.recording import recorded
from tutor.stage.stage import Stage

SYSTEM = "You read invoices for an office. You answer with JSON only."
ORDER = (
    "Return JSON with keys invoice_no, vendor, date (ISO), quantity, unit_price, total, currency,"
    " due_date (ISO). Null if absent."
)
EXAMPLE = (
    "Invoice 90 from Holm Ltd, 5 May 2025: 2 lamps at 10.00 GBP, total 20.00 GBP, due in 10 days."
    '\n{"invoice_no": "90", "vendor": "Holm Ltd", "date": "2025-05-05", "quantity": 2,'
    ' "unit_price": 10.00, "total": 20.00, "currency": "GBP", "due_date": "2025-05-15"}'
)
WAYS = ("asked in words", "with one solved example", "with the form enforced by a schema")
TOKENS, FEW_TOKENS = 1000, 250
"""The most that one reply may take, thinking included; and that of a model too small to think."""
SMALL = 1_000_000_000
GUESSES = ("2026-04-01", "2026-04-02", "2026-04-03")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


def requests(most_tokens: int = TOKENS) -> list[Request]:
    """The same invoice in the three `WAYS`."""
    plain = f"{ORDER}\n\n{MAIL}"
    shown = f"{ORDER}\n\n{EXAMPLE}\n\n{MAIL}"
    return [
        user(plain, system=SYSTEM, max_tokens=most_tokens),
        user(shown, system=SYSTEM, max_tokens=most_tokens),
        user(plain, system=SYSTEM, max_tokens=most_tokens, json_schema=SCHEMA),
    ]


def run(_settings: Settings, stage: Stage) -> None:
    """Check the learner's own record, or a model's three."""
    stage.terminal.say(bold("An invoice has come in by mail:"))
    stage.terminal.say(*passage("mail", MAIL, stage.terminal))
    if stage.text.strip():
        _show_own(stage, stage.text)
        return
    guess = stage.guess("Which due_date belongs in the record?", GUESSES)
    right = WRITTEN + datetime.timedelta(days=DAYS)
    yours = f" You guessed {guess}." if guess else ""
    stage.terminal.say(
        line(f"Worked out by code: {WRITTEN} + {DAYS} days = {right}.{yours}"),
        line("What does a model make of it? It is asked in three ways."),
    )
    _play(stage)
    own = stage.ask("A JSON reply of your own, to be checked (Enter: none)> ")
    if own and own.strip():
        _show_own(stage, own)


def _play(stage: Stage) -> None:
    """The learner's model, and the recording where there is none or it says nothing at all."""
    speaker = stage.chosen(spending(requests()))
    if speaker is not None and _hear(stage, speaker):
        return
    if speaker is not None:
        stage.terminal.say(line("No whole reply came. So here is what another model once said."))
    _hear(stage, recorded("extract"))


def _hear(stage: Stage, speaker: Provider) -> bool:
    """Ask in all ways, or until one way gets no answer at all."""
    stage.introduce(speaker)
    passed: list[str] = []
    small = (speaker.card.parameters or SMALL) < SMALL
    asked = requests(FEW_TOKENS if small else TOKENS)
    for request, way in zip(asked, WAYS, strict=True):
        stage.terminal.gap()
        reply = listen_on(stage, speaker, request, way.capitalize())
        if reply is None:
            break
        found = checks(reply.text)
        _show(stage, found)
        passed.append(f"{way} {_tally(found)}")
    if passed:
        stage.terminal.gap()
        stage.terminal.say(line(f"Checks passed: {'; '.join(passed)}."))
        stage.note(f"**Extract.** {speaker.card.model}, checks passed: {'; '.join(passed)}.")
    return bool(passed)


def _tally(found: Sequence[Check]) -> str:
    return f"{sum(check.passed for check in found)} of {len(found)}"


def _show(stage: Stage, found: Sequence[Check]) -> None:
    for check in found:
        mark = "pass" if check.passed else "FAIL"
        words = f"{check.name}: {flat(check.why)}"
        stage.terminal.say(*passage(mark, words, stage.terminal))
    failed = [check for check in found if not check.passed]
    if failed:
        stage.terminal.say(dim("  So this record goes to a person, not into the accounts."))
    else:
        stage.terminal.say(dim("  All checks hold. What no check covers is still unproven."))


def _show_own(stage: Stage, text: str) -> None:
    found = checks(text)
    stage.terminal.gap()
    stage.terminal.say(bold("LIVE: your record, checked now."))
    stage.terminal.say(*passage("JSON", flat(text, 300), stage.terminal))
    _show(stage, found)
    results = "; ".join(f"{one.name}: {'pass' if one.passed else 'fail'}" for one in found)
    stage.note(f"**Extract.** A record of your own: {results}.")


DEMO = Live(
    settings=Settings,
    run=run,
    title="From an invoice to a record",
    line="A model reads an invoice into JSON; code checks form, sum, date and source.",
    own_text="a JSON reply, to be put through the same checks",
    notice=(
        "An enforced form is never malformed, and may still be wrong. What follows from"
        " something else, code can work out: let it."
    ),
    recorded=True,
)
