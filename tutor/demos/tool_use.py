"""A calculator in the model's hands: it asks in words, code computes, it reads the result."""

import ast
import operator
import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from tutor.errors import NoAnswerError
from tutor.providers.talk import Message, Provider, Reply, Request, user
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.words import bold, dim, line, quoted_text
from tutor.stage.contract import Live
from tutor.stage.hearing import is_whole, spending, steadily
from tutor.stage.own_text import own_text, show
from tutor.stage.stage import Stage

TOOL = '{"name": "calculator", "parameters": {"expression": "text, such as 2 * (3 + 4)"}}'
SYSTEM = (
    "You have one tool, a calculator. To use it, reply with nothing but JSON of this form: "
    '{"tool": "calculator", "expression": "2 * (3 + 4)"}. You will be told the result.'
)
QUESTION = "Without the tool, will a large chat model get every digit of 48,217 × 9,631 right?"
GUESSES = ("hardly ever", "sometimes", "nearly always")
LONGEST, DIGITS = 200, 40
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
CALL = re.compile(r'"expression"\s*:\s*"([^"]{1,80})"')


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be computed."""

    expression: str = "48217 * 9631"


def compute(expression: str) -> float:
    """The value of a sum with + - * / and brackets; ValueError for anything else."""
    try:
        value = _value(ast.parse(expression, mode="eval").body)
    except (SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"{expression!r} is no sum") from error
    except (ZeroDivisionError, OverflowError) as error:
        raise ValueError(f"{expression!r} has no value") from error
    return value


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if abs(number) < 10.0**DIGITS:
            return number
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left), _value(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case _:
            raise ValueError("only numbers, + - * / and brackets")


def written(value: float) -> str:
    """A result as the calculator writes it."""
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def run(settings: Settings, stage: Stage) -> None:
    """Guess; the sum without a tool; the loop with it."""
    expression = own_text(stage).strip() or settings.expression
    try:
        result = written(compute(expression))
    except ValueError as error:
        stage.terminal.say(line(harmless(f"{error}. A sum looks like this: 48217 * 9631")))
        expression, result = settings.expression, written(compute(settings.expression))
    guess = stage.guess(QUESTION, GUESSES)
    asked = f"What is {expression}?"
    speaker = stage.chosen(spending([user(asked, max_tokens=LONGEST)] * 3))
    stage.introduce(speaker or stage.face("sft"))
    if not _loop(asked, stage, speaker):
        _scripted(expression, result, stage)
    stage.terminal.say(line(f"In truth, by the calculator: {expression} = {result}"))
    if guess:
        stage.terminal.say(dim(f"You guessed: {guess}. It depends on the model, and on its luck."))


def _loop(asked: str, stage: Stage, speaker: Provider | None) -> bool:
    """Without a tool, then with it; whether the chosen model called it, in the form asked for."""
    try:
        alone = _without(asked, stage, speaker)
        stage.terminal.gap()
        return speaker is not None and is_whole(alone) and _called(asked, stage, speaker)
    except NoAnswerError as error:
        stage.say_failure(error)
        return False


def _without(asked: str, stage: Stage, speaker: Provider | None) -> Reply:
    request = user(asked, max_tokens=LONGEST)
    chosen = speaker or stage.face("sft")
    return stage.listen(chosen, steadily(chosen, request, stage.seed), f"Without a tool: {asked}")


def _called(asked: str, stage: Stage, speaker: Provider) -> bool:
    """Let the chosen model call the calculator; whether it did so, in the form asked for.

    After a cut nothing is asked, and nothing said of a call that may have been on its way.
    """
    said = [Message("system", SYSTEM), Message("user", asked)]
    request = steadily(speaker, Request(tuple(said), max_tokens=LONGEST), stage.seed)
    reply = stage.listen(speaker, request, "With the tool, its first reply")
    if not is_whole(reply):
        return False
    call = CALL.search(reply.text)
    if call is None:
        stage.terminal.say(line("It did not call the tool in the form asked for."))
        return False
    try:
        result = written(compute(call[1]))
    except ValueError as error:
        result = f"error: {error}"
    stage.terminal.say(bold("Code computes"), indented(line(harmless(f"{call[1]} = {result}"))))
    said += [Message("assistant", reply.text), Message("user", f"Result: {result}")]
    request = steadily(speaker, Request(tuple(said), max_tokens=LONGEST), stage.seed)
    stage.listen(speaker, request, "Its reply with the result")
    return True


def _scripted(expression: str, result: str, stage: Stage) -> None:
    """The loop as it runs with a model that can call tools; only the computing is live."""
    messages: Sequence[tuple[str, str]] = (
        ("program → model", f"tools: {TOOL}"),
        ("user → model", f"What is {expression}?"),
        ("model → program", f'{{"tool": "calculator", "expression": "{expression}"}}'),
        ("program, computed now", result),
        ("model → user", f"{expression} is {result}."),
    )
    stage.terminal.say(bold("SCRIPTED: the messages of such a loop; only the result is computed"))
    for who, text in messages:
        show(stage, f"tool-use, {who}", line(f"  {who}"), indented(quoted_text(harmless(text))))


DEMO = Live(
    settings=Settings,
    run=run,
    title="A calculator in its hands",
    line="A sum too long for the model: first by itself, then with a tool that code carries out.",
    own_text='a sum of your own with + - * /, such as "48217 * 9631"',
    notice=(
        "The model computes nothing in this loop: it writes a request, a program checks it and "
        "carries it out, and the result comes back as more text to read. Whoever writes that "
        "program decides what a model can do."
    ),
)
