"""A kader's way through the steps: what she tried, what she has mastered, and what is due again. Pure."""
