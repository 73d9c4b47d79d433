"""A source text as the draft of a lesson, with a model's help or without."""
