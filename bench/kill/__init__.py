"""Kills parts of a running service at random moments, under load, and counts what is lost.

A demo of its own is built and served as anyone would serve it. Visitors write notes and hand in
files through its pages, over HTTP, and reports are issued, while the web server, the processes that
answer pages, the worker, connections of the database, its first process and its keeper are killed
(SIGKILL), one after another. Then everything is counted: what was acknowledged is there exactly
once, so is its entry in the audit trail, and nothing is half done.
"""
