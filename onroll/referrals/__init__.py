"""Referrals: what people tell of a child, from the first page they fill in to the open case."""
