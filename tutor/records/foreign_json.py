"""JSON that somebody else wrote, made fit to be written down again."""

import json
import re
from typing import Any

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parsed(body: bytes) -> Any:
    """What it says; ValueError or RecursionError for what is no JSON.

    Half of a character (a lone surrogate) can be escaped in JSON, and neither kept nor shown:
    a question mark stands for it.
    """
    text = body.decode("utf-8-sig", "replace")
    read = json.loads(text)
    if _SURROGATE.search(text):
        whole = json.dumps(read, ensure_ascii=False).encode("utf-8", "replace")
        return json.loads(whole)
    return read
