"""How many forms come from one sender: each counts under a keyed hash of an address, for a day."""
