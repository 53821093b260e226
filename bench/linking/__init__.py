"""How well lists are linked: sets with known answers, and what is measured on them."""
