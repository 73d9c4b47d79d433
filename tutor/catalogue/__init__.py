"""The demos by name: finding one, playing it, listing all."""
