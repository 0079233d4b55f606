"""TODO room engines."""
