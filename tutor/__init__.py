"""An interactive terminal tutor on how large language models work."""

__version__ = "0.1.0"
