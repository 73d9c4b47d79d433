"""Proofs for authors: what a course promises, held against what the program does."""
