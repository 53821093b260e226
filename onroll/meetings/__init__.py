"""Meetings of agencies about cases: the agenda from the register, decisions, and minutes."""
