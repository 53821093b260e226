"""Receipts of forms, so that a form sent twice is acted on once."""
