"""What demos, the player and `tutor meet` are given: model, money, own text, notebook."""
