"""What numbers of a few people say and what they do not: changes, counts, and how sure they are."""
