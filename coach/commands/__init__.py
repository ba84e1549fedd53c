"""What stands behind the commands of :mod:`coach.cli`."""
