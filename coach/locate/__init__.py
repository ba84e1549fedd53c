"""Hand observations → one steady track for each hand, in back coordinates. Pure."""
