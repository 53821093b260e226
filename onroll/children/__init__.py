"""Children, and where each is or should be educated."""
