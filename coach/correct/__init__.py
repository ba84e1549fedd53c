"""What trainers add to a result: events, and the corrected result that follows from them."""
