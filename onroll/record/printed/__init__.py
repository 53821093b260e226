"""What is printed of a case, made by rule from its log: nothing in it is anybody's free text."""
