"""`tutor train`: guess, watch a model grow, compare, keep it."""
