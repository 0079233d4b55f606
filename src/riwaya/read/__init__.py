"""TODO room read."""
