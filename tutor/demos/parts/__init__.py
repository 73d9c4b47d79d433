"""Data and sums that several demos share."""
