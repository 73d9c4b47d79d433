"""What stays: which questions are due and how well each is remembered, from events alone. Pure."""
