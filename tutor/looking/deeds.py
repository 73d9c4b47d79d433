"""What each key does, and the bar that says so."""

from enum import Enum


class Deed(Enum):
    """What a key asks for."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    LAYER_BEFORE = "layer before"
    LAYER_AFTER = "layer after"
    OTHER_PANE = "pane"
    PANE_BEFORE = "pane before"
    TAKE_OUT = "out/in"
    PATCH = "patch"
    PUSH = "push"
    STRONGER = "stronger"
    WEAKER = "weaker"
    EARLIER = "earlier"
    LATER = "later"
    COOLER = "cooler"
    HOTTER = "hotter"
    NARROWER = "narrower"
    WIDER = "wider"
    WRITE = "write on"
    ERASE = "take back"
    EDIT = "text"
    MODEL = "model"
    UNDO = "undo"
    CLEAR = "all back"
    EXPLAIN = "explain"
    KEEP = "keep"
    LAB = "lab sheet"
    LEAVE = "leave"


KEYS: dict[str, Deed] = {
    "left": Deed.LEFT,
    "right": Deed.RIGHT,
    "up": Deed.UP,
    "down": Deed.DOWN,
    "left_square_bracket": Deed.LAYER_BEFORE,
    "pageup": Deed.LAYER_BEFORE,
    "right_square_bracket": Deed.LAYER_AFTER,
    "pagedown": Deed.LAYER_AFTER,
    "tab": Deed.OTHER_PANE,
    "shift+tab": Deed.PANE_BEFORE,
    "space": Deed.TAKE_OUT,
    "p": Deed.PATCH,
    "v": Deed.PUSH,
    "plus": Deed.STRONGER,
    "equals_sign": Deed.STRONGER,
    "minus": Deed.WEAKER,
    "less_than_sign": Deed.EARLIER,
    "greater_than_sign": Deed.LATER,
    "t": Deed.COOLER,
    "T": Deed.HOTTER,
    "n": Deed.NARROWER,
    "N": Deed.WIDER,
    "g": Deed.WRITE,
    "backspace": Deed.ERASE,
    "slash": Deed.EDIT,
    "enter": Deed.EDIT,
    "m": Deed.MODEL,
    "u": Deed.UNDO,
    "x": Deed.CLEAR,
    "question_mark": Deed.EXPLAIN,
    "e": Deed.KEEP,
    "l": Deed.LAB,
    "q": Deed.LEAVE,
    "escape": Deed.LEAVE,
    "ctrl+c": Deed.LEAVE,
    "ctrl+q": Deed.LEAVE,
}
"""What each key means, by the names that textual gives to keys."""

NUMBERS = frozenset("12345")
"""Keys that lead to a pane by its number."""

BAR: tuple[tuple[str, str], ...] = (
    ("arrows", "move"),
    ("1–5", "pane"),
    ("space", "out/in"),
    ("p", "patch"),
    ("v", "push"),
    ("/", "text"),
    ("g", "write on"),
    ("?", "explain"),
    ("e", "keep"),
    ("l", "lab sheet"),
    ("[ ]", "layer"),
    ("t T", "heat"),
    ("n N", "top-p"),
    ("m", "model"),
    ("u", "undo"),
    ("x", "all back"),
    ("+ -", "push more"),
    ("< >", "push where"),
    ("⌫", "take back"),
    ("q", "leave"),
)
"""What the bar says, the most useful first: what does not fit is left to `?`."""


def changes(deed: Deed) -> bool:
    """Whether a deed changes the model, so that one may first say what one expects."""
    return deed in (Deed.TAKE_OUT, Deed.PUSH, Deed.STRONGER, Deed.WEAKER)
