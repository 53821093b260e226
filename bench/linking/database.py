"""A DuckDB in memory for one method or list."""

import duckdb


def connect() -> duckdb.DuckDBPyConnection:
    """Return a new database that draws no progress bars into what is printed."""
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    return connection
