"""The case as a record: what the family was told, complaints, and what is printed of a case."""
