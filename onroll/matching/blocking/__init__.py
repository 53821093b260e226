"""Blocking: which pairs of records are worth comparing, by the keys they share."""
