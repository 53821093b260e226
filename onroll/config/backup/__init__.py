"""Backups: one file with the whole database, made while the service runs, and tried by a drill.

The file is a zip of two: `database.dump`, as PostgreSQL's own program writes it, and
`manifest.json`, which says what must come out again. Everything people hand in lies in the
database, so nothing else has to be kept but the settings and secrets of the service.
"""
