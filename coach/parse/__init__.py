"""Candidates and the protocol's order → the session's segments. Pure."""
