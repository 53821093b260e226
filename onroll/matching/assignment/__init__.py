"""Assignment: rivals compete for records one to one, and each record gets its answer."""
