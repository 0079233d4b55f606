"""TODO room tell."""
