"""What the learner sees. The only home of rich."""
