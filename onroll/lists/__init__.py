"""Whole lists held against what is known of the children: who has nobody (P04, P05)."""
