"""What the learner opens in a browser: pages that stand alone, without script or network."""
