"""Texts of a learner's own that no model ever saw."""

HOSTILE = {
    "an escape sequence": "\x1b[31mred\x1b]0;title\x07 text",
    "emoji": "\N{ROBOT FACE} \N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}",
    "blanks": "  \t ",
    "controls alone": "\x00\x1b\x07",
    "half a character": "caf\udcc3",
    "a lone surrogate": "a\ud800b",
    "from right to left": "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd",
    "combining marks": "e\u0301\u0301\u0301 \u0928\u092e\u0938\u094d\u0924\u0947",
    "markup": "\x1b[2J\x07[bold]x[/bold] [/nothing] <s> <think> `` ``` **\n```\n# no",
    "a place to be filled": "{question.__class__.__mro__} {0}{}{question}{question}",
    "a mark of the tokenizer": "<|document|><|end|>",
    "one letter": "x",
    "dashes": "-" * 40,
    "a bar and nothing before it": "| b",
    "a bar and nothing behind it": "a |",
    "a part that is not there": "mlp 0",
    "numbers out of range": "-0 1e9 nan 9.9",
    "votes, one too many": "A B B B A D E",
    "digits": "9" * 400,
    "lines": "one\n\ntwo\r\nthree\n",
    "many words": "owl " * 200,
    "ten thousand characters": "ab cd " * 1667,
    "ten thousand letters": "q" * 10_000,
}
TYPED = ("|", "nan", "1e9", "9.9", "-0 0 0", "9" * 4000, "owl " * 2000, *HOSTILE.values())
"""What is typed, one after the other, where a demo asks for more."""
