"""The pages of a case's record."""
