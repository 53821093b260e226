"""Two lists of children, and who of the one is on no other (P04, P05)."""
