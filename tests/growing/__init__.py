"""Growing a model, as the learner lives it."""
