"""What is due, on whatever it is due: a case, a child."""
