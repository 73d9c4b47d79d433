"""The model opened: look at every part of a pass, change one thing, and see what follows.

All of it is arithmetic on `tutor.tinylm.model`: with no change made, the numbers are the same.
"""
