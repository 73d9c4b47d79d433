"""Numbers as people write them: one grammar, and whatever it does not understand is asked about."""

from tutor.judging.numbers.asked import Asked, UnreadableNumberError, in_unit
from tutor.judging.numbers.reading import read_number
from tutor.judging.numbers.units import is_case_to_ask_about, scale_of, spellings

__all__ = [
    "read_number",
    "in_unit",
    "Asked",
    "UnreadableNumberError",
    "is_case_to_ask_about",
    "scale_of",
    "spellings",
]
