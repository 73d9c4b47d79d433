"""An interactive terminal tutor on how large language models work."""
