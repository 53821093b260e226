"""Authorities, schools and school days."""
