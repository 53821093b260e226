"""How common names are in England; see `onroll.matching.frequencies.england`."""
