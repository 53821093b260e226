"""Pages of the day, of the weekly report, and those that anyone may read."""
