"""Names written in several ways; see `onroll.matching.names.variants`."""
