"""TODO room weigh."""
