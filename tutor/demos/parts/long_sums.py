"""Sums of several numbers: what is true, and what a reply says."""

import re

from tutor.providers.talk import Reply


def truth_of(question: str) -> int:
    """The check: the sum, in code."""
    return sum(map(int, re.findall(r"\d+", question)))


def answer_of(reply: Reply) -> int | None:
    """What a reply says the sum is: its last number."""
    numbers = re.findall(r"\d+", reply.text)
    return int(numbers[-1][:9]) if numbers else None
