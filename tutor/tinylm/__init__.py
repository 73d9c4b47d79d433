"""A language model of a million parameters, trained from scratch on a small invented world."""
