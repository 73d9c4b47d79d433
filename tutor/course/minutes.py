"""Minutes as they are said: whole, and never none."""


def at_pace(minutes: float, pace: float = 1.0) -> int:
    """Minutes that an estimate comes to for a learner of some pace; at least 1."""
    return max(1, round(minutes * pace))
