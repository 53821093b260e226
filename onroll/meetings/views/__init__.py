"""Pages of meetings of agencies."""
