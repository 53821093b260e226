"""Letters to families, what became of each, and what families told us (P62)."""
