"""Pages of sharing: the log of a case, requests, packs and their replies."""
