"""What nobody may see being typed."""

import getpass
import sys


def hidden(prompt: str) -> str:
    """A line that is not shown; from a pipe, the first line of it."""
    try:
        if sys.stdin is None:  # closed from outside
            return ""
        return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    except EOFError:
        return ""
