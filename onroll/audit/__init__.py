"""Who did what, and who saw what. Only ever added to."""
