"""Meeting the built-in model: its faces side by side, the mask off and on, a look underneath."""
