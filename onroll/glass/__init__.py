"""Break-glass: a sealed case opened in an emergency, for an hour, and the review of each time."""
