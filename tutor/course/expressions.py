"""Arithmetic that a lesson may hold: read into a flat list of steps, then worked out.

    sum      = product (("+" | "-") product)*
    product  = signed (("*" | "/") signed)*
    signed   = "-" signed | power
    power    = atom ("^" signed)?
    atom     = number | name | function "(" sum ("," sum)* ")" | "(" sum ")"

Numbers are floats throughout, so no power grows without bound; text and brackets are bounded, and
working out takes one step a word: nothing that an author writes can hang the tutor.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NoReturn, TypeAlias

MAX_LENGTH = 300
MAX_DEPTH = 20
EXACT = 1e14
"""Below this, fourteen digits hold every whole number."""

Values: TypeAlias = Mapping[str, float]
Rule: TypeAlias = Callable[..., float]


class ExpressionError(ValueError):
    """The text is no expression: what is wrong, from which character on, and what to write."""

    def __init__(self, message: str, fix: str, start: int) -> None:
        super().__init__(message)
        self.message, self.fix, self.start = message, fix, start


class NoValueError(ArithmeticError):
    """An expression has no value for these numbers: why, and at which character."""

    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.message, self.start = message, start


@dataclass(frozen=True)
class Lexeme:
    """A word of an expression, and the character that it starts at; the last one is empty."""

    text: str
    start: int


@dataclass(frozen=True)
class Name:
    """Stands for a value that is given later."""

    name: str
    start: int


@dataclass(frozen=True)
class Apply:
    """Takes `count` values and leaves one."""

    name: str
    count: int
    start: int


@dataclass(frozen=True)
class Expression:
    """What an expression asks for, operands first: `2 * x` is 2, x, times."""

    steps: tuple[float | Name | Apply, ...]

    @property
    def names(self) -> dict[str, int]:
        """The names that want a value, each with the character where it first stands."""
        found = [step for step in self.steps if isinstance(step, Name)]
        return {one.name: one.start for one in reversed(found)}


def _without_dust(value: float) -> float:
    """Take off what binary fractions leave behind: 0.1 * 3 * 10 is 3, not a little more."""
    return float(f"{value:.14g}") if abs(value) < EXACT else value


def _rounded(value: float, decimals: float = 0.0) -> float:
    """Round as one is taught to at school, halves away from zero."""
    if decimals not in range(10):
        raise ValueError(decimals)
    if abs(value) >= EXACT:
        return value
    unit = Decimal(1).scaleb(-int(decimals))
    return float(Decimal(f"{value:.14g}").quantize(unit, ROUND_HALF_UP))


_SIGNS: Mapping[str, Rule] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "^": math.pow,
    "negative": lambda one: -one,
}
_MANY = 20
FUNCTIONS: Mapping[str, tuple[int, int, Rule]] = {
    "abs": (1, 1, abs),
    "ceil": (1, 1, lambda value: float(math.ceil(_without_dust(value)))),
    "cos": (1, 1, math.cos),
    "exp": (1, 1, math.exp),
    "floor": (1, 1, lambda value: float(math.floor(_without_dust(value)))),
    "log": (1, 1, math.log),
    "log10": (1, 1, math.log10),
    "log2": (1, 1, math.log2),
    "max": (1, _MANY, lambda *values: max(values)),
    "min": (1, _MANY, lambda *values: min(values)),
    "round": (1, 2, _rounded),
    "sin": (1, 1, math.sin),
    "sqrt": (1, 1, math.sqrt),
    "tan": (1, 1, math.tan),
}
"""Each function's fewest and most arguments, and how it is worked out. `log` is the natural one."""
CONSTANTS: Mapping[str, float] = {"e": math.e, "pi": math.pi}
_RULES: Mapping[str, Rule] = {**_SIGNS, **{name: rule for name, (_, _, rule) in FUNCTIONS.items()}}

_WORDS = re.compile(
    r"\s*((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[a-z_]\w*|\S|$)", re.ASCII | re.IGNORECASE
)
_INSTEAD = {
    "×": "write * for times",
    "·": "write * for times",
    "÷": "write / for divided by",
    "−": "write - for minus",
    "–": "write - for minus",
    "²": "write ^2",
    "³": "write ^3",
    "√": "write sqrt(…)",
    "%": "divide by 100 for percent",
    "=": "write only what is to be worked out, without =",
    "[": "use round brackets",
    "{": "write names without braces here",
}
_WHAT_THERE_IS = "use numbers, names, + - * / ^ and round brackets"


def tokens(text: str) -> Iterator[Lexeme]:
    """The words of an expression, whether or not it makes sense; an empty one at the end."""
    at = 0
    while at < len(text):
        found = _WORDS.match(text, at)
        assert found is not None, "any character is a word"
        if found[1]:
            yield Lexeme(found[1], found.start(1))
        at = found.end()
    yield Lexeme("", len(text))


@lru_cache(maxsize=512)
def read_expression(text: str) -> Expression:
    """Understand `text`; raises ExpressionError with the place and the fix."""
    if len(text) > MAX_LENGTH:
        message = f"{len(text)} characters, at most {MAX_LENGTH} allowed"
        raise ExpressionError(message, "name a part of it under working", MAX_LENGTH)
    reader = _Reader(tuple(tokens(text)))
    reader.read()
    return Expression(tuple(reader.steps))


def work_out(expression: Expression, values: Values) -> float:
    """The value for `values`, which hold every name; always finite. Raises NoValueError."""
    stack: list[float] = []
    for step in expression.steps:
        if isinstance(step, Apply):
            taken = stack[-step.count :]
            del stack[-step.count :]
            stack.append(_applied(step, taken))
        else:
            stack.append(values[step.name] if isinstance(step, Name) else step)
    return stack.pop() + 0.0  # never "-0"


def _applied(step: Apply, values: list[float]) -> float:
    try:
        value = _RULES[step.name](*values)
    except ZeroDivisionError:
        raise NoValueError("division by zero", step.start) from None
    except OverflowError:
        value = math.inf
    except ValueError:
        given = ", ".join(f"{value:g}" for value in values)
        raise NoValueError(f"{step.name} has no value for {given}", step.start) from None
    if not math.isfinite(value):
        raise NoValueError("larger than can be counted", step.start)
    return value


class _Reader:
    """Reads from left to right; each method leaves the steps that give its value."""

    def __init__(self, words: tuple[Lexeme, ...]) -> None:
        self.words = words
        self.at = 0
        self.depth = 0
        self.steps: list[float | Name | Apply] = []

    def read(self) -> None:
        self._sum()
        left = self._next
        if left.text == ")":
            raise ExpressionError("this bracket was never opened", "take it out", left.start)
        if left.text:
            self._stop_at_surplus(left)

    @property
    def _next(self) -> Lexeme:
        return self.words[self.at]

    def _take(self, *texts: str) -> Lexeme | None:
        """Take the next word if it is one of `texts`."""
        word = self._next
        if word.text not in texts:
            return None
        self.at += 1
        return word

    def _sum(self) -> None:
        self._product()
        while sign := self._take("+", "-"):
            self._product()
            self.steps.append(Apply(sign.text, 2, sign.start))

    def _product(self) -> None:
        self._signed()
        while sign := self._take("*", "/"):
            self._signed()
            self.steps.append(Apply(sign.text, 2, sign.start))

    def _signed(self) -> None:
        if minus := self._take("-"):
            self._inside(self._signed, minus)
            self.steps.append(Apply("negative", 1, minus.start))
        else:
            self._power()

    def _power(self) -> None:
        self._atom()
        if sign := self._take("^"):
            self._inside(self._signed, sign)
            self.steps.append(Apply("^", 2, sign.start))

    def _inside(self, read: Callable[[], None], word: Lexeme) -> None:
        """Go one level deeper, as far as is allowed."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep"
            raise ExpressionError(message, "name a part of it under working", word.start)
        read()
        self.depth -= 1

    def _atom(self) -> None:
        word = self._next
        first = word.text[:1]
        if first.isascii() and (first.isdigit() or (first == "." and len(word.text) > 1)):
            self.at += 1
            self.steps.append(_number(word))
        elif first.isascii() and (first.isalpha() or first == "_"):
            self.at += 1
            self._name(word)
        elif first == "(":
            self.at += 1
            self._inside(self._sum, word)
            self._close(word)
        else:
            self._stop_for_want_of_a_value(word)

    def _name(self, word: Lexeme) -> None:
        bracket = self._take("(")
        if bracket and word.text in FUNCTIONS:
            self._arguments(word, bracket)
        elif bracket:
            raise ExpressionError(f"no function {word.text!r}", _like(word.text), word.start)
        elif word.text in FUNCTIONS:
            fix = f"write {word.text}(…)"
            raise ExpressionError(f"{word.text!r} wants brackets", fix, word.start)
        elif word.text in CONSTANTS:
            self.steps.append(CONSTANTS[word.text])
        else:
            self.steps.append(Name(word.text, word.start))

    def _arguments(self, function: Lexeme, bracket: Lexeme) -> None:
        count = 1
        self._inside(self._sum, bracket)
        while self._take(","):
            count += 1
            self._inside(self._sum, bracket)
        self._close(bracket)
        fewest, most, _ = FUNCTIONS[function.text]
        if not fewest <= count <= most:
            wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
            message = f"{count} values for {function.text!r}"
            raise ExpressionError(message, f"give it {wanted}", function.start)
        self.steps.append(Apply(function.text, count, function.start))

    def _close(self, bracket: Lexeme) -> None:
        if self._take(")"):
            return
        if self._next.text:
            self._stop_at_surplus(self._next)
        raise ExpressionError("this bracket is not closed", "add )", bracket.start)

    def _stop_for_want_of_a_value(self, word: Lexeme) -> NoReturn:
        before = self.words[self.at - 1].text if self.at else ""
        message = f"a value expected, {_shown(word)} found"
        fix = _INSTEAD.get(word.text, _WHAT_THERE_IS)
        if word.text == before == "*":
            fix = "write ^ for a power"
        elif not word.text:
            fix = "write what is to be worked out" if not before else "finish it"
        raise ExpressionError(message, fix, word.start)

    def _stop_at_surplus(self, word: Lexeme) -> NoReturn:
        """What stands here belongs to nothing."""
        fix = _INSTEAD.get(word.text, _WHAT_THERE_IS)
        if word.text[0] in ",_":
            fix = "write numbers without commas and underscores"
        elif word.text[0].isalnum() or word.text[0] in "(_.":
            fix = "write a sign between them, such as *"
        raise ExpressionError(f"a sign expected, {_shown(word)} found", fix, word.start)


def _number(word: Lexeme) -> float:
    value = float(word.text)
    if not math.isfinite(value):
        message = "larger than can be counted"
        raise ExpressionError(message, "write a smaller number", word.start)
    return value


def _shown(word: Lexeme) -> str:
    return repr(word.text[:40]) if word.text else "nothing"


def _like(word: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, FUNCTIONS, n=1)
    return f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(FUNCTIONS)}"
