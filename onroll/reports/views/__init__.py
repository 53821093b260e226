"""Pages of the weekly report, and those that anyone may read."""
