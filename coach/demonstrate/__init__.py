"""A trainer shows a segment; what it would look like in a protocol file."""
