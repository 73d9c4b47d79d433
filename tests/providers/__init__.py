"""Models behind one Protocol."""
