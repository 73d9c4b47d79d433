"""A language model of about a million parameters, trained from scratch on a small invented world."""
