"""A language model of a million parameters, trained from scratch on a small invented world."""

import os

# Set before numpy loads: matrices this small are slower on two threads, which wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
