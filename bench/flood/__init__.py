"""A flood of the public form from one address, while neighbours elsewhere refer children."""
