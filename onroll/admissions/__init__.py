"""Admissions: families that ask about school places, and who has taken note of each (P18)."""
