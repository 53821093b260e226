"""Pages about files: officers' list and file, the review of what waits, and the school's own."""
