"""A recorded session's tracks and the reading that belongs to them."""
