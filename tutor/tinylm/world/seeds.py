"""From which seeds the texts of a base run are drawn: none of them repeats another's."""

TOKENIZER_SEED, TRAINING_SEED, VALIDATION_SEED = 7, 11, 999
STRETCH_SEED = TRAINING_SEED
"""The first further stretch is drawn from the next seed, and so on."""
