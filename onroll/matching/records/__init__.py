"""Children as columns of whole numbers, which is what matching compares."""
