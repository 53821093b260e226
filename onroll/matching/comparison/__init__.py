"""Comparison: the level that two records reach in each field, from missing to equal."""
