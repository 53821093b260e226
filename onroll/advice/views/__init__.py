"""Pages of what others ask us."""
