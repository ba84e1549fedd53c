"""Candidates → a posterior over readings of the session: how much better the best one is than any other. Pure."""
