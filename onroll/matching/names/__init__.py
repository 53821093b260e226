"""Names: folded to plain letters, their spelling classes and short forms, their sounds."""
