"""What a typed reply means and what a verdict is: pure functions over the course model."""
