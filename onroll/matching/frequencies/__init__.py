"""Term frequencies: how common names, birthdays and homes are, on a list and in England."""
