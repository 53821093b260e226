"""The parts of the `onroll` command that need several packages."""
