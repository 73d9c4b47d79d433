"""What the tiny language model can do, measured: probes, scores, the table, the card."""
