"""Break-glass: an emergency, and its review."""
