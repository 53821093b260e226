"""What we tell others: the weekly report, the day's work, and the pages anyone may read."""
