"""Meeting the built-in model."""
