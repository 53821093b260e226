"""How fast it is: `python -m bench [NAME...]`, or `make bench` for all of it.

Each figure is held against a named baseline measured in the same run, so that the ratio means
something on any machine. Nothing here is a test: an aim that is not reached is said, not failed.
"""
