"""Pages of letters: the officer’s, those made at once, and the family’s."""
