"""The register, one case, entering a child by hand, and the school's own list."""
