"""Taking a lesson: the step loop, the question loop, the quiz."""
