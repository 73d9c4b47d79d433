"""Two sets of twelve cases with one right label each, two prompts for each set, and strict reading.

The claims are about the built-in model's village; the tickets are made up, and two of them could
be filed either way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

NO_LABEL = "no label"
CASE = "{question}"
"""Where the case goes in a prompt."""
TRUE, FALSE = "true", "false"


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked, its right label, and whether careful people could differ on that."""

    text: str
    label: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class CaseSet:
    """Cases of one kind, the prompts to compare on them, and how a reply is read."""

    noun: str
    labels: tuple[str, ...]
    cases: tuple[Case, ...]
    first: str
    second: str
    read: Callable[[str], str]
    """The label in a reply, or `NO_LABEL`."""


_NO = re.compile(r"\bno\b|\bnot true\b|\bfalse\b", re.IGNORECASE)
_YES = re.compile(r"\byes\b|(?<!not )\btrue\b", re.IGNORECASE)


def read_verdict(reply: str) -> str:
    """True or false, where the reply says one of the two and not the other as well."""
    yes, no = bool(_YES.search(reply)), bool(_NO.search(reply))
    if yes is no:
        return NO_LABEL
    return TRUE if yes else FALSE


def read_label(reply: str) -> str:
    """The one word that was asked for; a full stop and capitals are forgiven, more words not."""
    word = reply.strip().rstrip(".").strip("\"'`*").casefold()
    return word if word in TICKET_LABELS else NO_LABEL


def _claim(text: str, label: str) -> Case:
    return Case(f"True or not? {text}", label)


CLAIMS = CaseSet(
    noun="claim",
    labels=(TRUE, FALSE),
    cases=(
        _claim("A kite is made of paper.", TRUE),
        _claim("The elephant is green.", FALSE),
        _claim("The capital of Egypt is Cairo.", TRUE),
        _claim("The swan eats water plants.", TRUE),
        _claim("A key is for tying things.", FALSE),
        _claim("Kofi is a cook.", TRUE),
        _claim("The capital of Kenya is Lima.", FALSE),
        _claim("The bear can jump far.", FALSE),
        _claim("Gold is yellow.", TRUE),
        _claim("The wolf is a bird.", FALSE),
        _claim("The bat lives in the cave.", TRUE),
        _claim("Oren is a pilot.", FALSE),
    ),
    first="{question}\n",
    second=(
        "Quiz\n"
        "Q: True or not? Snow is white.\nA: Snow is white. Yes, that is true.\n"
        "Q: True or not? The cow eats bones.\nA: The cow eats grass. So no, that is not true.\n"
        "Q: {question}\nA:"
    ),
    read=read_verdict,
)

TICKET_LABELS = ("billing", "bug", "other")
TICKETS = CaseSet(
    noun="ticket",
    labels=TICKET_LABELS,
    cases=(
        Case("My card was charged twice for October.", "billing"),
        Case("The app closes itself whenever I open the map.", "bug"),
        Case("Do you have a shop in Leeds?", "other"),
        Case("What would I save if I paid by the year?", "billing"),
        Case("The export button does nothing in Firefox.", "bug"),
        Case("How do I become a reseller?", "other"),
        Case("I cancelled in May and still pay every month.", "billing"),
        Case("Since the update all my photos are upside down.", "bug"),
        Case("Thank your colleague Sam for me, she was a great help.", "other"),
        Case("The discount code is refused at checkout.", "billing", ambiguous=True),
        Case("The search finds nothing, not even my own name.", "bug"),
        Case("The page with my invoices does not load: may I have them by post?", "other",
             ambiguous=True),
    ),
    first='Classify: "{question}" Is it billing, bug or other? Label only.',
    second=(
        "Sort a support ticket into one of three classes.\n"
        "billing: money, prices, invoices, subscriptions\n"
        "bug: something in the product does not work\n"
        "other: anything else, and any ticket that asks us to send something by post\n\n"
        '"I was charged the wrong price." -> billing\n'
        '"The login page stays blank." -> bug\n'
        '"When do you open on Sunday?" -> other\n\n'
        'Answer with the class alone, in small letters.\n"{question}" ->'
    ),
    read=read_label,
)  # fmt: skip


def filled(prompt: str, case: Case) -> str:
    """The prompt with the case in its place; at its end where no place was left for it."""
    if CASE not in prompt:
        return f"{prompt.rstrip()}\n{case.text}\n"
    return prompt.replace(CASE, case.text)
