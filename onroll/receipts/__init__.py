"""A form that is sent twice is done once."""
