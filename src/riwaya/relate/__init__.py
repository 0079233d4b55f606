"""TODO room relate."""
