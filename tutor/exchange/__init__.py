"""Courses into other programs' files, and other programs' questions into courses."""
