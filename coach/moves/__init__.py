"""Tracks and a segment's description → candidate repetitions and holds. Pure."""
