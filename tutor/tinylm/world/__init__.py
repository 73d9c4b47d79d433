"""The small invented internet on which our language model grows up, and the truth about it."""
