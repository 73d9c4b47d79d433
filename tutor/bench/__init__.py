"""Benchmarks of the learner's own: prompts or models on the same cases, graded, counted, kept."""
