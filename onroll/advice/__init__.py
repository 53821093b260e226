"""What we answer to who asks: is this child on a roll, and a school's further checks."""
