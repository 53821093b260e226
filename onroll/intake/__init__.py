"""Files tell us: received, read, matched, reviewed, applied."""
