"""Benchmarks: `python -m bench [NAME...]`, or `make bench` for all of them.

Each figure has a named baseline measured in the same run, so that the ratio means something on any
machine. Nothing here is a test: a missed aim is reported, not failed.
"""
