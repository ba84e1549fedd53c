"""What the programme's page asks: the roster, training days, tests, certificates and home visits."""
