"""Glyphs for terminals that cannot show ours: one plain stand-in for each."""

import codecs
import unicodedata

HANDLER = "tutor-plain"

STAND_INS = {
    "─": "-", "━": "-", "│": "|", "┃": "|", "═": "=", "║": "|",
    "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
    "╪": "+", "╫": "+", "╬": "+", "╭": ".", "╮": ".", "╰": "'", "╯": "'",
    "▲": "^", "▼": "v", "►": ">", "◄": "<", "▎": "|",
    "█": "#", "▓": "%", "▒": ":", "░": ".", "▌": "|", "▏": "|", "■": "#", "□": ".",
    "✓": "+", "✔": "+", "✗": "x", "✘": "x", "•": "*", "·": "-", "…": "...", "→": "->",
    "←": "<-", "↔": "<->", "↑": "^", "↓": "v", "⇒": "=>", "≈": "~", "≤": "<=", "≥": ">=",
    "≠": "!=", "×": "x", "÷": "/", "−": "-", "–": "-", "—": "-", "±": "+/-", "√": "sqrt",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "∞": "inf",
    "α": "alpha", "β": "beta", "γ": "gamma", "σ": "sigma", "π": "pi", "θ": "theta", "µ": "u",
    "μ": "mu", "λ": "lambda", "ε": "epsilon", "Σ": "sum", "∑": "sum", "∝": "~", "∈": "in",
    "²": "^2", "³": "^3", "¹": "^1", "₀": "0", "₁": "1", "₂": "2", "½": "1/2", "°": " deg",
    "€": "EUR", "£": "GBP", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{REPLACEMENT CHARACTER}": "?", "␣": "_", "⏎": "\\n", "⇥": "\\t", "◌": "o", "▁": "_",
}  # fmt: skip


def stand_in(char: str) -> str:
    """Spell one character in ASCII as well as may be; "?" when there is no way."""
    if char in STAND_INS:
        return STAND_INS[char]
    bare = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return bare or "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    failed = error.object[error.start : error.end]
    return "".join(map(stand_in, failed)), error.end


def register() -> str:
    """Make the handler known to Python's codecs; returns its name for `errors=`."""
    codecs.register_error(HANDLER, _replace)
    return HANDLER
