"""A language model grown in numpy, on one core, while the learner looks on.

Every step forward and back is written out by hand (`gradients`), so that it can be read; what comes
of it is a model like the one in the box, and runs as it does.
"""
