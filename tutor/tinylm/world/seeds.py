"""From which seeds the texts of a base run are drawn: none of the three repeats another's."""

TOKENIZER_SEED, TRAINING_SEED, VALIDATION_SEED = 7, 11, 999
