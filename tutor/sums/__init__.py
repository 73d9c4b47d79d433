"""The sums of statistics and information theory, once each: pure Python, known to all above."""
