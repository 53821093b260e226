"""Tables of names written in several ways; see `onroll.matching.variants`."""
